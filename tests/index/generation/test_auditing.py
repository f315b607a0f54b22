"""Stored documents as an audit sees them."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from evqa.errors import CorpusError, ModelError
from evqa.model import Document, Placement
from evqa.settings import DEFAULT_MODEL
from index.generation.auditing import papers_of, stored_citations
from index.models.embed import Embedder
from index.writer import writing
from ingest.passages import passages
from tests.evqa.citing import TOPICS, entry, read_text, review_text, statement, title

Load = Callable[[str], Embedder]
COUNT = 4


def review(name: str = "review.md", first: int = 0) -> Document:
    """A review whose statements and entries are on four topics."""
    topics = TOPICS[first : first + COUNT]
    said = [statement(topic, f"[{number}]") for number, topic in enumerate(topics, start=1)]
    listed = [entry(number, title(topic)) for number, topic in enumerate(topics, start=1)]
    return read_text(review_text("## Findings\n\n" + "\n\n".join(said), listed), name)


def paper(finding: str = "They were counted.") -> Document:
    """The work of the review's second entry."""
    name = title(TOPICS[1])
    text = f"# {name}\n\n## Abstract\n\nOtters of the coast rest on dark rock.\n\n## Findings\n\n{finding}"
    return read_text(text, "paper.md")


def stored(home: Path, load: Load, documents: Sequence[Document]) -> None:
    """Stores documents."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        for each in documents:
            writer.put(each, passages(each))


def test_every_document_that_stands_on_its_own(home: Path, load: Load) -> None:
    """Reviews come in order of ingestion with their statements; a cited paper isn't audited, but known by its text."""
    stored(home, load, [review("b.md", 8), paper(), review("a.md")])
    found = list(stored_citations(home, "default"))
    assert [each.document.source.name for each in found] == ["b.md", "a.md"]
    assert [each.uses for each in found] == [((0,), (1,), (2,), (3,))] * 2
    assert [each.texts for each in found] == [frozenset(), frozenset({1})]
    for each in found:
        assert [one.start for one in each.passages] == sorted(one.start for one in each.passages)
        assert each.likeness.pooled.shape == (len(each.passages), COUNT)


def test_what_is_known_of_a_paper_counts(home: Path, load: Load) -> None:
    """With its paper stored an entry is nearer to what the paper's abstract says, and the others are as before."""
    stored(home, load, [review()])
    (before,) = stored_citations(home, "default")
    stored(home, load, [paper()])
    (after,) = stored_citations(home, "default")
    more = after.likeness.pooled - before.likeness.pooled
    assert more[:, 1].min() >= -1e-6
    assert more[:, 1].max() > 0
    assert not np.delete(more, 1, axis=1).any()


def test_a_papers_abstract_tells(home: Path, load: Load) -> None:
    """Of a paper with an abstract nothing else is looked at, so that a passing remark doesn't make it fit."""
    seen = []
    for finding in ("They were counted.", statement(TOPICS[3])):
        stored(home, load, [review(), paper(finding)])
        (found,) = stored_citations(home, "default")
        seen.append(found.likeness.pooled)
    assert np.array_equal(seen[0], seen[1])


def test_other_documents_change_nothing(home: Path, load: Load) -> None:
    """An audit sees of a review the same, whatever else its corpus holds."""
    stored(home, load, [review()])
    (alone,) = stored_citations(home, "default")
    stored(home, load, [review("b.md", 8)])
    beside, _ = stored_citations(home, "default")
    assert np.array_equal(alone.likeness.passages.cosine, beside.likeness.passages.cosine)
    assert np.array_equal(alone.likeness.entries.weight, beside.likeness.entries.weight)


def test_papers_by_number() -> None:
    """Of all placements only those of the review's papers count, under their numbers."""
    of = review()
    placed = (
        Placement(document=of.id, source="review.md", title="Winter", kind="review"),
        Placement(document="d-1", source="a.md", title="A", kind="paper", review=of.id, reference=3),
        Placement(document="d-2", source="b.md", title="B", kind="paper", review="d-other", reference=1),
    )
    assert papers_of(of, placed) == {3: "d-1"}


def test_a_corpus_that_isnt_there(home: Path) -> None:
    """A corpus that doesn't exist is a CorpusError that names it."""
    with pytest.raises(CorpusError, match="no corpus 'default'"):
        list(stored_citations(home, "default"))


def test_a_query_model_that_is_gone(home: Path, load: Load, tmp_path: Path) -> None:
    """Where the model's folder is gone words can't be told apart: a ModelError."""
    stored(home, load, [review()])
    other = tmp_path / "other"
    shutil.copytree(home / "corpora", other / "corpora")
    with pytest.raises(ModelError):
        list(stored_citations(other, "default"))
