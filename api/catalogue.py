"""Lists the corpora of a home, and the documents of a corpus, for every way in."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from api.corpus_names import Use, use_of
from evqa.corpus.corpus import Corpus
from evqa.model import Genre, Home, Integrity, Name, Outline
from index.corpora import CorpusSummary, corpora


def listed(home: Path) -> list[CorpusSummary]:
    """Every corpus, the user's own first."""
    return sorted(corpora(home), key=lambda summary: (use_of(summary.name) != "own", summary.name))


@dataclass(frozen=True)
class ListedCorpus(CorpusSummary):
    """A corpus and its use: the user's own, or one that evqa keeps for itself."""

    use: Use = "own"


def summary_record(summary: CorpusSummary) -> dict[str, Any]:
    """One corpus for JSON."""
    return asdict(ListedCorpus(**asdict(summary), use=use_of(summary.name)))


class ListedDocument(Home):
    """A document of a corpus: where it belongs, what it was read from, and whether it is sound."""

    source: str
    genre: Genre | None
    author: tuple[Name, ...]
    year: int | None
    DOI: str | None
    license: str | None
    integrity: Integrity


def listed_documents(corpus: Corpus) -> tuple[ListedDocument, ...]:
    """Every document of a corpus, in order of ingestion."""
    return tuple(map(_listed, corpus.outlines()))


def _listed(outline: Outline) -> ListedDocument:
    facts = outline.model_dump(include={"genre", "author", "year", "DOI", "license", "integrity"})
    return ListedDocument(**outline.document.model_dump(), source=outline.source.name, **facts)
