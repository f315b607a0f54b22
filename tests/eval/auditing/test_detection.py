"""What is measured of faults that were found."""

import numpy as np
import pytest

from eval.auditing.articles import Article
from eval.auditing.detection import AuditedArticle, Detection, FaultScores, audited_articles, detection
from eval.auditing.faults import SEEDS
from eval.auditing.list_faults import LIST_FAULTS
from evqa.audit.weights import shipped
from tests.evqa.citing import on_topics

LISTS: dict[str, bool] = dict.fromkeys(LIST_FAULTS, True)


def article(
    name: str, wrong: list[float], bound: float = 0.0, found: bool = True, has_run: bool = False
) -> AuditedArticle:
    """An article with a hundred clean pairs at 0.5, 1.5 … above the bound, and one shift in it."""
    clean = np.arange(100, dtype=np.float64) + 0.5 + bound
    fault = FaultScores(clean, np.array(wrong, dtype=np.float64) + bound, found)
    return AuditedArticle(name, clean, clean < bound, has_run, {"shifted section": [fault]}, LISTS, bound)


def measured(*articles: AuditedArticle) -> Detection:
    """The measures of some articles."""
    return detection(articles)


def test_wrong_pairs_below_all_others() -> None:
    """Wrong pairs below every right one have an AUROC of 1, are all flagged, and nothing clean is."""
    found = measured(article("a", [-3, -2]), article("b", [-1]))
    kind = found.kinds["shifted section"]
    assert (kind.articles, kind.pairs, kind.AUROC.value, kind.recall_at_1.value, kind.flagged) == (2, 3, 1, 1, 1)
    assert (found.false_flags, found.articles, found.pairs) == (0, 2, 200)


def test_recall_at_false_flags() -> None:
    """Recall and precision are taken where 1 % and 5 % of the clean pairs lie lower."""
    found = measured(article("a", [0.1, 3.0, 50.0, 70.0])).kinds["shifted section"]
    assert (found.recall_at_1.value, found.recall_at_5.value) == (0.25, 0.5)
    assert found.precision_at_1 == pytest.approx(1 / 2)
    assert found.precision_at_5 == pytest.approx(2 / 7)
    assert found.flagged == 0


def test_nothing_below_the_bound_is_precise() -> None:
    """Where nothing is flagged nothing is flagged wrongly."""
    far = article("a", [90.0])._replace(clean=np.arange(-200.0, -100.0))
    assert measured(far).kinds["shifted section"].precision_at_1 == 1.0


def test_scores_are_told_from_each_articles_bound() -> None:
    """Articles judged by weights with other bounds are measured together as if these were one."""
    same, other = (measured(article("a", [-3, 20]), article("b", [-1, 30], bound)) for bound in (0.0, 40.0))
    assert same == other


def test_runs_found_and_false() -> None:
    """Shifts found with their offset are counted over all shifts, false runs over the articles as printed."""
    found = measured(article("a", [-1]), article("b", [-1], found=False), article("c", [-1], has_run=True))
    assert found.kinds["shifted section"].runs == pytest.approx(2 / 3)
    assert found.false_runs == pytest.approx(1 / 3)


def test_a_run_that_is_printed_is_no_false_one() -> None:
    """A run in an article that was published with shifted numbers is told apart from those that aren't there."""
    published = article("b", [-1], has_run=True)._replace(is_shifted=True)
    found = measured(article("a", [-1]), published)
    assert (found.false_runs, found.printed_runs) == (0.0, 1)


def test_other_kinds_have_no_runs() -> None:
    """Of numbers replaced no run can be found, and kinds that no article bears aren't measured."""
    shifted = article("a", [-1])
    found = measured(shifted._replace(faults={"replaced": shifted.faults["shifted section"]}))
    assert list(found.kinds) == ["replaced"]
    assert found.kinds["replaced"].runs is None


def test_intervals_hold_their_value() -> None:
    """An interval over articles drawn anew is around its value, the same each time, of no width for one article."""
    several = [article(str(place), [place - 3.0, 40.0 * (place % 2)]) for place in range(8)]
    found = measured(*several).kinds["shifted section"].AUROC
    assert 0 <= found.low < found.value < found.high <= 1
    assert measured(*several) == measured(*several)
    alone = measured(several[3]).kinds["shifted section"].AUROC
    assert alone.low == alone.value == alone.high


def test_lists_are_shares_of_articles() -> None:
    """Faults of lists are counted over articles."""
    missed = article("b", [-1])._replace(lists=LISTS | {"duplicate": False})
    assert measured(article("a", [-1]), missed).lists == {"duplicate": 0.5, "numbering": 1, "beyond_list": 1}


def test_the_table_has_a_line_a_kind() -> None:
    """The table tells false flags and runs first, then each kind of fault with its measures, then those of lists."""
    lines = measured(article("a", [-3, -2], has_run=True)).lines()
    assert lines[0] == (
        "1 articles, 100 pairs; as printed, 0.0 % of the pairs are called suspect, 100.0 % of the articles have a false"
        " run, 0 a true run"
    )
    (line,) = [each for each in lines if each.startswith("shifted section")]
    assert line.split()[2:4] == ["1", "2"]
    assert "1.000 (1.000 – 1.000)" in line
    assert lines[-3:] == [f"{kind:<22}named in 100.0 %" for kind in LIST_FAULTS]


@pytest.mark.slow
def test_an_article_is_seen_with_every_fault() -> None:
    """Each kind that an article bears is seeded twice and judged; its right pairs as printed are counted apart."""
    made = Article("PMC1", "[n]", on_topics(24))
    (found,) = audited_articles([made], shipped())
    assert (found.name, len(found.clean), found.has_run, found.bound) == ("PMC1", 24, False, shipped().verdict.suspect)
    assert not found.flagged.any()
    assert {kind: len(each) for kind, each in found.faults.items()} == {
        kind: 2 for kind in SEEDS if kind != "shifted table"
    }
    for kind, each in found.faults.items():
        assert all(len(one.right) + len(one.wrong) == 24 for one in each)
        assert all(len(one.wrong) >= 1 for one in each)
        assert [one.found for one in each] == [kind.startswith("shifted")] * 2
    assert found.lists == LISTS
    measures = detection([found])
    assert min(each.AUROC.value for each in measures.kinds.values()) > 0.9
