"""What a question is put to, chosen in the question box."""

import json
import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import expect

from api.cli.main import main
from tests.api.running import MOSS, written
from tests.page.conftest import serving
from tests.page.views import Views

FERN = MOSS.replace("Moss", "Fern").replace("moss", "fern").replace("yogurt", "compost")
ASKED = "What do gardeners spread on stones?"


@pytest.fixture(scope="module")
def site(chromium: str, bare_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server with two reviews, of which one can't be told from the other by wording, and a broken file."""
    home = tmp_path_factory.mktemp("scope") / "home"
    shutil.copytree(bare_home, home)
    files = [written(home / "moss.md", MOSS), written(home / "fern.md", FERN), written(home / "torn.pdf", "torn")]
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()), redirect_stderr(StringIO()) as messages:
        patch.setenv("EVQA_HOME", str(home))
        assert main(["ingest", *map(str, files), "--corpus", "plants"]) == 4, messages.getvalue()
        assert main(["ask", "Moss?", "--in", str(files[0])]) in (0, 3), messages.getvalue()
    with serving(home) as address:
        yield address


def test_a_question_is_put_to_one_document(views: Views) -> None:
    """Found by its words and chosen, it is a chip; what was asked is asked again at once, of it alone; the address says
    so, and without the chip all documents are asked again."""
    page = views.open(".claim, .refusal", corpus="plants", q=ASKED)
    page.get_by_role("button", name="Narrow").click()
    page.get_by_label("Document", exact=True).fill("fern 20")
    expect(page.locator(".scope-documents button")).to_have_count(0)
    page.get_by_label("Document", exact=True).fill("fern")
    page.locator(".scope-documents button").click()
    expect(page.locator(".scope-chip")).to_contain_text("Document: Fern on stones")
    expect(views.settled(".claim").locator(".claim").first).to_contain_text("spread compost on stones")
    assert page.locator(".claim", has_text="spread yogurt").count() == 0
    assert "in=d-" in page.url
    page.reload()
    expect(views.settled(".claim").locator(".scope-chip")).to_contain_text("Fern on stones")
    page.locator(".claim .open").first.click()
    expect(page.locator(".reader .running")).to_contain_text("Fern on stones")
    assert "in=d-" in page.url
    page.get_by_role("button", name="Any document again").click()
    expect(page.locator(".scope-chips")).to_have_text("All 2 documents")
    assert "in=" not in page.url


def test_kind_years_and_section_are_sent(views: Views) -> None:
    """As the service takes them, each with a chip of its own."""
    sent: list[dict[str, object]] = []
    page = views.page
    page.on(
        "request", lambda asked: sent.append(json.loads(asked.post_data or "{}")) if "/v1/ask" in asked.url else None
    )
    views.open(".claim, .refusal, .failed", corpus="plants", q=ASKED, kind="prose", section="Introduction")
    assert sent == [{"question": ASKED, "corpus": "plants", "kind": "prose", "section": "Introduction"}]
    assert page.locator(".scope-chip bdi").all_inner_texts() == ["Text", "Introduction"]
    page.get_by_role("button", name="Narrow").click()
    page.get_by_label("Kind of passage").select_option("")
    expect(page.locator(".scope-chip")).to_have_count(1)
    assert re.search(r"section=Introduction", page.url)


def test_what_could_not_be_taken_stands_on_top(views: Views) -> None:
    """Failed files by name, and why; what evqa keeps for itself is neither offered nor in the list, but below it."""
    page = views.open(".documents li", view="corpora", corpus="plants")
    expect(page.locator(".failures")).to_contain_text("torn.pdf: not a PDF")
    expect(page.locator(".corpora > .corpus").first).to_contain_text("plants")
    assert page.locator(".corpora > .corpus", has_text="files.").count() == 0
    page.get_by_text("Kept by evqa itself (1)").click()
    expect(page.locator(".caches .corpus")).to_be_visible()
    assert page.locator("#corpus option", has_text="files.").count() == 0


def test_documents_and_corpora_are_renamed_and_removed(views: Views) -> None:
    """After a question that can be declined; each list shows the change, and the integrity report is folded away."""
    page = views.open(".documents li", view="corpora", corpus="plants")
    expect(page.locator(".documents .report dl").first).to_be_hidden()
    page.get_by_role("button", name="Rename Fern on stones: a short review").click()
    page.get_by_label("Title in lists and answers").fill("Ferns of walls")
    page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    expect(page.locator(".documents h3").last).to_have_text("Ferns of walls", timeout=60_000)
    page.get_by_role("button", name="Remove Ferns of walls").click()
    page.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(page.locator(".documents > li")).to_have_count(2)
    page.get_by_role("button", name="Remove Ferns of walls").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.locator(".documents > li")).to_have_count(1, timeout=60_000)
    page.get_by_role("button", name="Rename corpus plants").click()
    page.get_by_label("Name, of letters").fill("mosses")
    page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    expect(page.locator(".corpus[open] > summary")).to_contain_text("mosses", timeout=60_000)
    expect(page.locator(".documents h3")).to_have_text("Moss on stones: a short review")
    page.get_by_role("button", name="Remove corpus mosses").click()
    page.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(page.locator(".corpora > .corpus", has_text="mosses")).to_have_count(0, timeout=60_000)
    expect(page.locator("#live")).to_have_text("The corpus is removed.")
