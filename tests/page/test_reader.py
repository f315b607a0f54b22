"""The document beside its answer."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.page.views import QUESTION, Views


def chosen_in_sight(page: Page) -> str:
    """The words of the mark that is opened, which lies within the part of the document that is shown."""
    mark = page.locator(".reader mark.chosen").first
    expect(mark).to_be_in_viewport()
    return mark.inner_text()


def test_an_answer_opens_with_its_document(views: Views) -> None:
    """On a wide screen every statement of the answer is marked in the document beside it under the same letter, the
    first is in sight, and the focus stays where it was."""
    page = views.open(".reader mark.chosen", corpus="default", q=QUESTION)
    said = page.locator(".claim .said bdi")
    assert chosen_in_sight(page) == said.first.inner_text()
    assert page.evaluate("document.activeElement === document.body")
    letters = page.locator(".claim > .letter").all_inner_texts()
    assert sorted(page.locator(".reader .paper .letter[data-back]").all_inner_texts()) == letters
    for piece, claim in enumerate(said.all_inner_texts()):
        assert "".join(page.locator(f".reader mark[data-piece='{piece}']:not(.before)").all_inner_texts()) == claim
    before = page.locator(".claim .context bdi").all_inner_texts()
    assert before
    assert page.locator(".reader mark.before").all_inner_texts() == before


def test_a_statement_opens_without_leaving_the_answer(views: Views) -> None:
    """By its link, by a press on its words, and by its letter above the document: only the mark moves, the address says
    which, loading it shows the same, and the way back leads past all of them."""
    page = views.open(".examples a", corpus="default")
    page.get_by_label("Question").fill(QUESTION)
    page.keyboard.press("Enter")
    views.settled(".reader mark.chosen")
    page.evaluate("document.querySelector('.answer').stays = true")
    last = page.locator(".claim").last
    words = last.locator(".said bdi").inner_text()
    last.locator(".open").first.click()
    expect(page.locator("mark.chosen").first).to_be_focused()
    assert chosen_in_sight(page) == words
    page.locator(".steps .letter", has_text="A").click()
    expect(page.locator(".steps .letter[aria-current]")).to_have_text("A")
    assert chosen_in_sight(page) == page.locator(".claim .said bdi").first.inner_text()
    last.locator(".said").click(position={"x": 5, "y": 5})
    expect(page.locator("mark.chosen").first).to_have_text(words)
    assert page.evaluate("document.querySelector('.answer').stays")
    assert "at=" in page.url
    page.reload()
    views.settled(".reader mark.chosen")
    assert chosen_in_sight(page) == words
    page.go_back()
    views.settled(".examples a")


def test_what_is_pointed_at_lights_up_on_both_sides(views: Views) -> None:
    """Pointer or focus on a statement lights its mark and brings it into sight; on a mark, its statement."""
    page = views.open(".reader mark.chosen", corpus="default", q=QUESTION)
    last = page.locator(".claim").last
    piece = last.get_attribute("data-piece")
    mark = page.locator(f".reader mark[data-piece='{piece}']").first
    last.locator(".said").hover()
    expect(mark).to_have_class(re.compile("lit"))
    expect(mark).to_be_in_viewport()
    mark.hover()
    expect(last).to_have_class(re.compile("lit"))
    page.locator(".claim .chip").first.focus()
    expect(page.locator(".reader mark[data-piece='0']").first).to_have_class(re.compile("lit"))
    expect(last).not_to_have_class(re.compile("lit"))


def test_a_mark_leads_back_to_its_statement(views: Views) -> None:
    """Its letter in the text, and Escape; on a narrow screen, where the document hides the answer, as well."""
    page = views.open(".reader mark.chosen", corpus="default", q=QUESTION)
    page.locator(".reader .paper .letter[data-back='1']").click()
    expect(page.locator("#claim-1")).to_be_focused()
    page.set_viewport_size({"width": 820, "height": 900})
    views.settled(".claim")
    expect(page.locator(".reader")).to_have_count(0)
    page.locator(".claim .open").first.click()
    expect(views.settled("mark.chosen").locator("mark.chosen").first).to_be_focused()
    page.locator(".paper > .letter[data-back='1'], .paper p .letter[data-back='1']").first.click()
    expect(page.locator("#claim-1")).to_be_focused()
    page.locator("#claim-1 .open").first.click()
    views.settled("mark.chosen")
    page.get_by_role("link", name="Back to the answer").click()
    expect(views.settled(".claim").get_by_role("heading", name="Answer", exact=True)).to_be_visible()


def test_an_entry_opens_over_the_document(views: Views) -> None:
    """A number opens its entry while statement and document stay; a statement that cites it opens beside the answer."""
    page = views.open(".reader mark.chosen", corpus="default", q=QUESTION)
    page.locator(".claim .open").last.click()
    expect(page.locator("mark.chosen").first).to_be_focused()
    chosen = page.locator("mark.chosen").first.inner_text()
    page.locator(".claim .chip").first.click()
    side = page.get_by_role("complementary", name="Reference")
    expect(side.get_by_role("heading", name="Reference [38]")).to_be_focused()
    assert page.locator("mark.chosen").first.inner_text() == chosen
    quote = side.locator(".quote").last
    quote.click()
    expect(page.locator(".reader .chosen").first).to_be_focused()
    expect(page.locator(".answer .claim").first).to_be_visible()


@pytest.mark.parametrize("width", [1024, 1280, 1920])
def test_two_columns_fit(views: Views, width: int) -> None:
    """Nothing moves sideways, and the document scrolls by itself."""
    views.page.set_viewport_size({"width": width, "height": 800})
    page = views.open(".reader mark.chosen", corpus="default", q=QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    before = page.locator(".answer h2").first.bounding_box()
    page.locator(".reader").evaluate("each => { each.scrollTop = 0; }")
    assert page.locator(".answer h2").first.bounding_box() == before
