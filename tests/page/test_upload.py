"""Files dropped on the page."""

import re
from pathlib import Path

from playwright.sync_api import BrowserContext, Route, expect

from tests.api.running import MOSS, written
from tests.page.views import Views


def test_an_upload_is_followed_and_then_asked(views: Views, tmp_path: Path) -> None:
    """Progress is shown while the files are taken; then each has its outcome and report, one with gaps is stored and
    says so, and what is stored answers with its own sentence."""
    page = views.open("#into", view="corpora")
    gap = "\n".join(line for line in MOSS.split("\n") if not line.startswith("3. ")).replace("# Moss", "# Dry moss")
    files = [written(tmp_path / "moss.md", MOSS), written(tmp_path / "gap.md", gap)]
    page.get_by_label("Into corpus").fill("garden")
    page.get_by_label("Choose files").set_input_files(files)
    expect(page.locator(".jobs progress").first).to_be_visible()
    page.wait_for_selector(".jobs .report", timeout=60_000)
    jobs = page.locator(".jobs")
    expect(jobs).to_contain_text("2 of 2 files stored.")
    expect(jobs).to_contain_text("gap.md")
    expect(jobs).to_contain_text("With gaps: answers that touch them say so")
    expect(jobs).to_contain_text("missing 3")
    jobs.get_by_role("link", name="Ask it").click()
    views.settled(".upload")
    page.get_by_label("Question").fill("What does moss take up through its leaves?")
    page.keyboard.press("Enter")
    expect(views.settled(".claim").locator(".claim").first).to_contain_text("takes up water through its leaves")


def test_a_document_with_gaps_is_used_like_another(views: Views, tmp_path: Path) -> None:
    """A claim whose marker leads nowhere says so beside it, once, and the document tells its gaps where it is read."""
    page = views.open("#into", view="corpora")
    page.get_by_label("Into corpus").fill("beyond")
    beyond = written(tmp_path / "beyond.md", MOSS.replace("faster (4)", "faster (9)"))
    page.get_by_label("Choose files").set_input_files([beyond])
    page.wait_for_selector(".jobs .report", timeout=60_000)
    page.locator(".jobs").get_by_role("link", name="Ask it").click()
    views.settled(".upload")
    page.get_by_label("Question").fill("What do gardeners spread on stones?")
    page.keyboard.press("Enter")
    views.settled(".claim")
    expect(page.locator(".claim").first).to_contain_text("A reference is missing here: the marker (9) isn't resolved")
    expect(page.locator(".answer")).to_contain_text("What the text cites there isn’t known.")
    expect(page.get_by_text("the marker (9) isn't resolved")).to_have_count(1)
    page.get_by_role("link", name="Read in its place").first.click()
    views.settled(".gaps")
    page.get_by_text("This document has gaps (1)").click()
    expect(page.locator(".gaps")).to_contain_text("(9) isn’t resolved: the bibliography has no entry 9.")


def test_one_bad_file_does_not_keep_the_others_out(views: Views, tmp_path: Path) -> None:
    """Each file has its own line and its own outcome: one of an unknown format, one that can't be read, one that the
    server refuses for its size or kind, and a sound one, which is stored."""
    page = views.open("#into", view="corpora")
    page.get_by_label("Into corpus").fill("mixed")
    files = [
        written(tmp_path / "a.odt", "x"),
        written(tmp_path / "torn.pdf", "torn"),
        written(tmp_path / "moss.md", MOSS),
    ]
    page.get_by_label("Choose files").set_input_files(files)
    lines = page.locator(".jobs > li")
    expect(lines.nth(0)).to_contain_text("Not stored: evqa reads .pdf")
    expect(lines.nth(3)).to_contain_text("1 of 3 files stored.", timeout=60_000)
    expect(lines.nth(1)).to_contain_text("Not stored: not a PDF")
    expect(lines.nth(2)).to_contain_text("Moss on stones: a short review · new")
    expect(page.locator("#live")).to_contain_text("1 of 3 files stored.")


def test_a_form_that_is_refused_is_sent_file_by_file(context: BrowserContext, site: str, tmp_path: Path) -> None:
    """Where the server takes none of several files for the sake of one, each is sent alone."""
    page = Views(context.new_page(), site).open("#into", view="corpora")
    detail = '{"title": "Unsupported Media Type", "status": 415, "detail": "b.md: another kind"}'

    def refused(route: Route) -> None:
        body = route.request.post_data_buffer or b""
        if b'filename="b.md"' in body:
            route.fulfill(status=415, body=detail, content_type="application/problem+json")
        else:
            route.continue_()

    page.route(re.compile(r"/documents$"), refused)
    page.get_by_label("Into corpus").fill("alone")
    page.get_by_label("Choose files").set_input_files(
        [written(tmp_path / "b.md", "b"), written(tmp_path / "moss.md", MOSS)]
    )
    lines = page.locator(".jobs > li")
    expect(lines.nth(2)).to_contain_text("1 of 2 files stored.", timeout=60_000)
    expect(lines.nth(0)).to_contain_text("b.md: another kind")


def test_the_first_screen_has_a_place_for_a_file(views: Views) -> None:
    """Without a corpus of one's own it stands first; with one it stands below the examples."""
    page = views.page
    page.route("**/v1/corpora", lambda route: route.fulfill(json=[]))
    page.goto(views.site)
    expect(page.get_by_role("heading", name="Begin with a document of your own")).to_be_visible()
    expect(page.get_by_label("Into corpus")).to_have_value("default")
    page.unroute("**/v1/corpora")
    views.open(".examples a", corpus="default")
    expect(page.get_by_text("Choose files")).to_be_visible()
