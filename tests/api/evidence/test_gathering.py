"""Questions put to each document by itself."""

from pathlib import Path

import pytest

from api.evidence.gathering import evidence_table, rows_of
from api.evidence.records import EvidenceRow
from api.opening import opened
from evqa.corpus.corpus import Corpus
from evqa.errors import UsageError
from evqa.model import (
    Answer,
    CitedSentence,
    Context,
    Doubt,
    Gap,
    Home,
    Integrity,
    Notice,
    Outline,
    Reference,
    Source,
    Standing,
)
from evqa.settings import Settings

SLUGS, ALGA = "Why do slugs avoid some cushions?", "Which partners does lichen consist of?"
NOWHERE = "What is the boiling point of tungsten hexafluoride?"


@pytest.fixture(scope="module")
def plants(plants_home: Path) -> Corpus:
    """The corpus of two reviews, ready to be asked."""
    return opened("plants", Settings(home=str(plants_home)))


def told(rows: tuple[EvidenceRow, ...]) -> list[tuple[str, str, str | None]]:
    """Document, result and claim of each row."""
    return [(row.source, row.result, row.claim) for row in rows]


def test_every_document_is_asked_by_itself(plants: Corpus) -> None:
    """For each question every document has a row, in the order of the corpus; who doesn't answer says "not found"."""
    table = evidence_table([SLUGS, ALGA], plants)
    assert (table.questions, table.asked) == ((SLUGS, ALGA), 2)
    moss, lichen, other, partners = told(table.rows)
    assert moss == ("moss.md", "found", "Slugs avoid cushions that contain bitter acids.")
    assert lichen == ("lichen.md", "not found", None)
    assert other == ("moss.md", "not found", None)
    assert partners == ("lichen.md", "found", "Lichen consists of a fungus and an alga that feeds it (1).")
    assert [cited.entry for cited in table.rows[3].cited] == [
        "Grey G. Two partners in one lichen. J Lichen Res (2017) 2:1-8. https://doi.org/10.1000/lichen.1"
    ]
    assert table.rows[3].cited[0].said == "not checked for retraction"


def test_the_same_number_means_each_documents_own_entry(plants: Corpus) -> None:
    """Asked for a number that both have, each answers from its own list."""
    table = evidence_table(["What does reference 4 support?"], plants)
    assert [row.cited[0].DOI for row in table.rows] == ["10.1000/moss.4", "10.1000/lichen.4"]


def test_who_finds_nothing_may_be_left_out(plants: Corpus) -> None:
    """With `found_only` only rows with a claim stay; how many documents were asked is told all the same."""
    table = evidence_table([SLUGS, NOWHERE], plants, found_only=True)
    assert told(table.rows) == [("moss.md", "found", "Slugs avoid cushions that contain bitter acids.")]
    assert (table.asked, table.found_only) == (2, True)


def test_documents_are_chosen_by_name_or_title(plants: Corpus) -> None:
    """A file's name or words of a title choose documents, each once; the order is the corpus's."""
    table = evidence_table([SLUGS], plants, documents=("Lichen on roofs", "moss", "moss.md"))
    assert [row.source for row in table.rows] == ["moss.md", "lichen.md"]
    with pytest.raises(UsageError, match="Moss on stones"):
        evidence_table([SLUGS], plants, documents=("fern",))


def test_nothing_is_asked_with_a_question_that_cant_be(plants: Corpus) -> None:
    """An empty or overlong question is refused before any other is asked, and one given twice is asked once."""
    asked: list[str] = []
    for wrong in (" ", "x" * 2001):
        with pytest.raises(UsageError):
            evidence_table([SLUGS, wrong], plants, turn=lambda question, _: asked.append(question))
    assert not asked
    evidence_table([SLUGS, SLUGS], plants, turn=lambda question, _: asked.append(question))
    assert asked == [SLUGS, SLUGS]  # of two documents


