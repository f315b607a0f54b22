"""From a question to what can be checked."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode

import rispy
from bibtexparser.entrypoint import parse_string
from playwright.sync_api import Route, expect

from tests.page.views import QUESTION, UNANSWERED, Views

# The words behind which the numbers begin on another line.
PARTED = """() => [...document.querySelectorAll(".chips")].map((chips) => {
  const texts = document.createTreeWalker(chips.parentElement.querySelector("bdi"), NodeFilter.SHOW_TEXT);
  let words = null;
  while (texts.nextNode()) words = texts.currentNode;
  const last = document.createRange();
  last.setStart(words, words.length - 1);
  last.setEnd(words, words.length);
  const line = last.getBoundingClientRect();
  const chip = chips.firstElementChild.getBoundingClientRect();
  return chip.top < line.bottom && line.top < chip.bottom && chip.left >= line.right ? null : words.data;
}).filter(Boolean)"""


def test_an_answer_leads_to_its_entry_and_its_place(views: Views) -> None:
    """A question typed gives claims with chips; a chip opens the entry with every statement that cites it; a claim
    opens in the document, marked, focused and in sight, word for word; and each step has an address of its own."""
    page = views.open(".examples a")
    page.get_by_label("Question").fill(QUESTION)
    page.keyboard.press("Enter")
    views.settled(".claim")
    said = page.locator(".claim .said bdi").first.inner_text()
    chip = page.locator(".claim .chip").first
    number = chip.inner_text()
    chip.click()
    entry = page.get_by_role("complementary", name="Reference")
    expect(entry.get_by_role("heading", name=f"Reference [{number.strip('()')}]")).to_be_focused()
    expect(entry.locator(".entry-doi a")).to_have_attribute("href", re.compile(r"^https://doi\.org/10\."))
    assert said in entry.locator(".quote").all_inner_texts()
    assert "entry=" in page.url
    page.keyboard.press("Escape")
    expect(entry).to_be_hidden()
    expect(chip).to_be_focused()
    page.locator(".claim .open").first.click()
    mark = page.locator("mark.chosen")
    expect(mark).to_be_focused()
    expect(mark).to_be_in_viewport()
    assert mark.inner_text() == said
    link = page.url
    views.page.goto(link)
    assert views.settled("mark.chosen").locator("mark.chosen").inner_text() == said
    expect(page.locator(".claim .said bdi").first).to_have_text(said)


def test_every_example_of_a_corpus_is_answered(views: Views) -> None:
    """Examples come from the document's own headings and bibliography, and none of them is refused."""
    page = views.open(".examples a", corpus="default")
    links = [link.get_attribute("href") or "" for link in page.locator(".examples a").all()]
    assert len(links) >= 3
    for link in links:
        page.goto(views.site + link)
        assert views.settled(".claim, .refusal").locator(".claim").count(), link


def test_a_refusal_says_so(views: Views) -> None:
    """It is said plainly, no claim is shown, and the nearest passages open in their places."""
    page = views.open(".refusal", q=UNANSWERED)
    expect(page.get_by_role("heading", name="The corpus doesn’t answer this question")).to_be_visible()
    assert page.locator(".claim").count() == 0
    page.locator(".nearest .open").first.click()
    expect(page.locator("mark.chosen, tr.chosen").first).to_be_in_viewport()


def test_a_marker_in_the_text_opens_its_entries(views: Views) -> None:
    """Markers stay as they are printed, and open what they cite without leaving the place."""
    page = views.open(".claim", q=QUESTION)
    page.locator(".claim .open").first.click()
    marker = page.locator(".paper .marker").first
    marker.click()
    expect(page.locator("#side .entry h2").first).to_be_visible()
    assert "document=" in page.url


def test_references_behind_an_answer_are_taken_along(views: Views, tmp_path: Path) -> None:
    """As BibTeX, RIS and CSL-JSON, copied or downloaded, read by the libraries for them: those of the answer only."""
    page = views.open(".exporter", q=QUESTION)
    numbers = page.locator(".behind .entries > li").count()
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".said-so")).to_have_text("Copied as BibTeX.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert len(parse_string(copied).entries) == numbers
    page.get_by_label("Format").select_option("ris")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download").click()
    waiting.value.save_as(tmp_path / "taken.ris")
    assert waiting.value.suggested_filename.endswith(".ris")
    assert len(rispy.loads((tmp_path / "taken.ris").read_text(encoding="utf-8"))) == numbers
    page.get_by_label("Format").select_option("csl-json")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".said-so")).to_have_text("Copied as CSL-JSON.")
    assert len(page.evaluate("navigator.clipboard.readText().then(JSON.parse)")) == numbers


