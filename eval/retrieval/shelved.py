"""A retrieval collection as a corpus of ours: each of its documents is one passage, title before text, a statement a
sentence.
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from eval.runs.collection import Collection, Text
from evqa.model import Document, Home, Integrity, Passage, Source, Statement
from index.corpus import StoredCorpus, kept_corpus, open_corpus
from index.writer import writing
from ingest.structure.sentences import sentences

KEPT = "beir"
# Changes when the same files give other passages.
FORM = 2
PARTED = "\n\n"


def shelved(collection: Collection, home: Path, model: str, say: Callable[[str], None]) -> StoredCorpus:
    """The collection's corpus, found again by the content of its documents, the model and the form of its passages.

    Where it isn't there yet it is built; `say` is told.
    """
    name = corpus_name(collection, model)
    if corpus := _found(home, name, say):
        return corpus
    say(f"embedding {len(collection.documents):,} documents of {collection.name} once; next time they are found ready")
    document = as_document(collection)
    with writing(home, name, model) as writer:
        writer.put(document, passages(document, collection.documents))
    return open_corpus(home, name, warn=say)


def _found(home: Path, name: str, say: Callable[[str], None]) -> StoredCorpus | None:
    """The corpus, if it is there and filled: a process that was killed may leave an empty one behind."""
    corpus = kept_corpus(home, name, say)
    return corpus if corpus and corpus.state.documents else None


def corpus_name(collection: Collection, model: str) -> str:
    """The name that evqa keeps for the collection embedded by that model."""
    digest = hashlib.sha256(f"{model}\n{FORM}\n{collection.content}".encode()).hexdigest()
    return f"{KEPT}.{digest[:16]}"


def as_document(collection: Collection) -> Document:
    """All texts of the collection as one document without structure, so that they are embedded in full batches."""
    return Document(
        id=f"d-{collection.content[:12]}",
        title=collection.name,
        source=Source(name="corpus.jsonl", sha256=collection.content, media_type="application/jsonl"),
        text=PARTED.join(map(whole, collection.documents)),
        integrity=Integrity(references=0, contiguous=True, citations=0),
    )


def whole(text: Text) -> str:
    """Title and text, a line each."""
    return "\n".join(part for part in (text.title, text.text) if part)


def passages(document: Document, texts: tuple[Text, ...]) -> list[Passage]:
    """One passage a text, in order."""
    home = Home(id=document.id, title=document.title)
    return [_passage(home, start, text) for start, text in zip(starts(texts), texts, strict=True)]


def _passage(home: Home, start: int, of: Text) -> Passage:
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


def spans(text: Text) -> list[tuple[int, int]]:
    """Where title and sentences stand in the whole; of a text without any sentence all of it."""
    moved = len(whole(text)) - len(text.text)
    title = [(0, len(text.title))] if text.title else []
    found = [*title, *((moved + start, moved + end) for start, end in sentences(text.text))]
    return found or [(0, len(whole(text)))]


def starts(texts: tuple[Text, ...]) -> list[int]:
    """Where each text begins in the document."""
    found, at = [], 0
    for text in texts:
        found.append(at)
        at += len(whole(text)) + len(PARTED)
    return found


def by_start(texts: tuple[Text, ...]) -> Mapping[int, Text]:
    """Which text a passage that starts there is."""
    return dict(zip(starts(texts), texts, strict=True))
