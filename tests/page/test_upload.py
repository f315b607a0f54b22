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