def test_the_same_table_again(plants: Corpus) -> None:
    """Asked again, the table is the same."""
    assert evidence_table([SLUGS, ALGA], plants) == evidence_table([SLUGS, ALGA], plants)


def outline() -> Outline:
    """The outline of the document that the answer of these tests comes from."""
    source = Source(name="vesicles.md", sha256="0", media_type="text/markdown")
    integrity = Integrity(references=2, contiguous=True, citations=1)
    return Outline(document=Home(id="d-1", title="A review of vesicles"), source=source, integrity=integrity)


def test_doubts_and_gaps_stand_with_their_claim(answer: Answer, references: tuple[Reference, ...]) -> None:
    """Doubts, unresolved markers and the sentence before belong to the claim's row; other warnings to every row."""
    doubt = Doubt(reference=1, score=0.1, reason="r", warning="ref 1 doesn't seem to fit")
    gap = Gap(marker="(97)", start=0, end=4, missing=(97,), reason="r", warning="(97) leads nowhere")
    context = Context(text="Before.", passage="p-1", start=0, end=7)
    claim = answer.claims[0].model_copy(update={"doubts": (doubt,), "unresolved": (gap,), "context": context})
    warned = (doubt.warning, gap.warning, "page 7 was recognised")
    told = answer.model_copy(
        update={"claims": (claim, answer.claims[0]), "warnings": warned, "missing": ("how much",), "note": "2 of 3"}
    )
    first, second = rows_of(told, outline(), {each.number: each for each in references})
    shared = ("2 of 3", "not answered: how much", "page 7 was recognised")
    assert (first.notes, second.notes) == ((doubt.warning, gap.warning, *shared), shared)
    assert (first.context, second.context) == ("Before.", None)
    assert (first.page, first.label, [cited.carried for cited in first.cited]) == (7, "Table 1", [False, True])


def test_a_status_is_told_with_its_entry(answer: Answer, references: tuple[Reference, ...]) -> None:
    """A retraction stands in its entry's status, not once more among the notes; a number without entry says so."""
    notice = Notice(type="retraction", source="crossref", date="2024-01-02")
    status = Standing(checked="2026-11-30", sources=("crossref",), notices=(notice,))
    retracted = references[0].model_copy(update={"status": status})
    warned = "reference 1: RETRACTED 2024-01-02 (crossref)"
    told = answer.model_copy(update={"references": (retracted,), "warnings": (warned,)})
    (row,) = rows_of(told, outline(), {1: retracted})
    assert row.cited[0].said == "RETRACTED 2024-01-02 (crossref); checked 2026-11-30"
    assert (row.cited[1].entry, row.cited[1].said) == (None, "no such entry")
    assert not row.notes


def test_what_a_cited_work_says_stands_with_it(answer: Answer, references: tuple[Reference, ...]) -> None:
    """The work's own sentence is in its entry; one that may disagree is among the notes, too."""
    given = {"number": 1, "level": "abstract", "text": "They carry none.", "score": 0.8}
    against = CitedSentence(**given, verdict="disagrees")
    near = CitedSentence(**{**given, "number": 2}, verdict="unclear")
    claim = answer.claims[0].model_copy(update={"cited": (against, near)})
    (row,) = rows_of(
        answer.model_copy(update={"claims": (claim,)}), outline(), {each.number: each for each in references}
    )
    assert [cited.says for cited in row.cited] == [against, near]
    assert row.notes == ("[1] may disagree (0.80), in its abstract: “They carry none.”",)


def test_an_unsure_answer_is_called_so(answer: Answer, refusal: Answer) -> None:
    """Below the confidence of an answer a row says "perhaps"; a refusal says "not found" with its warnings."""
    unsure = answer.model_copy(update={"confidence": 0.4})
    assert [row.result for row in rows_of(unsure, outline(), {})] == ["perhaps"]
    (row,) = rows_of(refusal, outline(), {})
    assert (row.result, row.claim, row.notes) == ("not found", None, ("Table 9 isn't there",))
