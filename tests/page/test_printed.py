"""A PDF's pages as they are printed, with the statements of an answer marked on them."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from api.cli.main import main
from tests.ingest.pdf.wool import wool
from tests.page.conftest import serving
from tests.page.test_views import serious
from tests.page.views import Views

ASKED = "What does reference 2 support?"


@pytest.fixture(scope="module")
def site(chromium: str, bare_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with a PDF of two pages as `default`."""
    home = tmp_path_factory.mktemp("printed") / "home"
    shutil.copytree(bare_home, home)
    file = home / "wool.pdf"
    file.write_bytes(wool())
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()), redirect_stderr(StringIO()) as messages:
        patch.setenv("EVQA_HOME", str(home))
        assert main(["ingest", str(file)]) == 0, messages.getvalue()
    with serving(home) as address:
        yield address


@pytest.fixture
def views(context: BrowserContext, site: str) -> Views:
    """The page of that server."""
    return Views(context.new_page(), site)


def claimed(site: str) -> dict[str, object]:
    """The first claim of the answer, as the server gives it."""
    asked = Request(f"{site}/v1/ask", json.dumps({"question": ASKED}).encode(), {"Content-Type": "application/json"})
    with urlopen(asked) as response:
        claim: dict[str, object] = json.load(response)["claims"][0]
    return claim


def yellow(mark: Locator) -> tuple[float, float]:
    """Middle of a mark as shares of the sheet."""
    box, sheet = mark.bounding_box(), mark.page.locator(".print").bounding_box()
    assert box
    assert sheet
    return (
        (box["x"] + box["width"] / 2 - sheet["x"]) / sheet["width"],
        (box["y"] + box["height"] / 2 - sheet["y"]) / sheet["height"],
    )


def test_a_claim_is_marked_on_its_page(views: Views) -> None:
    """From the text to the page and back: the switch leads to the claim's page, where it is marked on its printed line,
    focused, and said in words; the mark leads back to the statement in the text; each has an address."""
    page = views.open(".claim", q=ASKED)
    page.locator(".claim .open").first.click()
    said = views.settled("mark.chosen").locator("mark.chosen").first.inner_text()
    page.get_by_role("link", name="Pages as printed").click()
    mark = views.settled(".print a.chosen").locator(".print a.chosen").first
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()
    expect(mark).to_have_attribute("aria-label", re.compile(re.escape(said)))
    expect(page.locator("figcaption")).to_contain_text(said)
    number = int(re.search(r"page=(\d+)", page.url)[1])  # type: ignore[index]
    expect(page.locator(".number")).to_have_text(f"Page {number} of 2")
    across, down = yellow(mark)
    assert 0 < across < 0.6
    assert 0.1 < down < 0.5
    page.goto(page.url)
    expect(views.settled(".print a.chosen").locator("a.chosen").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(views.settled("mark.chosen").locator("mark.chosen").first).to_have_text(said)
    assert "page=" not in page.url


def test_an_answer_leads_to_the_page(views: Views) -> None:
    """Beside its place in the text a claim has its page, where it is marked."""
    page = views.open(".claim", q=ASKED)
    page.get_by_role("link", name=re.compile(r"^As printed on page \d")).first.click()
    expect(views.settled(".print a.chosen").locator("a.chosen").first).to_be_focused()


def test_pages_are_turned_by_keys(views: Views, site: str) -> None:
    """Forth and back by links that say where they lead; where a statement goes on on the next page it is said."""
    claim = claimed(site)
    page = views.open(".claim", q=ASKED)
    page.locator(".claim .open").first.click()
    views.settled("mark.chosen")
    page.get_by_role("link", name="Pages as printed").click()
    views.settled(".print a.chosen")
    on = page.locator("figcaption a")
    expect(on).to_have_text("Continued on page 2")
    on.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".number")).to_have_text("Page 2 of 2")
    expect(views.settled(".print a.chosen").locator("figcaption")).to_contain_text("Begins on page 1")
    page.get_by_role("link", name="Page before").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".number")).to_have_text("Page 1 of 2")
    assert page.get_by_role("link", name="Page before").count() == 0
    assert f"at={claim['start']}-{claim['end']}" in page.url


def test_every_statement_leads_to_the_text(views: Views, site: str) -> None:
    """The pointer lights a statement as a whole, and a click opens it in the text."""
    page = views.open(".claim", q=ASKED)
    page.locator(".claim .open").first.click()
    views.settled("mark.chosen")
    page.get_by_role("link", name="Pages as printed").click()
    plain = views.settled(".print a.plain-box").locator(".print a.plain-box").last
    plain.hover()
    statement = plain.get_attribute("data-statement")
    lit = page.locator(".print a.lit")
    assert {each.get_attribute("data-statement") for each in lit.all()} == {statement}
    plain.click()
    expect(views.settled("mark.chosen").locator("mark.chosen").first).to_be_in_viewport()
    assert f"at={statement}-" in page.url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(views: Views, scheme: str) -> None:
    """On a page with a mark, neither light nor dark."""
    views.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = views.open(".claim", q=ASKED)
    page.locator(".claim .open").first.click()
    views.settled("mark.chosen")
    page.get_by_role("link", name="Pages as printed").click()
    assert serious(views.settled(".print a.chosen"), scheme) == []


def test_on_a_phone_the_sheet_alone_moves_sideways(views: Views) -> None:
    """At 360 pixels letters stay readable, the view doesn't scroll sideways, and the mark is in sight."""
    views.page.set_viewport_size({"width": 360, "height": 740})
    page = views.open(".claim", q=ASKED)
    page.locator(".claim .open").first.click()
    views.settled("mark.chosen")
    page.get_by_role("link", name="Pages as printed").click()
    mark = views.settled(".print a.chosen").locator("a.chosen").first
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(mark).to_be_in_viewport()
    box = mark.bounding_box()
    assert box
    assert box["height"] > 8


def test_a_page_that_cannot_be_shown_is_said(views: Views) -> None:
    """In the server's words, and the text is still one link away."""
    page = views.open(".claim", q=ASKED)
    page.locator(".claim .open").first.click()
    views.settled("mark.chosen")
    page.goto(f"{page.url}&page=9")
    expect(page.locator(".failed")).to_contain_text("no page 9")
    page.get_by_role("link", name="Text", exact=True).click()
    expect(views.settled("mark.chosen").locator("mark.chosen").first).to_be_visible()
