"""Answers and tables as a notebook shows them."""

import re

from api.evidence.records import EvidenceTable
from api.notebook.shown import shown_answer, shown_table
from evqa.model import Answer, Context, DocumentName, Doubt, Notice, Reference, Standing
from tests.api.evidence.test_writing import row, table

HOSTILE = '<script>alert(1)</script> & "x" <img src=x onerror=y>'


def html_of(answer: Answer) -> str:
    """What a notebook shows of an answer."""
    return shown_answer(answer)._repr_html_()


def test_an_answer_shows_its_quotations(answer: Answer) -> None:
    """Question, sentence, numbers, place and entries stand in it, and what nobody has checked is said."""
    told = re.sub(r"\s+", " ", html_of(answer))
    for words in (answer.question, f"“{answer.claims[0].text}” [1] [2, from a later sentence]", "p. 7", "[1] Berg"):
        assert words in told or words.replace("Berg", "van der Berg") in told
    assert 'href="https://doi.org/10.1002/' in told


def test_everything_is_escaped(answer: Answer) -> None:
    """Whatever a document, an entry or a question holds is text: no tag but those of the template comes through."""
    doubt = Doubt(reference=1, score=0.1, reason=HOSTILE, warning=HOSTILE)
    context = Context(text=HOSTILE, passage="p-1", start=0, end=1)
    claim = answer.claims[0].model_copy(update={"text": HOSTILE, "doubts": (doubt,), "context": context})
    passage = answer.passages[0]
    home = passage.document.model_copy(update={"title": HOSTILE})
    hostile = answer.model_copy(
        update={
            "question": HOSTILE,
            "claims": (claim,),
            "passages": (passage.model_copy(update={"document": home, "label": HOSTILE}),),
            "references": (Reference(number=1, raw=HOSTILE, URL="javascript:alert(1)"),),
            "warnings": (HOSTILE,),
            "missing": (HOSTILE,),
        }
    )
    shown = html_of(hostile) + shown_table(table(row(HOSTILE, HOSTILE), questions=(HOSTILE,)))._repr_html_()
    assert "&lt;script&gt;" in shown
    assert not re.search(r"<(?:script|img)|javascript:[^<]*\"|onerror=y>", shown)


def test_a_retraction_is_bold(answer: Answer) -> None:
    """A work that can't be cited as it is stands out."""
    notice = Notice(type="retraction", source="crossref", date="2024-01-02")
    status = Standing(checked="2026-11-30", sources=("crossref",), notices=(notice,))
    retracted = answer.references[0].model_copy(update={"status": status})
    assert "<strong>RETRACTED 2024-01-02 (crossref)" in html_of(answer.model_copy(update={"references": (retracted,)}))


def test_a_refusal_shows_what_is_near(refusal: Answer) -> None:
    """A refusal says so, shows the nearest passages, and which documents may be meant where that is asked."""
    shown = html_of(refusal)
    assert "doesn’t answer this question" in shown
    assert refusal.passages[0].text in shown
    candidates = (DocumentName(id="d-1", name="a.pdf", title="On vesicles"),)
    asked = refusal.model_copy(update={"reason": "which_document", "candidates": candidates})
    assert "“On vesicles” (a.pdf)" in html_of(asked)


def test_the_record_is_the_same(answer: Answer) -> None:
    """What a notebook shows has the bytes of the plain record, and a table writes itself."""
    assert shown_answer(answer).model_dump_json() == answer.model_dump_json()
    plain: EvidenceTable = table(row())
    assert shown_table(plain).model_dump_json() == plain.model_dump_json()
    assert shown_table(plain).csv().startswith("question,document,")
    assert shown_table(plain).markdown().startswith("## What do vesicles carry?")
