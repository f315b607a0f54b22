"""Signs of support of statements by entries."""

import numpy as np
import pytest

from evqa.audit.likeness import Floats
from evqa.audit.support import MOST_ALIKE, SIGNS, Cited, Support, log_odds
from evqa.audit.weights import SupportWeights
from tests.evqa.citing import TOPICS, cited, entry, held, on_topics, statement, table, title

COUNT = 8


@pytest.fixture(scope="module")
def made() -> Cited:
    """Eight statements that each cite the entry on their topic."""
    return on_topics(COUNT)


def best(signs: Floats) -> list[int]:
    """The entry that each statement is nearest to."""
    found: list[int] = signs.argmax(axis=1).tolist()
    return found


@pytest.mark.parametrize("sign", ["words", "context", "pooled", "terms"])
def test_a_statement_is_best_supported_by_its_topic(made: Cited, sign: str) -> None:
    """Each sign alone has the entry on a statement's topic first, and every row of it has mean 0."""
    found: Floats = getattr(Support(made), sign)
    assert found.shape == (COUNT, COUNT)
    assert best(found) == list(range(COUNT))
    assert found.mean(axis=1) == pytest.approx(np.zeros(COUNT), abs=1e-3)


def test_context_looks_around_the_statement() -> None:
    """A title's word is met by the sentence next to a statement, too, though not by one of another paragraph."""
    listed = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:3], start=1)]
    other = "\n\nWhy is unknown [2]."
    beside = cited(f"## 2 Cold\n\nNobody knows why [1]. {statement(TOPICS[2])}{other}", listed)
    apart = cited(f"## 2 Cold\n\nNobody knows why [1].\n\n{statement(TOPICS[2])}{other}", listed)
    assert best(Support(beside).context)[0] == 2
    assert not Support(apart).context.any()


def test_rare_terms_are_matched_by_their_stem_and_names_in_full() -> None:
    """Inflected words count as one term; of names with digits only the same ones do."""
    listed = [entry(1, "Migrating cells and miR-2031"), entry(2, "Sleep and miR-2032"), entry(3, "Nothing of this")]
    made = cited("## 2 Cold\n\nWhat migrates is told [3].\n\nIt was miR-2032 [3].", listed)
    assert best(Support(made).terms) == [0, 1]


def test_abbreviations_of_titles_are_written_out() -> None:
    """A title that uses a short form which the review defines is met by the long form."""
    listed = [entry(1, "Moss in gardens"), entry(2, "Fate of MDSC in winter"), entry(3, "Slugs in gardens")]
    body = (
        "## 2 Cold\n\nMyeloid-derived suppressor cells (MDSC) are old.\n\n"
        "Here myeloid-derived suppressor cells are quiet [1].\n\nSlugs eat [3]."
    )
    made = cited(body, listed)
    assert [each.short for each in made.document.abbreviations] == ["MDSC"]
    assert best(Support(made).terms) == [1, 2]


def test_a_named_author() -> None:
    """An entry whose first author the statement names is marked, no other; short names aren't looked for."""
    listed = [entry(1, "Moss", "Lindqvist A"), entry(2, "Slugs", "Berg B"), entry(3, "Acid", "Wu C")]
    made = cited("## 2 Cold\n\nLindqvist and Wu saw no bergs [2].", listed)
    assert Support(made).named.tolist() == [[1.0, 0.0, 0.0]]


def test_elsewhere_is_the_likest_other_statement_that_cites_it() -> None:
    """An entry cited by a statement of much the same words stands out; what only cites it itself doesn't count."""
    said = [statement(topic, f"[{number}]") for number, topic in enumerate(TOPICS[:COUNT], start=1)]
    listed = [entry(number, f"Untold {number}") for number in range(1, COUNT + 2)]
    made = cited("## 2 Cold\n\n" + "\n\n".join([*said, f"{statement(TOPICS[0])[:-1]} again [9]."]), listed)
    found = Support(made).elsewhere(made.uses)
    assert found.shape == (COUNT + 1, COUNT + 1)
    assert found[0, 8] > 1 > found[0, 1:8].max()
    assert found[0, 8] == found[:, 8].max() <= MOST_ALIKE
    assert found[0, 0] == 0.0


def test_elsewhere_leaves_out_what_is_too_near() -> None:
    """Rows of one table don't bear each other out, nor statements of the text that are nearer than is asked for."""
    rows = [(f"{topic[0]} and {topic[1]}", f"[{number}]") for number, topic in enumerate(TOPICS[:3], start=1)]
    listed = [entry(number, f"Untold {number}") for number in range(1, 5)]
    body = "\n\n".join(["## 2 Cold", statement(TOPICS[0], "[4]"), statement(TOPICS[1], "[1]"), table("Table 1", rows)])
    made = cited(body, listed)
    between = Support(made).between_statements(1)
    assert np.isneginf(between[:2, :2]).all()
    assert np.isneginf(between[2:, 2:]).all()
    assert np.isfinite(between[:2, 2:]).all()
    assert np.isfinite(Support(made).between_statements(0)[0, 1])
    assert between[0, 2] == between[0, 2:].max()


def test_signs_are_stacked_in_order(made: Cited) -> None:
    """All signs stand in the order of their names, by which weights are applied."""
    support = Support(made)
    signs = support.signs(made.uses)
    assert signs.shape == (COUNT, COUNT, len(SIGNS))
    for place, name in enumerate(SIGNS[:-1]):
        assert np.array_equal(signs[..., place], getattr(support, name))
    assert np.array_equal(signs[..., -1], support.elsewhere(made.uses))


def test_log_odds_weigh_each_sign_by_its_own_weight() -> None:
    """Log-odds are the bias and the sum of every sign times the weight of its name."""
    weights = SupportWeights(bias=0.5, words=1, context=2, pooled=4, terms=8, named=16, elsewhere=32)
    signs = np.eye(len(SIGNS), dtype=np.float32)[None]
    assert log_odds(signs, weights).tolist() == [[1.5, 2.5, 4.5, 8.5, 16.5, 32.5]]


def test_uses_are_places() -> None:
    """Numbers become places of entries; of two entries of one number the first is meant."""
    made = on_topics(3)
    twice = made.document.model_copy(
        update={"references": (*made.entries, made.entries[0].model_copy(update={"title": "Other"}))}
    )
    assert made._replace(document=twice).uses == ((0,), (1,), (2,))


def test_without_statements_or_entries() -> None:
    """A review that cites nothing, or lists nothing, has signs of no pair."""
    nothing = cited("## 2 Cold\n\nOtters sleep.", [entry(1, "Moss")])
    assert Support(nothing).signs(nothing.uses).shape == (0, 1, len(SIGNS))
    bare = held(on_topics(3).document.model_copy(update={"references": ()}))
    assert Support(bare).signs(bare.uses).shape == (0, 0, len(SIGNS))
