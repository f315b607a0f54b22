"""Why a citation was judged as it was."""

from dataclasses import replace

import numpy as np
import pytest

from evqa.audit.audit import audit
from evqa.audit.reasons import run_reason
from evqa.audit.records import Pair
from evqa.audit.support import Cited
from tests.evqa.citing import TOPICS, cited, entry, on_topics, statement, table, title

COUNT = 20
RIGHT = list(range(1, COUNT + 1))


def at(numbers: list[int], place: int) -> Pair:
    """The pair of a statement whose review prints these numbers."""
    return audit(on_topics(COUNT, numbers)).pairs[place]


def test_what_fits_shares_words() -> None:
    """A citation that fits is explained by telling words that stand in title and statement."""
    assert at(RIGHT, 4).reason == "statement and title share “ember”, “plankton”"


def test_a_suspect_names_what_is_missing_and_what_is_due() -> None:
    """A suspect's reason names the number whose turn it is, words of the title that nothing meets, a better entry."""
    reason = at([*RIGHT[:9], 3, *RIGHT[10:]], 9).reason
    due, missed, better = reason.split("; ")
    assert due == "10 would be next in order here and is cited nowhere else"
    assert missed.startswith("nothing here meets its title's “cedar”, “lichen”")
    assert better == "10 fits better"


def test_a_word_in_another_form_isnt_missing() -> None:
    """A title's word of which the statement has another form, or that any title may have, isn't said to be unmet."""
    said = [statement(topic, f"[{number}]") for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    said[9] = "Juniper was observed beside squid and cedars [3]."
    told = {3: "A study of cedar and lichen during winter"}
    listed = [entry(n, told.get(n, title(topic))) for n, topic in enumerate(TOPICS[:COUNT], start=1)]
    pair = audit(cited("## Findings\n\n" + "\n\n".join(said), listed)).pairs[9]
    missed = next(part for part in pair.reason.split("; ") if part.startswith("nothing here meets"))
    assert "“lichen”" in missed
    assert not {"“cedar”", "“study”", "“during”"} & {*missed.replace(",", "").split()}


def test_two_numbers_that_are_due() -> None:
    """Of several numbers that nothing cites it is said that they are due."""
    numbers = [*RIGHT[:9], 3, 4, *RIGHT[11:]]
    assert at(numbers, 9).reason.startswith("10, 11 would be next in order here and are cited nowhere else; ")


def test_a_suspect_ahead_of_its_turn() -> None:
    """A number cited ahead of its turn, where nothing else is due, is said to be out of the order."""
    numbers = [*RIGHT[:4], 19, *RIGHT[4:19]]
    said = [statement(TOPICS[number - 1], f"[{number}]") for number in numbers]
    said[4] = statement(TOPICS[1], "[19]")
    listed = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    found = audit(cited("## Findings\n\n" + "\n\n".join(said), listed)).pairs[4]
    assert (found.reference, found.verdict) == (19, "suspect")
    assert found.reason.split("; ")[0] == "the number is out of the order of first citation"


def test_in_a_run_the_meant_number_is_named() -> None:
    """A number in a run is explained by the run, and by which number is meant."""
    numbers = [number if number < 9 else number - 5 for number in RIGHT]
    assert at(numbers, 8).reason == "the numbers of section “Findings” are shifted: 9 is meant"


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("Amber from krill", "the title alone doesn't tell whether it says this"),
        ("The roles of amber, krill, basalt and cedar", "a broad work: its title doesn't tell whether it says this"),
    ],
)
def test_what_cant_be_told(told: str, reason: str) -> None:
    """A title that shares nothing with its statement, cited in its turn, is explained by what the title is."""
    listed = [entry(n, told if n == 10 else title(topic)) for n, topic in enumerate(TOPICS[:COUNT], start=1)]
    said = [
        "Trade was slow [10]." if n == 10 else statement(topic, f"[{n}]")
        for n, topic in enumerate(TOPICS[:COUNT], start=1)
    ]
    found = audit(cited("## Findings\n\n" + "\n\n".join(said), listed)).pairs[9]
    assert (found.verdict, found.reason) == ("cannot_tell", reason)


@pytest.mark.parametrize(
    ("label", "offsets", "agreeing", "expected"),
    [
        ("Table 1", [14, 14, 15], 0, "3 of 9 rows fit the entry 14 or 15 further on"),
        ("Table 1", [-3, -3], 1, "2 of 9 rows fit the entry 3 further back; the running text agrees in 1 statement"),
        (None, [2], 4, "1 of 9 statements fit the entry 2 further on; the running text agrees in 4 statements"),
        (None, [5, 4, 4, 6, 6, 7], 0, "6 of 9 statements fit the entry 4 or 5 or 6 further on"),
    ],
)
def test_a_run_in_words(label: str | None, offsets: list[int], agreeing: int, expected: str) -> None:
    """A run's reason counts its rows, names up to three offsets that most of them have, and who agrees."""
    assert run_reason(label, offsets, len(offsets), 9, agreeing) == expected


def test_a_broad_work_in_a_run() -> None:
    """A row of a shifted table that prints a broad work, and tells little itself, can't be told, and says why."""
    said = [statement(topic, f"[{number}]") for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    rows = [("Trade was slow" if place == 11 else " ".join(TOPICS[place]), f"[{place - 4}]") for place in range(8, 16)]
    listed = [
        entry(n, "The roles of moss: an overview" if n == 7 else title(topic))
        for n, topic in enumerate(TOPICS[:COUNT], start=1)
    ]
    found = audit(cited("\n\n".join(["## Findings", *said, table("Table 1", rows)]), listed))
    (pair,) = [each for each in found.pairs if each.reference == 7 and each.statement.label]
    assert pair.verdict == "cannot_tell"
    assert pair.reason == (
        "the numbers of Table 1 are shifted: 12 is meant, but the work is broad and may say this, too"
    )


def by_author_and_year(numbers: list[int]) -> Cited:
    """The same, as if it cited by author and year."""
    found = on_topics(COUNT, numbers)
    citations = tuple(each.model_copy(update={"marker": "(Oak 2001)"}) for each in found.document.citations)
    return found._replace(document=found.document.model_copy(update={"citations": citations}))


def test_where_no_numbers_are_printed_authors_are_named() -> None:
    """In an article that cites by author and year an entry is named by these, its number behind them."""
    shifted = audit(by_author_and_year([number if number < 9 else number - 5 for number in RIGHT])).pairs[10]
    assert shifted.reason == "the references of section “Findings” are shifted: Oak 2001 (11) is meant"
    wrong = audit(by_author_and_year([*RIGHT[:9], 3, *RIGHT[10:]])).pairs[9]
    assert wrong.reason.endswith("; Oak 2001 (10) fits better")


@pytest.mark.parametrize("seed", range(3))
def test_words_that_weigh_alike_stand_as_in_the_title(seed: int) -> None:
    """A processor's last digits don't choose the order of words in a reason."""
    of = on_topics(COUNT)
    held = of.likeness.entries
    last_digits = np.random.default_rng(seed).normal(0, 1e-6, held.weight.shape).astype(np.float32)
    other = replace(of.likeness, entries=replace(held, weight=held.weight + last_digits))
    reasons = [each.reason for each in audit(of).pairs]
    assert "“amber”, “kelp”" in reasons[0]
    assert [each.reason for each in audit(of._replace(likeness=other)).pairs] == reasons
