"""The audit of invented reviews."""

import numpy as np
import pytest

from evqa.audit.audit import NAMED, audit, together
from evqa.audit.judging import score
from evqa.audit.likeness import Floats
from evqa.audit.records import Audit
from evqa.audit.support import Cited, log_odds
from evqa.audit.weights import SupportWeights, auditing_with, shipped
from tests.evqa.citing import TOPICS, cited, entry, on_topics, statement, table, title

COUNT = 20
RIGHT = list(range(1, COUNT + 1))
WRONG = [*RIGHT[:9], 3, *RIGHT[10:]]
SHIFTED = 5


def with_table(label: str = "Table 1") -> Cited:
    """A review in order, and a table on its topics 9 to 16 whose numbers are too low by 5, but for one row."""
    said = [statement(topic, f"[{number}]") for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    rows = [(" ".join(TOPICS[place]), f"[{place + 1 - SHIFTED}]") for place in range(8, 16)]
    rows.append((" ".join(TOPICS[0]), "[1]"))
    listed = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    return cited("\n\n".join(["## Findings", *said, table(label, rows)]), listed)


@pytest.fixture(scope="module")
def shifted() -> Audit:
    """The audit of a review with a shifted table."""
    return audit(with_table())


def test_one_pair_for_each_number_printed() -> None:
    """Pairs are those printed, in order, each with its statement and what is known of the entry."""
    of = on_topics(COUNT, WRONG)
    found = audit(of)
    assert [each.reference for each in found.pairs] == WRONG
    assert all(
        of.document.text[each.statement.start : each.statement.end] == each.statement.text for each in found.pairs
    )
    assert {(each.known, each.document, each.statement.section) for each in found.pairs} == {
        ("title", of.document.id, "Findings")
    }


def test_texts_are_told_as_known() -> None:
    """Only entries whose work is known by its text are said to be."""
    found = audit(on_topics(4)._replace(texts=frozenset({2})))
    assert [each.known for each in found.pairs] == ["title", "title", "text", "title"]


def test_better_entries_are_named_for_a_suspect_alone() -> None:
    """A suspect names up to three entries that fit better, the right one first; other pairs none."""
    for each in audit(on_topics(COUNT, WRONG)).pairs:
        if each.verdict == "suspect":
            assert each.better[0].number == 10
            assert len(each.better) <= NAMED
            assert each.better[0].score > each.score
        else:
            assert each.better == ()


@pytest.mark.parametrize("ahead", [9, COUNT])
def test_of_entries_that_fit_alike_the_first_is_named_first(ahead: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A work listed twice fits alike under both numbers: a processor's last digits don't choose between them."""

    def to_the_last_digits(signs: Floats, fitted: SupportWeights) -> Floats:
        found = log_odds(signs, fitted)
        found[:, ahead] += np.float32(1e-6)
        return found

    monkeypatch.setattr("evqa.audit.judging.support_of", to_the_last_digits)
    # Not in order of first citation, so that no number's turn decides.
    said = [statement(topic, f"[{number}]") for number, topic in zip(WRONG, TOPICS, strict=False)][::-1]
    listed = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    of = cited("## Findings\n\n" + "\n\n".join(said), [*listed, entry(COUNT + 1, title(TOPICS[9]))])
    everyone = shipped().verdict.model_copy(update={"suspect": 99.0})
    with auditing_with(shipped().model_copy(update={"verdict": everyone})):
        found = audit(of).pairs[COUNT - 1 - 9]
    assert (found.reference, found.verdict) == (3, "suspect")
    assert [each.number for each in found.better[:2]] == [10, COUNT + 1]


def test_half_is_where_suspicion_begins() -> None:
    """Scores lie in 0..1, rise with the log-odds, and are below one half exactly for suspects."""
    assert score(shipped().verdict.suspect) == 0.5
    assert score(-50.0) < score(0.0) < score(50.0)
    assert all((each.score < 0.5) == (each.verdict == "suspect") for each in audit(with_table()).pairs)


def test_a_shifted_table_is_one_run(shifted: Audit) -> None:
    """A run tells its place, offset, rows and the mapping of each printed number, the right row left out."""
    (run,) = shifted.runs
    assert (run.where, run.offset, run.rows, run.of) == ("Table 1", SHIFTED, 8, 9)
    assert run.mapping == {str(number - SHIFTED): number for number in range(9, 17)}
    assert run.confidence > 0.9
    assert run.reason.startswith("8 of 9 rows fit the entry 5 further on")
    right = shifted.pairs[-1]
    assert (right.reference, right.verdict) == (1, "fits")


def test_a_run_covers_its_statements() -> None:
    """A run stands between the begin of its first and the end of its last row."""
    of = with_table()
    (run,) = audit(of).runs
    shown = of.document.text[run.start : run.end]
    assert shown.startswith(TOPICS[8][0])
    assert shown.endswith(f"[{16 - SHIFTED}]")


def test_a_run_names_its_statements(shifted: Audit) -> None:
    """A run tells where each of its statements begins, as the pairs in it do."""
    (run,) = shifted.runs
    rows = [each.statement.start for each in shifted.pairs if each.statement.label]
    assert list(run.statements) == rows[: run.rows]


def test_the_running_text_that_agrees(shifted: Audit) -> None:
    """Statements of the text that cite the meant entry for the same are told, in order and each once."""
    (run,) = shifted.runs
    assert [each.text for each in run.agrees] == [
        statement(topic, f"[{number}]") for number, topic in enumerate(TOPICS[8:16], start=9)
    ]


def test_in_a_run_the_meant_entry_is_best(shifted: Audit) -> None:
    """The first of the better entries of a shifted number is the one that is meant."""
    rows = [each for each in shifted.pairs if each.statement.label][:8]
    assert [(each.verdict, each.better[0].number - each.reference) for each in rows] == [("suspect", SHIFTED)] * 8


def test_the_meant_entry_comes_before_one_as_good() -> None:
    """A row that says as much of another topic still names first what the run makes of its number."""
    of = with_table()
    said = [statement(topic, f"[{number}]") for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    rows = [(" ".join(TOPICS[place]), f"[{place + 1 - SHIFTED}]") for place in range(8, 16)]
    rows[4] = (" ".join([*TOPICS[1], *TOPICS[12]]), rows[4][1])
    listed = [each.raw for each in of.entries]
    found = audit(cited("\n\n".join(["## Findings", *said, table("Table 1", rows)]), listed))
    (row,) = [each for each in found.pairs if each.reference == 13 - SHIFTED and each.statement.label]
    assert [each.number for each in row.better][:2] == [13, 2]


def test_what_is_cited_there_isnt_better() -> None:
    """For a wrong number beside a right one the right one isn't named, though it fits better."""
    said = [statement(topic, f"[{number}]") for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    said[9] = f"{statement(TOPICS[9])[:-1]}, {' and '.join(TOPICS[15])} [10, 3]."
    listed = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    every = shipped().verdict.model_copy(update={"suspect": 99.0})
    with auditing_with(shipped().model_copy(update={"verdict": every})):
        found = audit(cited("## Findings\n\n" + "\n\n".join(said), listed))
    (wrong,) = [each for each in found.pairs[9:11] if each.reference == 3]
    assert [each.number for each in wrong.better][:1] == [16]
    assert 10 not in [each.number for each in wrong.better]


def test_a_run_in_the_text_names_its_sections() -> None:
    """A run of the running text is placed by the section or sections in which it stands."""
    numbers = [number if number < 9 else number - SHIFTED for number in RIGHT]
    said = [statement(topic, f"[{number}]") for number, topic in zip(numbers, TOPICS, strict=False)]
    listed = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    body = ["## 1 Cold", *said[:14], "## 2 Frost", *said[14:]]
    (run,) = audit(cited("\n\n".join(body), listed)).runs
    assert (run.where, run.offset, run.rows, run.of) == ("from section “Cold” to “Frost”", SHIFTED, 12, 12)


def test_bookkeeping_is_part_of_it() -> None:
    """What is wrong with the list itself stands in the audit, too."""
    assert [(each.kind, each.references) for each in audit(on_topics(COUNT, WRONG)).bookkeeping] == [
        ("never_cited", (10,))
    ]


def test_the_same_twice() -> None:
    """Two audits of one review are the same bytes."""
    one, other = (audit(with_table()).model_dump_json() for _ in range(2))
    assert one == other


def test_several_documents_together() -> None:
    """The audits of several documents become one, in their order, with nothing lost."""
    one, other = audit(on_topics(COUNT, WRONG)), audit(with_table())
    both = together([one, other])
    assert both.pairs == one.pairs + other.pairs
    assert both.runs == one.runs + other.runs
    assert both.bookkeeping == one.bookkeeping + other.bookkeeping
    assert together([]) == Audit()


def test_a_review_that_cites_nothing() -> None:
    """Without citing statements there is nothing to be said."""
    assert audit(cited("## Findings\n\nMoss is green.", [entry(1, "Moss")])) == Audit()