def test_what_belongs_to_a_claim_is_shown_with_it(views: Views) -> None:
    """The sentence before, unless the claim before is that sentence; the cells of a row by name, once, and those that
    continue the row above; what a cited work says itself; and which part of the question nothing answers."""

    def completed(route: Route) -> None:
        found = route.fetch().json()
        claim = found["claims"][0] | {"doubts": [], "context": None, "cells": []}
        context = {
            "text": "Cells were grown.",
            "passage": "p-0",
            "start": 0,
            "end": 17,
            "references": [2],
            "carried": [],
        }
        cells = [{"column": "Dose", "text": "5 mg"}, {"column": "Drug", "text": "A"}, {"column": "", "text": "x"}]
        said = {"number": 1, "level": "abstract", "text": "Cells died.", "score": 0.8, "verdict": "disagrees"}
        leaning = claim | {"context": context, "text": "5 mg\tx", "cells": cells}
        found["claims"] = [leaning, claim | {"passage": "p-0", "cited": [said]}, leaning]
        found["missing"] = ["how is it treated"]
        route.fulfill(body=json.dumps(found), content_type="application/json")

    views.page.route(re.compile(r"/v1/ask$"), completed)
    page = views.open(".claim", corpus="default", q=QUESTION)
    expect(page.locator(".missing")).to_have_text("Not answered: how is it treated")
    expect(page.locator("#live")).to_contain_text("Not answered: how is it treated.")
    assert page.locator(".claim").count() == 3
    expect(page.locator(".claim .context")).to_have_count(1)
    expect(page.locator(".claim .context")).to_contain_text("Sentence before: Cells were grown.")
    expect(page.locator(".claim .context .chip")).to_have_text("[2]")
    said = page.locator(".claim .cited.disagrees")
    expect(said).to_have_text("[1] may disagree (0.80), in its abstract: Cells died.")
    row = page.locator(".claim .cells").first
    assert row.locator("dd bdi").all_inner_texts() == ["5 mg", "A", "x"]
    assert row.locator("dt:not(.unseen) bdi").all_inner_texts() == ["Dose", "Drug (from above)"]
    expect(page.locator(".claim > .label").first).to_have_text("Row, cell by cell:")
    assert row.locator("dd .chip").count() == page.locator(".claim .said .chip").count() > 0
    assert page.locator(".claim .said").count() == 1


def test_numbers_stay_with_their_sentence(views: Views) -> None:
    """However wide the page is, numbers that a sentence doesn't print itself are on the line of its last word."""

    def unprinted(route: Route) -> None:
        found = route.fetch().json()
        for claim in found["claims"]:
            claim["carried"], claim["references"] = claim["references"] or [38], []
        route.fulfill(body=json.dumps(found), content_type="application/json")

    views.page.route(re.compile(r"/v1/ask$"), unprinted)
    page = views.open(".claim", corpus="default", q=QUESTION)
    assert page.locator(".chips").count() >= 2
    for width in range(320, 440, 8):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(PARTED) == [], width


def test_a_number_stands_once(views: Views) -> None:
    """A marker that the sentence prints opens its entries where it stands, and no second number follows it; a page's
    number stays with its "p.". What came from a library opens there."""

    def printed(route: Route) -> None:
        found = route.fetch().json()
        claim = found["claims"][0]
        claim["text"], claim["references"] = (
            "Vesicles (n = 12) carry PD-L1 (11–13, 15) and CD9 (2012).",
            [11, 12, 13, 15, 16],
        )
        found["passages"][0]["page"] = 4
        found["passages"][0]["link"] = "zotero://open-pdf/library/items/ABCD2345?page=4"
        claim["passage"] = found["passages"][0]["id"]
        route.fulfill(body=json.dumps(found), content_type="application/json")

    views.page.route(re.compile(r"/v1/ask$"), printed)
    page = views.open(".claim", corpus="default", q=QUESTION)
    claim = page.locator(".claim").first
    assert claim.locator(".said .chip").all_inner_texts() == ["(11–13, 15)", "[16]"]
    expect(claim.locator(".said .chip").first).to_have_attribute("aria-label", "Reference 11, 12, 13, 15")
    assert "p.\u00a04" in (claim.locator(".where").text_content() or "")
    expect(claim.get_by_role("link", name="In Zotero")).to_have_attribute("href", re.compile("^zotero://.+page=4$"))
    claim.locator(".said .chip").first.click()
    expect(page.locator("#side .entry h2")).to_have_count(4)


