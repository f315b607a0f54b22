"""How a read article is scored against its truth."""

from pathlib import Path

import pytest

from eval.reading.abbreviations import Score
from eval.reading.jatstruth import Truth, read_truth
from eval.reading.score import Share, score_article
from evqa.model import Document
from ingest.reader import read
from tests.eval.invented_jats import JATS, MARKDOWN, TITLES


@pytest.fixture
def truth(tmp_path: Path) -> Truth:
    """What the invented article's XML says."""
    path = tmp_path / "salt.xml"
    path.write_text(JATS, encoding="utf-8")
    return read_truth(path)


def read_as(folder: Path, text: str) -> Document:
    path = folder / "salt.md"
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_all_right(tmp_path: Path, truth: Truth) -> None:
    """The article's Markdown has every entry, title, DOI and link in its place."""
    score = score_article(truth, read_as(tmp_path, MARKDOWN))
    assert score.is_exact
    assert score.titles == score.dois == score.printed_dois == Share(right=5, of=5)
    assert score.links == Score(right=5, found=5, true=5)
    assert score.context == score.exact_context == score.sentences == Share(right=5, of=5)
    assert (score.missed, score.extra, score.wrong_dois) == ({}, {}, 0)


def test_wrong_numbers_are_named(tmp_path: Path, truth: Truth) -> None:
    """A marker that cites another entry is one missed and one extra link."""
    score = score_article(truth, read_as(tmp_path, MARKDOWN.replace("cold rooms [1]", "cold rooms [5]")))
    assert (score.missed, score.extra) == ({1: 1}, {5: 1})
    assert score.links == Score(right=4, found=5, true=5)


def test_a_link_in_another_place(tmp_path: Path, truth: Truth) -> None:
    """A number found elsewhere is a link, but not in context and not in its sentence."""
    moved = MARKDOWN.replace(" [1]", "").replace("Figure 1. A dune by night", "Figure 1. A dune [1] by night")
    score = score_article(truth, read_as(tmp_path, moved))
    assert score.links == Score(right=5, found=5, true=5)
    assert score.context == score.exact_context == score.sentences == Share(right=4, of=5)


def test_markers_of_abstract_and_back_do_not_count(tmp_path: Path, truth: Truth) -> None:
    """Citations in the abstract, and under a heading that only the back has, are left aside."""
    head = "## Abstract\n\nSalt glows [1].\n\n## Introduction"
    assert score_article(truth, read_as(tmp_path, MARKDOWN.replace("## Introduction", head))).extra == {}
    tail = "## Funding\n\nPaid for by a lamp [2].\n\n## References"
    text = MARKDOWN.replace("## References", tail)
    assert score_article(truth, read_as(tmp_path, text)).extra == {2: 1}
    backed = Truth(truth.title, truth.entries, truth.mentions, frozenset({"funding"}))
    assert score_article(backed, read_as(tmp_path, text)).extra == {}


def test_titles_and_dois(tmp_path: Path, truth: Truth) -> None:
    """A slip in a title is forgiven, another title isn't; a DOI must be the same."""
    text = MARKDOWN.replace(TITLES[0], TITLES[0].replace("salt", "sald")).replace(TITLES[1], "Nothing of the kind")
    score = score_article(truth, read_as(tmp_path, text.replace("10.1000/salt.3", "10.1000/other.3")))
    assert score.titles == Share(right=4, of=5)
    assert (score.dois, score.printed_dois) == (Share(right=4, of=5), Share(right=4, of=4))
    assert score.wrong_dois == 1


def test_a_missing_entry_shifts_nothing(tmp_path: Path, truth: Truth) -> None:
    """An entry that wasn't found leaves the printed numbers of the others right."""
    lines = [line for line in MARKDOWN.splitlines() if not line.startswith("2. ")]
    score = score_article(truth, read_as(tmp_path, "\n".join(lines)))
    assert (score.references_found, score.is_exact) == (4, False)
    assert score.titles == Share(right=4, of=5)
    assert 3 not in score.missed


def test_an_article_that_was_not_read(truth: Truth) -> None:
    """Nothing found, everything missed: silence never lifts a figure."""
    score = score_article(truth, None)
    assert score.links == Score(right=0, found=0, true=5)
    assert (score.titles, score.dois, score.is_exact) == (Share(of=5), Share(of=5), False)
    assert score.missed == dict.fromkeys(range(1, 6), 1)
