"""An audit put in order for its readers."""

import pytest

from api.audit.findings import KINDS, VERDICTS, by_statement, rows
from evqa.audit.records import AuditedStatement, Better, Kind, Pair, Run, Verdict


def pair(start: int, reference: int, label: str | None = "Table 1", verdict: Verdict = "suspect") -> Pair:
    """A pair of a row, or of a sentence of the text where there is no label."""
    where = "text" if label is None else "table"
    statement = AuditedStatement(text="x", start=start, end=start + 5, where=where, label=label)
    better = (Better(number=9, score=0.9),) if verdict == "suspect" else ()
    return Pair(
        document="d",
        statement=statement,
        reference=reference,
        score=0.1,
        verdict=verdict,
        reason="why",
        better=better,
    )


def run(where: str) -> Run:
    """A run between 10 and 40 that makes 4 of 1 and 5 of 2."""
    return Run(
        document="d",
        where=where,
        offset=3,
        rows=2,
        of=3,
        mapping={"1": 4, "2": 5},
        confidence=0.9,
        reason="shifted",
        start=10,
        end=40,
    )


def test_a_run_of_a_table_has_its_rows() -> None:
    """Those between its ends whose number it corrects; neither another table's nor the text's between them."""
    inside = [pair(10, 1), pair(20, 2, verdict="cannot_tell")]
    others = [pair(0, 1), pair(15, 1, "Table 2"), pair(25, 1, None), pair(30, 7), pair(38, 2)]
    found = rows(run("Table 1"), [*others, *inside])
    assert [(row.pair, row.meant, row.is_sure) for row in found] == [(inside[0], 4, True), (inside[1], 5, False)]


def test_what_fits_better_than_the_shift_is_told() -> None:
    """Where another entry fits a row better than the one that its shift leads to, that is the row's rival."""
    shifted = pair(10, 1)
    found = rows(run("Table 1"), [shifted, shifted.model_copy(update={"better": (Better(number=4, score=0.9),)})])
    assert [(row.meant, row.rival) for row in found] == [(4, 9), (4, None)]


def test_a_run_of_the_text_has_its_statements() -> None:
    """Those of the running text between its ends, not those of a table among them."""
    inside = [pair(12, 1, None), pair(33, 2, None)]
    assert [row.pair for row in rows(run("section “2 Uses”"), [pair(20, 1), *inside])] == inside


def test_suspects_of_one_statement_stand_together() -> None:
    """In the order in which the first of each comes."""
    worst, other, same = pair(50, 1, None), pair(10, 2, None), pair(50, 3, None)
    assert by_statement([worst, other, same]) == ((worst, same), (other,))


@pytest.mark.parametrize(("words", "literal"), [(KINDS, Kind), (VERDICTS, Verdict)])
def test_everything_that_can_be_found_has_words(words: dict[str, str], literal: object) -> None:
    """Every kind and verdict of the records, and no other, is put in words."""
    assert set(words) == set(literal.__args__)  # type: ignore[attr-defined]
