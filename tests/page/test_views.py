"""The bibliography, the corpora, and how all of it is reached."""

import json
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, expect

from tests.page.views import QUESTION, UNANSWERED, Views

VIEWS: dict[str, tuple[str, dict[str, str]]] = {
    "start": (".examples a", {}),
    "answer": (".claim", {"q": QUESTION}),
    "entry": ("#side .entry", {"q": QUESTION, "entry": "38"}),
    "table": (".claim", {"q": "What does Table 1 show?"}),
    "context": (".context", {"q": "What does reference 38 support?"}),
    "refusal": (".refusal", {"q": UNANSWERED}),
    "bibliography": (".entries li", {"view": "bibliography", "filter": "chen"}),
    "audit": (".audit", {"view": "audit"}),
    "corpora": (".report", {"view": "corpora"}),
    "history": ("#filter", {"view": "history"}),
}


def test_the_bibliography_is_sorted_and_filtered(views: Views) -> None:
    """By how often entries are cited, and by words; the address says how, so that a link shows the same."""
    page = views.open(".entries li", view="bibliography", corpus="default")
    assert page.locator(".entries > li").count() == 90
    page.get_by_label("Order").select_option("cited")
    times = page.locator(".entries .times").all_inner_texts()
    counts = [0 if "never" in each else 1 if "once" in each else 2 if "twice" in each else 3 for each in times]
    assert counts == sorted(counts, reverse=True)
    page.get_by_label("Filter").fill("chen 2022")
    found = page.locator(".entries .chip").all_inner_texts()
    assert 0 < len(found) < 90
    page.reload()
    views.settled(".entries li")
    assert page.locator(".entries .chip").all_inner_texts() == found
    page.get_by_label("Filter").fill("")
    page.get_by_label("only never cited").check()
    never = page.locator(".entries > li").count()
    assert never == counts.count(0)


def test_corpora_tell_whether_they_are_sound(views: Views) -> None:
    """Each is listed with its sizes, and its documents with their integrity report."""
    page = views.open(".report", view="corpora", corpus="hostile")
    report = page.locator(".corpus[open] .report")
    expect(report).to_contain_text("2, numbered without a gap")
    expect(report).to_contain_text("Sound")
    assert page.locator(".corpus").count() >= 2


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"corpus": "nowhere", "q": "x"}, "no corpus 'nowhere'"),
        ({"document": "d-none"}, "no document 'd-none'"),
        ({"view": "bibliography", "entry": "9000"}, "no reference 9000"),
    ],
)
def test_what_is_not_there_is_said(context: BrowserContext, site: str, query: dict[str, str], words: str) -> None:
    """A corpus, a document or an entry that isn't there is named in the server's words."""
    views = Views(context.new_page(), site)
    expect(views.open(".failed", **query).get_by_role("alert")).to_contain_text(words)


@pytest.mark.parametrize("refused", ["**/v1/corpora", "**/v1/ask"])
def test_what_may_pass_is_tried_again(context: BrowserContext, site: str, refused: str) -> None:
    """Too many requests are said once, the ways to other views stay, and "Try again" goes on with the question."""
    page = context.new_page()
    said = "more than 30 requests a minute: send the next in 5 s"
    body = json.dumps({"title": "Too Many Requests", "status": 429, "detail": said})
    page.route(refused, lambda route: route.fulfill(status=429, headers={"Retry-After": "5"}, body=body), times=1)
    views = Views(page, site)
    expect(views.open(".failed", q=QUESTION, corpus="default").get_by_role("alert").locator("p")).to_have_text(said)
    expect(page.get_by_role("navigation").get_by_role("link", name="Corpora")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(views.settled(".claim").locator(".claim").first).to_be_visible()


def test_without_examples_a_question_can_be_asked(context: BrowserContext, site: str) -> None:
    """Where what examples are made of can't be had that is said below the question, which is answered all the same."""
    page = context.new_page()
    body = json.dumps({"title": "Internal Server Error", "status": 500, "detail": "no entry can be read"})
    page.route(re.compile("/examples"), lambda route: route.fulfill(status=500, body=body))
    Views(page, site).open(".failed", corpus="default")
    expect(page.get_by_role("alert")).to_contain_text("no entry can be read")
    page.get_by_label("Question").fill(QUESTION)
    page.get_by_role("button", name="Ask").click()
    expect(page.locator(".claim").first).to_be_visible()


def test_the_page_opens_on_the_users_own_corpus(context: BrowserContext, site: str) -> None:
    """Without a default it is the user's own, not the sample, though that stands beside it."""
    page = context.new_page()
    found = context.request.get(f"{site}/v1/corpora").json()
    (own,) = [each for each in found if each["name"] == "hostile"]
    sample = {**own, "name": "sample.0123456789abcdef", "use": "sample"}
    page.route("**/v1/corpora", lambda route: route.fulfill(json=[own, sample]))
    page.goto(site)
    expect(page.locator("#corpus")).to_have_value("hostile")
    expect(page.get_by_role("link", name="Audit", exact=True)).to_have_attribute("href", re.compile("corpus=hostile"))


def test_a_list_tells_what_opening_found(context: BrowserContext, site: str) -> None:
    """A sample that isn't made before it is opened has its sizes in the list once it is."""
    page = context.new_page()
    found = context.request.get(f"{site}/v1/corpora").json()
    empty = {"use": "sample", "state": "unpublished", "documents": 0, "passages": 0, "references": 0}
    page.route("**/v1/corpora", lambda route: route.fulfill(json=[each | empty for each in found]))
    page.goto(f"{site}/?view=corpora&corpus=hostile")
    expect(page.locator(".corpus[open] .report")).to_be_visible()
    expect(page.locator(".corpus[open] > summary")).to_contain_text("1 document · ")
    expect(page.locator(".corpus:not([open]) > summary").first).to_contain_text("indexed when it is first asked")


def test_everything_is_reached_by_keys(views: Views) -> None:
    """Skip link, "/" to the question, Tab to chip and claim, Enter to open, Escape back to where one was."""
    page = views.open(".examples a", corpus="default")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    views.settled(".claim")
    expect(page.get_by_role("heading", name="Answer", exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Pin")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".claim .chip").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#side .entry h2").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".claim .chip").first).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".claim .open").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("mark.chosen")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".claim").first).to_be_focused()
    page.keyboard.press("n")
    expect(page.locator(".claim").nth(1)).to_be_focused()
    page.keyboard.press("p")
    expect(page.locator(".claim").first).to_be_focused()


def serious(page: Page, scheme: str) -> list[str]:
    """What axe finds that keeps people out; of the dark colours only what depends on them."""
    options = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    found: dict[str, Any] = Axe().run(page, options=options).response
    return [
        f"{each['id']}: {node['html'][:120]} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
        if each["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(views: Views, scheme: Any) -> None:
    """In no view, neither light nor dark."""
    views.page.emulate_media(color_scheme=scheme)
    for name, (awaited, query) in VIEWS.items():
        assert serious(views.open(awaited, corpus="default", **query), scheme) == [], name
    page = views.open(".claim", corpus="default", q=QUESTION)
    page.locator(".claim .open").first.click()
    assert serious(views.settled("mark.chosen"), scheme) == []


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_is_wider_than_a_phone(context: BrowserContext, views: Views, name: str) -> None:
    """At 360 pixels no view scrolls sideways."""
    views.page.set_viewport_size({"width": 360, "height": 740})
    awaited, query = VIEWS[name]
    page = views.open(awaited, corpus="default", **query)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
