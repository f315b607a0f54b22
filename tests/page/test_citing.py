"""Statements copied with their citations."""

import json
import re

from bibtexparser.entrypoint import parse_string
from playwright.sync_api import Page, Route, expect

from tests.page.views import QUESTION, Views


def copied(page: Page, button: str, form: str) -> str:
    """What lies on the clipboard once the button has said so."""
    page.get_by_role("button", name=button).first.click()
    expect(page.get_by_role("button", name=button).first).to_have_text(f"Copied as {form}")
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def with_notes(route: Route) -> None:
    """The server's answer, with a doubt about the first claim's number and a retraction of the work."""
    found = route.fetch().json()
    number = found["claims"][0]["references"][0]
    doubt = {"reference": number, "score": 0.1, "reason": "it *differs*", "better": [81], "warning": "w"}
    found["claims"][0]["doubts"] = [doubt]
    notice = {"type": "retraction", "DOI": "10.1000/r", "date": "2024-05-01", "source": "crossref"}
    found["references"][0]["status"] = {"checked": "2026-11-30", "sources": ["crossref"], "notices": [notice]}
    route.fulfill(body=json.dumps(found), content_type="application/json")


def test_a_statement_is_copied_with_its_citation(views: Views) -> None:
    """Word for word, with document, section and entry, and with what speaks against it as a note."""
    views.page.route(re.compile(r"/v1/ask$"), with_notes)
    page = views.open(".claim", corpus="default", q=QUESTION)
    said = page.locator(".claim .said bdi").first.inner_text()
    plain = copied(page, "Copy with citation", "Plain text")
    assert plain.startswith(f"“{said}” (")
    assert "\nNote: Check the citation: 38 doesn’t seem to fit this statement; 81 fits better: it *differs*." in plain
    assert "\nNote: Reference 38: RETRACTED 2024-05-01" in plain
    assert re.search(r"\n\[38\] .+doi:10\.", plain)
    assert "[80]" not in plain


def test_a_whole_answer_is_copied(views: Views) -> None:
    """As Markdown, where signs of the text mean themselves; and under the keys of the export, which is chosen once."""
    views.page.route(re.compile(r"/v1/ask$"), with_notes)
    page = views.open(".claim", corpus="default", q=QUESTION)
    page.get_by_label("Form of what is copied").select_option("markdown")
    text = copied(page, "Copy the answer", "Markdown")
    assert text.count("\n> — *") == page.locator(".claim").count()
    assert r"it \*differs\*" in text
    assert text.count("\n- \\[") + text.startswith("- \\[") == page.locator(".behind .entries > li").count()
    page.get_by_label("Form of what is copied").select_option("bibtex")
    cited = re.findall(r"\\cite\{([^}]+)\}", copied(page, "Copy the answer", "BibTeX keys"))
    page.reload()
    views.settled(".claim")
    expect(page.get_by_label("Form of what is copied")).to_have_value("bibtex")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.locator(".said-so")).to_have_text("Copied as BibTeX.")
    keys = {each.key for each in parse_string(page.evaluate("navigator.clipboard.readText()")).entries}
    assert {key for each in cited for key in each.split(",")} == keys


def test_numbers_that_the_sentence_prints_are_not_added(views: Views) -> None:
    """A range covers what lies within it, and a dose in brackets is no reference: only what stands nowhere is added."""

    def ranged(route: Route) -> None:
        found = route.fetch().json()
        claim, entry = found["claims"][0], found["references"][0]
        found["claims"] = [claim | {"text": "Given early (5–10 mg), as shown (11–13).", "references": [5, 11, 12, 13]}]
        found["claims"][0] |= {"carried": [], "doubts": []}
        found["references"] = [entry | {"number": number} for number in (5, 11, 12, 13)]
        route.fulfill(body=json.dumps(found), content_type="application/json")

    views.page.route(re.compile(r"/v1/ask$"), ranged)
    page = views.open(".claim", corpus="default", q=QUESTION)
    assert copied(page, "Copy with citation", "Plain text").startswith(
        "“Given early (5–10 mg), as shown (11–13).” [5] ("
    )
