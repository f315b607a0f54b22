"""Verify a stored document's statements against the works that it cites, where anything of these is stored."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from evqa.audit.cited_statements import CitedStatement, cited_statements
from evqa.model import CitedSentence, Document, Passage, Verified
from evqa.settings import DEFAULT_MODEL
from index.disk.folder import model_folder
from index.generation.auditing import passages_of
from index.models.embedding import Integers, embedding_key, indexed_text
from index.models.encode import Encoder, PieceReader
from index.store.store import Store
from index.verification.inputs import TokenText
from index.verification.verifier import Verifier, verifier

# What of a work says something about the world.
TELLING = frozenset(("abstract", "prose", "table_row", "caption"))


def is_verifiable(store: Store, papers: Mapping[int, str]) -> bool:
    """Whether there is anything to verify, and the corpus's vectors are those that the verifier was taught with."""
    return bool(papers) and store.fact("model") == DEFAULT_MODEL


def verified(store: Store, home: Path, document: Document, papers: Mapping[int, str]) -> tuple[Verified, ...]:
    """What each stored work says of each statement that cites it, in printed order; every embedding must be stored.

    `papers`: the ids of the works by their numbers. Raises ModelError if the query model or the verifier is gone.
    """
    folder = model_folder(home, store.fact("fingerprint"))
    reader = _TextReader(store, Encoder(folder), PieceReader(folder))
    return tuple(_verified(document, passages_of(store, document.id), papers, reader, verifier(home)))


def _verified(
    document: Document, passages: Sequence[Passage], papers: Mapping[int, str], reader: "_TextReader", model: Verifier
) -> Iterator[Verified]:
    works = {number: reader.work(paper) for number, paper in papers.items()}
    for statement in cited_statements(document, passages):
        numbers = [number for number in statement.numbers if number in works]
        own = reader.statement(_text_of(statement, passages)) if numbers else None
        for number in numbers if own else ():
            told, texts = works[number]
            found = model.verdict(own, texts) if own else None
            if found:
                verdict, place = found
                yield Verified(
                    document=document.id,
                    text=statement.text,
                    start=_start_of(statement, passages),
                    end=statement.end,
                    cited=CitedSentence(
                        number=number,
                        level="abstract" if told[place].kind == "abstract" else "text",
                        text=told[place].text,
                        score=verdict.probability,
                        verdict=verdict.outcome,
                    ),
                )


def _text_of(statement: CitedStatement, passages: Sequence[Passage]) -> str:
    """What is verified: the statement without its markers; of a table row its cells under their columns' names."""
    return indexed_text(passages[statement.own[0]]) if statement.where == "table" else statement.bare


def _start_of(statement: CitedStatement, passages: Sequence[Passage]) -> int:
    """Where the statement begins, or the first of those before it to which its numbers are carried."""
    return min([statement.start, *(passages[place].start for place in statement.own[1:])])


class _TextReader:
    """Reads statements and works as the verifier wants them."""

    def __init__(self, store: Store, encoder: Encoder, pieces: PieceReader) -> None:
        self._store = store
        self._encoder = encoder
        self._pieces = pieces

    def statement(self, text: str) -> TokenText | None:
        """A statement, embedded; None if it has no words."""
        [encoded] = self._encoder.encode([text])
        ids = self._ids(text)
        return TokenText(text, ids, encoded.tokens, encoded.pooled) if len(ids) == len(encoded.tokens) > 0 else None

    def work(self, paper: str) -> tuple[list[Passage], list[TokenText]]:
        """The telling passages of a stored work, and these by their stored vectors."""
        told: list[Passage] = []
        texts: list[TokenText] = []
        for passage in passages_of(self._store, paper):
            if passage.kind in TELLING:
                text = indexed_text(passage)
                stored = self._store.embedding(embedding_key(self._store.fact("fingerprint"), text))
                ids = self._ids(text)
                if len(ids) == len(stored.tokens) > 0:
                    told.append(passage)
                    texts.append(TokenText(text, ids, stored.tokens, stored.pooled))
        return told, texts

    def _ids(self, text: str) -> Integers:
        return np.array(self._pieces.read(text).ids, dtype=np.int64)
