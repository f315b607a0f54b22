"""What this browser remembers."""

from playwright.sync_api import BrowserContext, expect

from tests.page.views import QUESTION, UNANSWERED, Views


def test_questions_are_kept_in_the_browser(views: Views) -> None:
    """Each once, the last first, with an address that shows the same answer; to be found, forgotten, and cleared."""
    for question in (QUESTION, UNANSWERED, QUESTION):
        views.open(".claim, .refusal", corpus="default", q=question)
    page = views.open(".asked-list", view="history")
    assert page.locator(".asked-list a").all_inner_texts() == [QUESTION, UNANSWERED]
    expect(page.locator(".asked-list > li").last).to_contain_text("default · not answered · just now")
    page.get_by_label("Filter").fill("boiling")
    assert page.locator(".asked-list a").all_inner_texts() == [UNANSWERED]
    page.get_by_role("button", name="Forget").click()
    page.get_by_label("Filter").fill("")
    page.locator(".asked-list a").click()
    expect(views.settled(".claim").get_by_label("Question")).to_have_value(QUESTION)
    page = views.open(".asked-list", view="history")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".asked-list")).to_have_count(0)


def test_a_pinned_answer_stays(views: Views) -> None:
    """It outlives clearing, shows its first sentence, stands on the first screen, and says when the corpus changed."""
    page = views.open(".claim", corpus="default", q=QUESTION)
    first = page.locator(".claim .said bdi").first.inner_text()
    page.get_by_role("button", name="Pin").click()
    expect(page.get_by_role("button", name="Pinned")).to_have_attribute("aria-pressed", "true")
    page = views.open(".asked-list", view="history")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".pinned-first")).to_have_text(first)
    page = views.open(".recent", corpus="default")
    expect(page.locator(".recent a").first).to_contain_text(QUESTION)
    page.evaluate("""() => {
      const kept = JSON.parse(localStorage["evqa-history"]);
      kept[0].pinnedAs = "another";
      localStorage["evqa-history"] = JSON.stringify(kept);
    }""")
    page = views.open(".claim", corpus="default", q=QUESTION)
    expect(page.locator(".pin")).to_contain_text("The corpus has changed since this was pinned.")


def test_no_server_is_told(context: BrowserContext, site: str) -> None:
    """Another browser's history is empty, and storage that holds something else is taken as empty."""
    Views(context.new_page(), site).open(".claim", corpus="default", q=QUESTION)
    browser = context.browser
    assert browser
    other = browser.new_context()
    page = Views(other.new_page(), site).open("#filter", view="history")
    expect(page.get_by_text("Nothing asked yet.")).to_be_visible()
    page.evaluate("localStorage['evqa-history'] = '{broken'")
    page = Views(page, site).open("#filter", view="history")
    expect(page.get_by_text("Nothing asked yet.")).to_be_visible()
    other.close()
