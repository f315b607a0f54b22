"""Evidence tables as CSV, Markdown and JSON."""

import csv
import io
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.evidence.records import CitedEntry, EvidenceRow, EvidenceTable
from api.evidence.writing import COLUMNS, FORMATS, FORMS, csv_text, markdown_text
from evqa.model import CorpusState, Heading, Home, Notice, Standing

QUESTION = "What do vesicles carry?"
RETRACTED = Standing(
    checked="2026-11-30", sources=("crossref",), notices=(Notice(type="retraction", source="crossref", date="2024"),)
)
COLUMNS_OF_MARKDOWN = 7


def row(claim: str | None = "Vesicles carry PD-L1 (1).", question: str = QUESTION, **fields: object) -> EvidenceRow:
    """A row with one unchecked and one retracted entry."""
    cited = (
        CitedEntry(number=1, entry="Adams A. Cargo. J Ves (2020).", said="not checked for retraction"),
        CitedEntry(number=2, carried=True, entry="Brown B. More.", status=RETRACTED, said="RETRACTED 2024 (crossref)"),
    )
    given = {
        "question": question,
        "result": "found" if claim is not None else "not found",
        "document": Home(id="d-1", title="A review of vesicles"),
        "source": "vesicles.md",
        "confidence": 0.91,
        "claim": claim,
        "cited": cited if claim is not None else (),
        "section": Heading(number="4", title="Resistance"),
        "page": 7,
    }
    return EvidenceRow(**{**given, **fields})


def table(*rows: EvidenceRow, questions: tuple[str, ...] = (QUESTION,)) -> EvidenceTable:
    """A table of these rows."""
    state = CorpusState(name="default", fingerprint="f", documents=1)
    return EvidenceTable(questions=questions, asked=1, rows=rows, corpus=state)


def cells(written: str) -> list[dict[str, str]]:
    """The rows of a CSV as any reader of CSV has them."""
    return list(csv.DictReader(io.StringIO(written, newline="")))


def test_a_row_of_csv_has_it_all() -> None:
    """Claim, numbers, entries, status, document and page stand in a row, in the columns that the header names."""
    (found,) = cells(csv_text(table(row())))
    assert tuple(found) == tuple(COLUMNS)
    assert found["claim"] == "Vesicles carry PD-L1 (1)."
    assert (found["references"], found["carried"]) == ("1", "2")
    assert found["entries"] == "[1] Adams A. Cargo. J Ves (2020). | [2] Brown B. More."
    assert (found["document"], found["file"], found["page"]) == ("A review of vesicles", "vesicles.md", "7")


def test_a_cited_paper_is_called_so() -> None:
    """Of a paper that a review cites, the place says its number there."""
    paper = Home(id="d-2", title="On moss", kind="paper", reference=2, review="d-1")
    (found,) = cells(csv_text(table(row(document=paper))))
    assert found["place"] == "4 Resistance · cited paper [2]"


@pytest.mark.parametrize("form", FORMATS)
def test_unchecked_never_looks_clean(form: str) -> None:
    """In every form the entry that nobody checked is called so, and the retracted one is called that."""
    text = FORMS[form].write(table(row()))  # type: ignore[index]
    assert "not checked for retraction" in text
    assert "RETRACTED 2024" in text


def test_a_document_without_an_answer_says_so() -> None:
    """A refusal is a row without a claim that says "not found"."""
    (found,) = cells(csv_text(table(row(claim=None))))
    assert (found["result"], found["claim"], found["status"]) == ("not found", "", "")
    assert "| not found (0.91) | – |" in markdown_text(table(row(claim=None)))


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r=", " =", "＝", "－"])
def test_no_cell_is_a_formula(begin: str) -> None:
    """What a spreadsheet would run, also behind blanks, begins with an apostrophe, in whatever column it stands."""
    told = f"{begin}HYPERLINK(1)"
    given = {"source": told, "notes": (told,), "document": Home(id="d-1", title=told), "context": told.strip()}
    (found,) = cells(csv_text(table(row("A claim.", told, **given), questions=(told,))))
    for name in ("question", "document", "file", "before", "notes"):
        assert found[name] == f"'{told.strip()}"


def test_quotes_commas_and_lines_stay_one_cell() -> None:
    """Quotation marks, commas and letters of any script come back; a line break becomes a blank, a tab a bar."""
    (found,) = cells(csv_text(table(row('He said "TGF-β, 5 µg"\nof 中文\tnext'))))
    assert found["claim"] == 'He said "TGF-β, 5 µg" of 中文 | next'
    written = csv_text(table(row()))
    assert written.count("\r\n") == written.count("\n") == 2


def test_markdown_is_text_and_never_markup() -> None:
    """Links, pictures, code, HTML and bars of a document are escaped."""
    text = markdown_text(table(row("[x](javascript:1) ![y](z) `c` <script>a|b</script> *e* _f_ & g_h")))
    assert r"\[x\](javascript:1) !\[y\](z) \`c\` &lt;script&gt;a\|b&lt;/script&gt; \*e\* \_f\_ &amp; g_h" in text
    assert "<script>" not in text


def test_every_question_has_its_section() -> None:
    """Markdown has a heading and a table for each question, and says where nothing was found at all."""
    text = markdown_text(table(row(), questions=(QUESTION, "And who?")))
    assert [line for line in text.split("\n") if line.startswith("## ")] == [f"## {QUESTION}", "## And who?"]
    assert text.endswith("Not found in the document.\n")


def test_json_is_the_record() -> None:
    """JSON has the record, with the status as it was looked up."""
    record = json.loads(FORMS["json"].write(table(row())))
    assert record["rows"][0]["cited"][0]["status"] is None
    assert EvidenceTable.model_validate(record) == table(row())


@given(st.text(max_size=80))
def test_any_text_stays_in_its_cell(text: str) -> None:
    """Whatever a document prints, CSV has one row of every column and no formula, and a line of Markdown its cells."""
    one = table(row(text))
    ((*_, found),) = [cells(csv_text(one))]
    assert list(found) == list(COLUMNS)
    assert not [value for value in found.values() if value.startswith(("=", "+", "-", "@", "\t", "\r"))]
    line = markdown_text(one).split("\n")[4]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == COLUMNS_OF_MARKDOWN + 1
    assert not re.search(r"<(?!br>)", line)


@given(st.text(alphabet="|\\`*_[]<>&#~$ab ", max_size=40))
def test_signs_of_markup_stay_in_their_cell(text: str) -> None:
    """The same of texts that consist of little but the signs that mean something in Markdown."""
    line = markdown_text(table(row(text))).split("\n")[4]
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) == COLUMNS_OF_MARKDOWN + 1
