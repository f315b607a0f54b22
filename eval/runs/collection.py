"""Retrieval collections in BEIR's layout: documents, queries, and judgements of which document answers which query.

Thakur et al., BEIR: a heterogeneous benchmark for zero-shot evaluation of information retrieval models, NeurIPS 2021.
"""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ConfigDict, Field

from eval.runs.lines import read_lines, unique_ids
from evqa.errors import InputError
from evqa.model import Record

COLUMNS = "give query, document and gain, separated by tabs"


class CollectionDocument(Record):
    """A document: its id in the collection, its title and its text."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(alias="_id", min_length=1)
    title: str = ""
    text: str


class CollectionQuery(Record):
    """A query and its id."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(alias="_id", min_length=1)
    text: str


@dataclass(frozen=True)
class Collection:
    """The documents, the judged queries, and for each query the gains of its documents (0: judged irrelevant).

    `content` is the SHA-256 of the file of documents. `judgements` are the names of the files of judgements.
    """

    name: str
    documents: tuple[CollectionDocument, ...]
    queries: tuple[CollectionQuery, ...]
    gains: Mapping[str, Mapping[str, int]]
    content: str
    judgements: tuple[str, ...]


def load_collection(folder: Path) -> Collection:
    """Load the collection in a folder: `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`, or else all `qrels/*.tsv`.

    Queries without judgement are left out. Raises InputError with the file and line that can't be used.
    """
    corpus, queries = folder / "corpus.jsonl", folder / "queries.jsonl"
    documents, asked = read_lines(corpus, CollectionDocument), read_lines(queries, CollectionQuery)
    unique_ids(corpus, [text.id for text in documents])
    unique_ids(queries, [query.id for query in asked])
    files = _judgement_files(folder)
    gains = _gains(files)
    if unknown := sorted(gains.keys() - {query.id for query in asked}):
        reason = f"has no query {unknown[0]!r}, which {files[0].parent} judges"
        raise InputError(queries, reason, "add it, or take it out")
    return Collection(
        name=folder.resolve().name,
        documents=documents,
        queries=tuple(query for query in asked if query.id in gains),
        gains=gains,
        content=hashlib.sha256(corpus.read_bytes()).hexdigest(),
        judgements=tuple(path.name for path in files),
    )


def _judgement_files(folder: Path) -> list[Path]:
    test = folder / "qrels" / "test.tsv"
    files = [test] if test.is_file() else sorted((folder / "qrels").glob("*.tsv"))
    if not files:
        step = "give a folder with corpus.jsonl, queries.jsonl and qrels/"
        raise InputError(folder, "has no qrels/*.tsv", step)
    return files


def _gains(files: list[Path]) -> dict[str, dict[str, int]]:
    gains: dict[str, dict[str, int]] = defaultdict(dict)
    for path in files:
        for query, document, gain in _judgements(path):
            gains[query][document] = gain
    return dict(gains)


def _judgements(path: Path) -> Iterator[tuple[str, str, int]]:
    """The query, document and gain of each line below the heading."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), start=1):
                if row and number > 1:
                    yield _judgement(path, number, row)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, "can't be read", COLUMNS, str(error)) from error


def _judgement(path: Path, number: int, row: list[str]) -> tuple[str, str, int]:
    try:
        query, document, gain = row
        return query, document, int(gain)
    except ValueError as error:
        raise InputError(f"{path} line {number}", f"{row!r:.80} isn't a judgement", COLUMNS) from error
