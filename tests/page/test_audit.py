"""The audit of a corpus's own citations, and doubts beside the claims of an answer."""

import json
import re

from playwright.sync_api import Page, Route, expect

from tests.page.views import QUESTION, Views

SUSPECT = {
    "text": "They carry PD-L1 (40).",
    "start": 10,
    "end": 32,
    "section": "4",
    "where": "text",
    "label": None,
}


def with_suspects(page: Page, count: int) -> None:
    """The server's audit, with so many suspects of its first statement's document put in front."""

    def answered(route: Route) -> None:
        found = route.fetch().json()
        pair = {"document": found["pairs"][0]["document"], "reference": 40, "verdict": "suspect"}
        told = {"reason": "nothing here meets <b>it</b>", "better": [{"number": 81, "score": 0.98}]}
        suspects = [
            {**pair, **told, "statement": {**SUSPECT, "start": 10 + at, "end": 32 + at}, "score": (count - at) / 1000}
            for at in range(count)
        ]
        others = [each for each in found["pairs"] if each["verdict"] != "suspect" or each["statement"]["label"]]
        route.fulfill(json={**found, "pairs": [*suspects, *others]})

    page.route(re.compile(r"/audit$"), answered)


def test_a_run_is_shown_with_what_is_meant(views: Views) -> None:
    """The sample's table: each row opens in its place, each number its entry; keys lead there and back."""
    page = views.open(".examples a", corpus="default")
    page.get_by_role("link", name="Audit", exact=True).click()
    views.settled(".audit")
    expect(page.get_by_role("heading", name="Citation audit")).to_be_focused()
    rows = page.locator(".run tbody tr")
    assert rows.count() >= 15
    row = rows.filter(has_text="HMGB1")
    assert row.locator(".chip").all_inner_texts() == ["[36]", "[50]"]
    row.locator(".chip").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#side .entry h2")).to_contain_text("[50]")
    page.keyboard.press("Escape")
    expect(row.locator(".chip").last).to_be_focused()
    row.locator("a.quote").click()
    views.settled("tr.chosen")
    expect(page.locator("tr.chosen")).to_contain_text("HMGB1")
    page.go_back()
    views.settled(".audit")
    page.get_by_text("Every citation with its verdict").click()
    page.wait_for_selector(".further .entries > li")
    assert page.locator(".further .entries > li").count() > 90


def test_suspects_come_worst_first_and_open_in_their_place(views: Views) -> None:
    """Statement, entry, why and what fits better, by chip; a long list ends in a button that shows the rest."""
    with_suspects(views.page, 30)
    page = views.open(".doubted", view="audit", corpus="default")
    first = page.locator(".doubted > li").first
    expect(first).to_contain_text("They carry PD-L1 (40).")
    expect(first).to_contain_text("nothing here meets <b>it</b> · support 0.00")
    assert first.locator(".chip").all_inner_texts() == ["[40]", "[81]"]
    assert "at=39-61" in (first.locator(".open").get_attribute("href") or "")
    assert page.locator(".doubted > li").count() == 25
    page.get_by_role("button", name="Show 5 more").click()
    assert page.locator(".doubted > li").count() == 30
    expect(page.locator(".doubted > li").nth(25).locator("a").first).to_be_focused()


def test_an_audit_that_failed_is_said(views: Views) -> None:
    """A document that couldn't be audited is named with the reason, as text, and without any count."""

    def answered(route: Route) -> None:
        document = route.fetch().json()["pairs"][0]["document"]
        failed = [{"document": document, "reason": "it <b>broke</b>"}]
        route.fulfill(json={"pairs": [], "runs": [], "bookkeeping": [], "verified": [], "failed": failed})

    views.page.route(re.compile(r"/audit$"), answered)
    page = views.open(".audit", view="audit", corpus="default")
    expect(page.locator("article.audit")).to_contain_text("nothing is known of its citations: it <b>broke</b>")
    assert "statement and reference" not in page.locator("main").inner_text()


def test_the_report_opens_and_is_kept_as_a_file(views: Views) -> None:
    """The same page both ways: a link where no key is asked for, and always a file; it runs nothing."""
    page = views.open(".audit", view="audit", corpus="default")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Download").click()
    assert kept.value.suggested_filename == "default-citation-audit.html"
    content = kept.value.path().read_text(encoding="utf-8")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open the report in a new tab").click()
    report = opened.value
    expect(report.get_by_text("numbers are shifted")).to_be_visible()
    assert report.locator(".card").first.evaluate("each => getComputedStyle(each).borderTopStyle") == "solid"
    assert page.context.request.get(report.url).text() == content
    assert "<script" not in content


def test_a_doubt_stands_with_its_claim(views: Views) -> None:
    """A doubt about a citation is shown with its claim and nowhere else, and the better number opens its entry; any
    other warning stands above the claims."""

    def doubted(route: Route) -> None:
        found = route.fetch().json()
        number = found["claims"][0]["references"][0]
        found["claims"] = found["claims"][:1]
        line = f"ref {number} doesn't seem to fit this statement; 81 does"
        doubt = {"reference": number, "score": 0.1, "reason": "why", "better": [81], "warning": line}
        found["claims"][0]["doubts"] = [doubt]
        found["warnings"] = [line, "Table 9 isn't there"]
        route.fulfill(body=json.dumps(found), content_type="application/json")

    views.page.route(re.compile(r"/v1/ask$"), doubted)
    page = views.open(".claim", corpus="default", q=QUESTION)
    told = page.locator(".claim .doubt")
    expect(told).to_contain_text("doesn’t seem to fit this statement; [81] fits better: why.")
    expect(page.locator(".claim .said .in-doubt")).to_have_attribute("aria-label", re.compile("in doubt"))
    assert page.locator(".answer .note").all_inner_texts() == ["Table 9 isn't there"]
    assert page.get_by_text("seem to fit").count() == 1
    told.get_by_role("link", name="Reference 81").click()
    expect(page.locator("#side .entry h2")).to_contain_text("[81]")
