"""Whether a work still stands, by what several sources told."""

from datetime import date

import pytest

from evqa.model import Notice, Reference, Standing
from evqa.works.records import FoundWork, LookUp, Outcome
from evqa.works.standing import (
    checked_text,
    is_grave,
    is_retracted,
    merged,
    standing,
    standing_text,
    status_warnings,
    worst,
)

DAY = "2026-11-30"
GONE = Notice(type="retraction", DOI="10.1000/n", date="2021-03-04", source="crossref")
BACK = Notice(type="reinstatement", DOI="10.1000/b", date="2022-01-01", source="crossref")
MENDED = Notice(type="correction", date="2020", source="europepmc")


def answer(source: str, *notices: Notice, outcome: Outcome = "found", day: str = DAY) -> LookUp:
    """A look-up that told these notices."""
    works = (FoundWork(source=source, notices=notices),) if outcome == "found" else ()
    return LookUp(source=source, key="10.1000/x", date=day, outcome=outcome, works=works)


def stands(*notices: Notice, checked: str = DAY) -> Standing:
    """A status with these notices."""
    return Standing(checked=checked, sources=("crossref",), notices=merged(notices))


def test_nothing_is_known_without_an_answer() -> None:
    """Nobody asked, a source that failed, and one that doesn't know the work, all leave it unchecked."""
    assert standing([]) is None
    assert standing([answer("europepmc", outcome="failed"), answer("openalex", outcome="none")]) is None
    assert standing([answer("unpaywall")]) is None


def test_crossref_counts_when_both_places_were_asked() -> None:
    """The silence of the work's own record alone says nothing, since notices may name a work that doesn't name them."""
    assert standing([answer("crossref")]) is None
    found = standing([answer("crossref"), answer("crossref-updates")])
    assert found == Standing(checked=DAY, sources=("crossref",))


def test_a_half_asked_source_that_tells_is_heard() -> None:
    """A retraction that one of the places tells counts, though the other wasn't asked."""
    found = standing([answer("crossref-updates", GONE)])
    assert found is not None
    assert is_retracted(found)


def test_a_list_of_retractions_answers_for_works_that_it_lacks() -> None:
    """That the Retraction Watch file has no line for a work is an answer."""
    found = standing([answer("retraction-watch", outcome="none", day="2026-01-02")])
    assert found == Standing(checked="2026-01-02", sources=("retraction-watch",))


def test_notices_of_several_sources_are_merged() -> None:
    """One notice told twice stands once with its date; a flag without a notice adds nothing to a notice."""
    flag = Notice(type="retraction", source="openalex")
    undated = GONE.model_copy(update={"date": None, "source": "retraction-watch"})
    found = standing([answer("crossref", undated), answer("crossref-updates", GONE), answer("openalex", flag)])
    assert found is not None
    assert [(each.type, each.date) for each in found.notices] == [("retraction", "2021-03-04")]
    assert found.sources == ("crossref", "openalex")
    assert standing([answer("openalex", flag)]) == Standing(checked=DAY, sources=("openalex",), notices=(flag,))


def test_a_correction_is_no_retraction() -> None:
    """A corrected work can be cited; a retracted one, and one with an expression of concern, can't without a word."""
    assert not is_grave(stands(MENDED))
    assert is_grave(stands(Notice(type="expression-of-concern", source="crossref")))
    assert is_retracted(stands(GONE, MENDED))
    assert not is_retracted(stands(Notice(type="partial-retraction", source="crossref")))


def test_a_reinstated_work_stands() -> None:
    """A reinstatement ends the retraction before it, and not one that follows."""
    assert not is_retracted(stands(GONE, BACK))
    assert not is_grave(stands(GONE, BACK))
    assert worst(stands(GONE, BACK)) == BACK
    assert is_retracted(stands(GONE.model_copy(update={"date": "2023-05-05"}), BACK))


def test_unchecked_never_looks_clean() -> None:
    """Every status is said, and an unchecked work by other words than one without notice."""
    assert standing_text(None) == "not checked for retraction"
    assert standing_text(stands()) == "no notice found by crossref; checked 2026-11-30"
    assert standing_text(stands(GONE)) == "RETRACTED 2021-03-04 (10.1000/n, crossref); checked 2026-11-30"


@pytest.mark.parametrize(("checked", "age"), [("2026-11-30", ""), ("2026-09-01", ""), ("2026-08-01", ", 121 days ago")])
def test_an_old_status_says_its_age(checked: str, age: str) -> None:
    """A status older than 90 days says how old it is, given the day; without a day it never does."""
    assert standing_text(stands(checked=checked), date(2026, 11, 30)).endswith(f"checked {checked}{age}")
    assert standing_text(stands(checked=checked)).endswith(f"checked {checked}")


def test_warnings_name_the_entries() -> None:
    """An answer warns of each entry that can't be cited as it is, and of no other."""
    entries = [
        Reference(number=n, raw="x", status=each) for n, each in enumerate([stands(GONE), stands(MENDED), None], 1)
    ]
    assert status_warnings(entries) == ("reference 1: RETRACTED 2021-03-04 (10.1000/n, crossref)",)
    assert checked_text(entries) == "checked since 2026-11-30: 2 works, 2 with a notice; 1 not checked"
    assert "never checked" in checked_text(entries[2:])
