"""Cited papers in a stored corpus."""

from collections.abc import Callable, Sequence
from itertools import permutations
from pathlib import Path

import pytest

from evqa.corpus.corpus import Filter
from evqa.model import Document, Reference
from evqa.settings import DEFAULT_MODEL
from index.corpus import open_corpus
from index.models.embed import Embedder
from index.verify import verify
from index.writer import writing
from tests.index.documents import TEXTS, document, passages

Load = Callable[[str], Embedder]
PAPER = "Antibodies are caught by vesicles before they reach the tumour"


def refuse(name: str) -> Embedder:
    """Stands where no model may be needed."""
    raise AssertionError(f"{name} was loaded")


def review() -> Document:
    """A review whose second entry is the paper."""
    entries = (Reference(number=1, raw="1. Another."), Reference(number=2, title=PAPER, raw=f"2. {PAPER}."))
    return document(TEXTS[:2]).model_copy(update={"references": entries})


def paper() -> Document:
    """The paper, with a bibliography of its own."""
    return document(TEXTS[2:5], "paper.md", references=3).model_copy(update={"title": PAPER})


def stored(home: Path, documents: Sequence[Document], load: Load) -> list[str]:
    """Stores the documents, one citing 1 and 2 in turn; returns what became of each."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        return [writer.put(of, passages(of, ("prose", "prose", "reference"), ((1,), (2,)))).state for of in documents]


def seen(home: Path) -> dict[str, list[tuple[str, tuple[int, ...]]]]:
    """Kind and numbers of the passages that readers see, by source of the document."""
    with open_corpus(home, "default") as corpus:
        sources = {outline.document.id: outline.source.name for outline in corpus.outlines()}
        found: dict[str, list[tuple[str, tuple[int, ...]]]] = {source: [] for source in sources.values()}
        for each in corpus.passages(Filter()):
            found[sources[each.document.id]].append((each.kind, each.references))
            assert all(statement.references == each.references for statement in each.sentences)
        return found


PLACED = [("paper", (2,)), ("paper", (2,))]
ALONE = [("prose", (1,)), ("prose", (2,)), ("reference", (1,))]


@pytest.mark.parametrize("order", list(permutations((0, 1))))
def test_a_cited_paper_has_the_number_of_the_review(home: Path, load: Load, order: tuple[int, int]) -> None:
    """In whatever order the two came: its passages are the review's number 2, its own bibliography isn't seen."""
    both = (review(), paper())
    for place in order:
        stored(home, [both[place]], load)
    assert seen(home)["paper.md"] == PLACED
    with open_corpus(home, "default") as corpus:
        assert {entry.document for entry in corpus.references()} == {review().id}
        homes = {outline.source.name: outline.document for outline in corpus.outlines()}
        assert (homes["paper.md"].kind, homes["paper.md"].reference) == ("paper", 2)
        assert homes["paper.md"].review == homes["review.md"].id
        cites = corpus.passages(Filter(cites=frozenset({2})))
        assert {each.document.id for each in cites} == {review().id}
    assert verify(home, "default") == ()


def test_a_paper_stays_unchanged(home: Path, load: Load) -> None:
    """Stored again it is unchanged, though it was placed; nothing is embedded and nothing is published anew."""
    stored(home, [review(), paper()], load)
    assert stored(home, [review(), paper()], refuse) == ["unchanged", "unchanged"]
    assert [path.name for path in (home / "corpora/default/generations").iterdir()] == ["1"]


def test_without_its_review_a_paper_is_its_own_again(home: Path, load: Load) -> None:
    """The review removed, the paper has its own numbers and bibliography back, and nothing is embedded for it."""
    stored(home, [review(), paper()], load)
    with writing(home, "default", DEFAULT_MODEL, refuse) as writer:
        writer.remove("review.md")
    assert seen(home) == {"paper.md": ALONE}


def test_a_changed_review_places_anew(home: Path, load: Load) -> None:
    """When the review no longer lists the paper, or under another number, that is what readers see."""
    stored(home, [review(), paper()], load)
    moved = Reference(number=7, title=PAPER, raw=f"7. {PAPER}.")
    stored(home, [review().model_copy(update={"id": "d-other", "references": (moved,)})], load)
    assert seen(home)["paper.md"] == [("paper", (7,)), ("paper", (7,))]
    stored(home, [review().model_copy(update={"references": ()})], load)
    assert seen(home)["paper.md"] == ALONE


def test_placements_are_told(home: Path, load: Load) -> None:
    """The writer tells where each document belongs, the same whether found anew or kept."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        for of in (paper(), review()):
            writer.put(of, passages(of))
        found = writer.placements()
        assert [(each.source, each.kind, each.reference, each.papers) for each in found] == [
            ("paper.md", "paper", 2, 0),
            ("review.md", "review", None, 1),
        ]
        assert writer.placements() == found


def test_a_review_is_asked_alike_with_papers_and_without(home: Path, load: Load) -> None:
    """Words of the papers aren't the review's vocabulary; those that ask for them find them."""
    stored(home, [review(), paper()], load)
    with open_corpus(home, "default") as corpus:
        assert ("macrophages" in corpus.vocabulary(), "macrophages" in corpus.vocabulary(papers=True)) == (False, True)
        assert corpus.frequency("macrophages") == 0
        assert corpus.frequency("tumours") == 1
