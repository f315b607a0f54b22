"""Store a retrieval collection as a corpus. Each of its documents becomes one passage: its title, then its text."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from eval.runs.collection import Collection, CollectionDocument
from evqa.model import Document, Home, Integrity, Passage, Source, Statement
from index.corpus import StoredCorpus, kept_corpus, open_corpus
from index.writer import writing
from ingest.structure.sentences import sentences

KEPT = "beir"
# Raise this number when the same files give other passages.
FORM = 2
SEPARATOR = "\n\n"


def stored_collection(collection: Collection, home: Path, model: str, say: Callable[[str], None]) -> StoredCorpus:
    """Open the collection's corpus, and build it first if it doesn't exist yet; `say` gets a line about that.

    Its name depends on the content of the documents, the model, and the form of the passages.
    """
    name = corpus_name(collection, model)
    if corpus := _found(home, name, say):
        return corpus
    say(f"embedding {len(collection.documents):,} documents of {collection.name} once; the next run reuses them")
    document = as_document(collection)
    with writing(home, name, model) as writer:
        writer.put(document, passages(document, collection.documents))
    return open_corpus(home, name, warn=say)


def _found(home: Path, name: str, say: Callable[[str], None]) -> StoredCorpus | None:
    """The corpus, if it exists and isn't empty: a killed process may leave an empty one behind."""
    corpus = kept_corpus(home, name, say)
    return corpus if corpus and corpus.state.documents else None


def corpus_name(collection: Collection, model: str) -> str:
    """The name of the corpus that holds the collection embedded by this model."""
    digest = hashlib.sha256(f"{model}\n{FORM}\n{collection.content}".encode()).hexdigest()
    return f"{KEPT}.{digest[:16]}"


def as_document(collection: Collection) -> Document:
    """The whole collection as one document without structure, so that it is embedded in full batches."""
    return Document(
        id=f"d-{collection.content[:12]}",
        title=collection.name,
        source=Source(name="corpus.jsonl", sha256=collection.content, media_type="application/jsonl"),
        text=SEPARATOR.join(map(whole, collection.documents)),
        integrity=Integrity(references=0, contiguous=True, citations=0),
    )


def whole(text: CollectionDocument) -> str:
    """Title and text, one a line."""
    return "\n".join(part for part in (text.title, text.text) if part)


def passages(document: Document, texts: tuple[CollectionDocument, ...]) -> list[Passage]:
    """One passage for each document of the collection, in order."""
    home = Home(id=document.id, title=document.title)
    return [_passage(home, start, text) for start, text in zip(starts(texts), texts, strict=True)]


def _passage(home: Home, start: int, of: CollectionDocument) -> Passage:
    text = whole(of)
    end = start + len(text)
    return Passage(
        id="p-" + hashlib.sha256(f"{home.id} {start}".encode()).hexdigest()[:16],
        kind="prose",
        document=home,
        start=start,
        end=end,
        text=text,
        sentences=tuple(Statement(start=start + first, end=start + last) for first, last in spans(of)),
        indexed=text,
    )


def spans(text: CollectionDocument) -> list[tuple[int, int]]:
    """The spans of the title and of each sentence in the passage; the whole passage if it has no sentence."""
    moved = len(whole(text)) - len(text.text)
    title = [(0, len(text.title))] if text.title else []
    all_spans = [*title, *((moved + start, moved + end) for start, end in sentences(text.text))]
    return all_spans or [(0, len(whole(text)))]


def starts(texts: tuple[CollectionDocument, ...]) -> list[int]:
    """Where each text begins in the joined document."""
    offsets, at = [], 0
    for text in texts:
        offsets.append(at)
        at += len(whole(text)) + len(SEPARATOR)
    return offsets


def by_start(texts: tuple[CollectionDocument, ...]) -> Mapping[int, CollectionDocument]:
    """The text of each passage, by the passage's start."""
    return dict(zip(starts(texts), texts, strict=True))
