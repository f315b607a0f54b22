"""The evidence table on the page."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.page.views import QUESTION, UNANSWERED, Views

ROWS = ".evidence-table tbody tr"
QUESTIONS = f"{QUESTION}\n{UNANSWERED}\nWhat does Table 1 show?"


def made(views: Views, questions: str = QUESTIONS, corpus: str = "default") -> Page:
    """The table of these questions, once it is complete."""
    views.page.goto(f"{views.site}/?{urlencode({'view': 'tables', 'corpus': corpus, 'q': questions})}")
    return complete(views.page)


def complete(page: Page) -> Page:
    """The page, once every question is asked."""
    page.wait_for_selector(ROWS)
    page.locator(".evidence-table[aria-busy]").wait_for(state="detached")
    return page


def column(page: Page, label: str) -> list[str]:
    """The cells of a column, from top to bottom."""
    return page.locator(f'{ROWS} [data-label="{label}"]').all_text_contents()


def test_questions_become_a_table(views: Views) -> None:
    """Questions, one a line, give rows in their order; what isn't found has a row, and no status looks clean."""
    page = views.open("#questions", view="tables", corpus="default")
    page.get_by_label("Questions").fill(f"{QUESTION}\n\n{UNANSWERED}")
    page.get_by_role("button", name="Make the table").click()
    complete(page)
    asked, results, status = column(page, "Question"), column(page, "Result"), column(page, "Status")
    assert list(dict.fromkeys(asked)) == [QUESTION, UNANSWERED]
    assert results[0].startswith("found")
    assert results[-1].startswith("not found")
    assert "not checked for retraction" in status[0]
    expect(page.locator("#tally")).to_contain_text("1 not found")


def test_columns_sort_and_words_filter(views: Views) -> None:
    """A press on a head sorts, another turns the order; words and the tick leave rows out. Who comes back from a claim
    in its place has lost nothing."""
    page = made(views)
    whole = column(page, "Result")
    page.get_by_role("button", name="Result").click()
    assert page.locator('[aria-sort="ascending"]').inner_text() == "Result"
    ranks = [("found", "perhaps", "not found").index(each.rstrip("0123456789. ")) for each in column(page, "Result")]
    assert ranks == sorted(ranks)
    assert column(page, "Result")[-1].startswith("not found")
    page.get_by_role("button", name="Result").click()
    assert column(page, "Result")[0].startswith("not found")
    page.get_by_label("only what was found").check()
    assert len(column(page, "Result")) == len(whole) - 1
    page.get_by_label("Filter").fill("decoy")
    shown = column(page, "In its own words")
    assert 0 < len(shown) < len(whole)
    page.locator(".evidence-table .quote").first.click()
    views.settled("mark.chosen")
    page.go_back()
    complete(page)
    assert column(page, "In its own words") == shown
    assert page.get_by_label("only what was found").is_checked()


def test_a_number_opens_its_entry(views: Views) -> None:
    """A reference opens beside the table, which stays as it was sorted."""
    page = made(views)
    page.get_by_role("button", name="References").click()
    shown = column(page, "References")
    page.locator(".evidence-table .chip").first.click()
    expect(page.locator("#side .entry")).to_contain_text("not checked for retraction")
    assert column(page, "References") == shown


def test_the_file_is_that_of_the_server(views: Views, tmp_path: Path) -> None:
    """What is downloaded is the server's CSV, marked as UTF-8 for spreadsheets, with every row."""
    page = made(views)
    page.get_by_label("Filter").fill("nothing has these words")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    table = f"{views.site}/v1/corpora/default/table"
    asked: Any = {"question": UNANSWERED, "format": "csv"}
    alone = page.request.get(table, params=asked).text()
    written = file.read_bytes().decode("utf-8-sig")
    assert file.name == "default-evidence.csv"
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert rows[0] == next(csv.reader(io.StringIO(alone, newline="")))
    assert {row[0] for row in rows[1:]} == set(QUESTIONS.split("\n"))


@pytest.mark.parametrize("form", ["csv", "md", "json"])
def test_a_large_table_is_downloaded_in_parts(views: Views, form: str) -> None:
    """Questions to more documents than one request may ask are asked a few at a time, and the file is the same as the
    server's of all of them at once."""
    sent: list[int] = []

    def counted(route: Route) -> None:
        asked = parse_qs(urlsplit(route.request.url).query)
        if "format" in asked:
            sent.append(len(asked["question"]))
            return route.continue_()
        return route.fulfill(json=route.fetch().json() | {"asked": 200})

    views.page.route(re.compile(r"/table\?"), counted)
    page = made(views)
    page.get_by_label("Format of the table").select_option(form)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    written = download.value.path().read_bytes().decode("utf-8-sig")
    assert sent == [2, 1]
    query = [("question", each) for each in QUESTIONS.split("\n")] + [("format", form)]
    whole = page.request.get(f"{views.site}/v1/corpora/default/table?{urlencode(query)}").body().decode()
    assert json.loads(written) == json.loads(whole) if form == "json" else written == whole


def test_what_a_document_says_is_text(views: Views) -> None:
    """A document that means harm stands in the table as it is printed, and runs nothing."""
    page = made(views, "How fast does lichen grow on slate?\nWhat does reference 1 support?", corpus="hostile")
    expect(page.locator(".evidence-table")).to_contain_text("<script>window.harmed = 1</script>")
    assert page.evaluate("window.harmed") is None


def test_too_many_questions_are_told(views: Views) -> None:
    """More than twenty questions aren't sent; what the server refuses is shown in its words."""
    page = views.open("#questions", view="tables", corpus="default")
    page.get_by_label("Questions").fill("\n".join(f"What is {n}?" for n in range(21)))
    page.get_by_role("button", name="Make the table").click()
    assert "At most 20" in str(page.locator("#questions").evaluate("box => box.validationMessage"))
    expect(page.locator(ROWS)).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_everybody_can_read_it(views: Views, scheme: Any, width: int) -> None:
    """Axe finds nothing serious, and nothing is wider than a phone."""
    views.page.emulate_media(color_scheme=scheme)
    views.page.set_viewport_size({"width": width, "height": 800})
    page = made(views)
    found: dict[str, Any] = Axe().run(page).response
    assert not [each["id"] for each in found["violations"] if each["impact"] in ("serious", "critical")]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
