"""Files dropped on the page."""

from pathlib import Path

from playwright.sync_api import expect

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
    expect(page.locator(".jobs progress")).to_be_visible()
    page.wait_for_selector(".jobs .report", timeout=60_000)
    jobs = page.locator(".jobs")
    expect(jobs).to_contain_text("Stored.")
    expect(jobs).to_contain_text("gap.md")
    expect(jobs).to_contain_text("With gaps: answers that touch them say so")
    expect(jobs).to_contain_text("missing 3")
    jobs.get_by_role("link", name="Ask it").click()
    views.settled(".examples a")
    page.get_by_label("Question").fill("What does reference 1 support?")
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
    views.settled(".examples a")
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