def test_a_refusal_offers_where_to_read_on(views: Views) -> None:
    """Sections in which the nearest passages stand; "possibly" where it isn't sure; and which document is meant, each
    a link that puts the question to it."""
    page = views.open(".refusal", corpus="default", q=UNANSWERED)
    assert page.get_by_role("heading", name="Sections to read").count() == 1

    def unsure(route: Route) -> None:
        found = route.fetch().json() | {"confidence": 0.3}
        route.fulfill(body=json.dumps(found), content_type="application/json")

    page.route(re.compile(r"/v1/ask$"), unsure)
    page = views.open(".refusal", corpus="default", q=UNANSWERED)
    expect(page.get_by_role("heading", name="Possibly", exact=True)).to_be_visible()
    page.unroute(re.compile(r"/v1/ask$"))

    def several(route: Route) -> None:
        candidates = [
            {"id": "d-1", "name": "a.pdf", "title": "Of <b>A</b>"},
            {"id": "d-2", "name": "b.pdf", "title": ""},
        ]
        empty = {"status": "insufficient_evidence", "claims": [], "references": [], "passages": []}
        found = route.fetch().json() | empty | {"reason": "which_document", "candidates": candidates}
        route.fulfill(body=json.dumps(found), content_type="application/json")

    page.route(re.compile(r"/v1/ask$"), several)
    page = views.open(".refusal", corpus="default", q="What does Table 1 show exactly?", years="2000-")
    expect(page.get_by_role("heading", name="Which document?")).to_be_visible()
    expect(page.locator(".nearest")).to_have_count(0)
    links = page.locator(".candidates a")
    assert links.all_inner_texts() == ["Of <b>A</b>", "b.pdf"]
    first = links.first.get_attribute("href") or ""
    assert "in=d-1" in first
    assert "years=2000-" in first


def test_which_document_still_shows_what_comes_nearest(views: Views) -> None:
    """Below the documents to choose from stand the nearest passages, where there are any; each opens beside them."""

    def asked_back(route: Route) -> None:
        candidates = [{"id": "d-1", "name": "a.pdf", "title": "A"}, {"id": "d-2", "name": "b.pdf", "title": "B"}]
        found = route.fetch().json() | {"reason": "which_document", "candidates": candidates}
        route.fulfill(body=json.dumps(found), content_type="application/json")

    views.page.route(re.compile(r"/v1/ask$"), asked_back)
    page = views.open(".candidates", corpus="default", q=UNANSWERED)
    expect(page.locator(".candidates ~ h2")).to_have_text("Nearest passages")
    page.locator(".candidates ~ .nearest .open").first.click()
    expect(page.locator("mark.chosen, tr.chosen").first).to_be_in_viewport()


def test_a_late_answer_leaves_the_column_to_the_next_question(views: Views) -> None:
    """An answer that comes when another question has been asked changes nothing: statements of the second open beside
    it, and its words stay in the box."""
    held: list[Route] = []

    def first_waits(route: Route) -> None:
        if UNANSWERED in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page = views.page
    page.route(re.compile(r"/v1/ask$"), first_waits)
    page.goto(f"{views.site}/?{urlencode({'corpus': 'default', 'q': UNANSWERED})}")
    page.wait_for_selector(".answer[aria-busy]")
    page.get_by_label("Question").fill(QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(".reader mark")
    with page.expect_response(lambda response: UNANSWERED in (response.request.post_data or "")) as late:
        held[0].continue_()
    late.value.finished()
    said = page.locator(".claim .said bdi").last.inner_text()
    page.locator(".claim").last.get_by_role("link", name="Read in its place").click()
    expect(page.locator(".reader mark.chosen")).to_have_text(said)
    expect(page.locator(".reader mark.chosen")).to_be_focused()
    expect(page.get_by_label("Question")).to_have_value(QUESTION)
