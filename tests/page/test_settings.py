"""Theme, help, and what a phone needs."""

import pytest
from playwright.sync_api import expect

from tests.page.test_views import VIEWS, serious
from tests.page.views import QUESTION, Views

# What is pressed and is smaller than a finger: its name and size. Within a line of text a target may be as small as its
# words, if a press beside it still counts.
SMALL = """() => [...document.querySelectorAll("button, summary, select, input, a[href]")].filter((each) => {
  const box = each.getBoundingClientRect();
  if (!box.width || each.closest(".unseen, .skip, .print") || each.matches(".unseen, .skip, .marker")) return false;
  if (box.height >= 43.5 || (each.type === "checkbox" && box.height >= 22)) return false;
  const room = getComputedStyle(each, "::after");
  return !(room.content !== "none" && parseFloat(room.minHeight) >= 43.5);
}).map((each) => `${each.outerHTML.slice(0, 90)} ${each.getBoundingClientRect().height}`)"""
# What is cut off at the right.
CLIPPED = """() => [...document.querySelectorAll("main *, .top *")].filter((each) => {
  const box = each.getBoundingClientRect();
  return box.width && box.right > innerWidth + 1 && !each.closest(".scroll, .aside, pre, .unseen");
}).map((each) => each.outerHTML.slice(0, 90))"""


def test_the_theme_is_chosen_and_kept(views: Views) -> None:
    """System, light, dark: the button says which, and the next page begins with it."""
    page = views.open("#theme", corpus="default", view="history")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Theme: system").click()
    page.get_by_role("button", name="Theme: light").click()
    expect(page.get_by_role("button", name="Theme: dark")).to_be_focused()
    assert page.evaluate(paper) != light
    page.reload()
    expect(page.get_by_role("button", name="Theme: dark")).to_be_visible()
    assert page.evaluate(paper) != light
    page.get_by_role("button", name="Theme: dark").click()
    assert page.evaluate(paper) == light


def test_help_says_the_keys_and_where_programs_ask(views: Views) -> None:
    """By its button and by "?"; Escape closes it and gives the focus back; not while one types."""
    page = views.open(".claim", corpus="default", q=QUESTION)
    page.get_by_role("button", name="Help").focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Help")
    expect(dialog).to_contain_text(f"{views.site}/v1")
    expect(dialog.locator("kbd").first).to_have_text("/")
    assert serious(page, "light") == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Help")).to_be_focused()
    page.get_by_label("Question").focus()
    page.keyboard.type("?")
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("name", VIEWS)
def test_a_phone_clips_nothing_and_has_room_for_a_finger(views: Views, name: str) -> None:
    """At 390 pixels nothing is cut off at the right, and what is pressed is 44 pixels high, or has that around it."""
    views.page.set_viewport_size({"width": 390, "height": 844})
    awaited, query = VIEWS[name]
    page = views.open(awaited, corpus="default", **query)
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate(SMALL) == []


def test_reading_on_a_phone(views: Views) -> None:
    """The same holds where the document is read, and where a question is narrowed; the way back stays in sight."""
    views.page.set_viewport_size({"width": 390, "height": 844})
    page = views.open(".claim", corpus="default", q=QUESTION)
    page.get_by_role("button", name="Narrow").click()
    page.wait_for_selector("#scope-kind")
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate(SMALL) == []
    page.locator(".claim .open").first.click()
    views.settled("mark.chosen")
    expect(page.get_by_role("link", name="Back to the answer")).to_be_in_viewport()
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_over_the_page_is_for_everybody(views: Views, scheme: str) -> None:
    """axe finds nothing serious in the box that narrows a question, nor in what asks before a document is removed,
    where the harmless answer has the focus."""
    views.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page = views.open(".claim", corpus="default", q=QUESTION, kind="prose")
    page.get_by_role("button", name="Narrow").click()
    page.wait_for_selector("#scope-kind")
    assert serious(page, scheme) == []
    page = views.open(".documents li", view="corpora", corpus="default")
    page.locator(".documents").get_by_role("button", name="Remove").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_focused()
    assert serious(page, scheme) == []


def test_still_is_still(views: Views) -> None:
    """Who wants less motion gets none: a mark is in its place at once."""
    views.page.emulate_media(reduced_motion="reduce")
    page = views.open(".reader mark.chosen", corpus="default", q=QUESTION)
    assert page.evaluate("getComputedStyle(document.querySelector('.claim')).transitionDuration") == "0s"
