"""Write to a corpus: put in, replace and remove documents, then publish. One process at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from evqa.errors import CorpusError, ModelError
from evqa.model import Document, LibraryEntry, Outline, Passage, Placement, Source
from evqa.settings import DEFAULT_MODEL
from index.disk.durable import make_private, refusals
from index.disk.folder import RECORDS, corpus_folder, model_folder
from index.disk.lock import write_lock
from index.generation.generation import open_generation
from index.generation.manifest import Manifest
from index.generation.publish import publish
from index.judging.adapter import JUDGE
from index.models.embedding import Embedding, EmbedsPassages, embedding_key, indexed_text
from index.models.encode import CARD
from index.models.packaged import GraphEmbedder, packaged_model
from index.search.statements import statement_key, statements_of, stored_statements
from index.store.failures import Failures
from index.store.lookups import LookUps
from index.store.placing import placements
from index.store.sources import is_kept, keep, sweep_sources
from index.store.store import Row, Store, created
from index.store.titles import give_title

if TYPE_CHECKING:
    from index.models.embed import Embedder

BATCH = 512
STRETCH = 4096
# Called with what is being done ("embed", "index" or "publish") and how many of how many passages are done.
Stage = Callable[[str, int, int], None]
# Makes a key from the model's fingerprint and a text.
KeyOf = Callable[[str, str], str]


@dataclass(frozen=True)
class PutResult:
    """What `put` did with a document, and how many of its passages had to be embedded."""

    document: str
    state: Literal["new", "changed", "unchanged"]
    embedded: int


@dataclass(frozen=True)
class StoredFile:
    """A stored document that the same reader made of the same file, and how many passages it has."""

    outline: Outline
    passages: int


class CorpusWriter:
    """Puts documents into a corpus and removes them. Readers see nothing of it until `publish`."""

    def __init__(
        self, home: Path, folder: Path, store: Store, model: str, load: Callable[[str], EmbedsPassages]
    ) -> None:
        self._home = home
        self._folder = folder
        self._store = store
        self._model = model
        self._load = load
        self.failures = Failures(folder)
        self.lookups = LookUps(store)
        self.stage: Stage = lambda *_: None

    @cached_property
    def _embedder(self) -> EmbedsPassages:
        embedder = self._load(self._model)
        self._export(embedder)
        if self._model == DEFAULT_MODEL:
            JUDGE.exported(self._home)  # made ready while the home may be written
        facts = {
            "model": self._model,
            "fingerprint": embedder.fingerprint,
            "dimension": str(embedder.dimension),
            "token_dimension": str(embedder.token_dimension),
        }
        if any(self._store.fact(name) != value for name, value in facts.items()):
            with self._store.transaction():
                self._store.set_facts(facts | {"revision": str(self._store.revision + 1)})
        return embedder

    def _export(self, embedder: EmbedsPassages) -> None:
        """Make the query model ready that questions are embedded by; a graph that embeds is one already."""
        from index.models.embed import Embedder
        from index.models.export import export

        if isinstance(embedder, Embedder):
            export(embedder, self._home)

    def holds(self, sha256: str) -> bool:
        """Whether a document read from a file with this SHA-256 is stored."""
        return self._store.holds(sha256)

    def kept(self, source: str, sha256: str, reader: str) -> StoredFile | None:
        """The stored document of a file, if its name and SHA-256, the reader and the model are the same; else None."""
        document = self._store.made_by(reader, source, sha256)
        if document is None or self._store.fact("model") != self._model:
            return None
        return StoredFile(self._store.outline_of(document), self._store.passage_count(document))

    def entry_of(self, sha256: str) -> LibraryEntry | None:
        """What a library of references said of the file with this SHA-256; None if none did, or it isn't stored."""
        document = self._store.with_content(sha256)
        return self._store.outline_of(document).library if document else None

    def put(self, document: Document, passages: Sequence[Passage], reader: str = "") -> PutResult:
        """Store a document with its passages; it is on the disk when this returns. `reader`: fingerprint of its reader.

        It replaces documents with the same content, source name or id. Only new texts are embedded. Raises
        StorageError if the disk refuses, ModelError if the model can't be loaded.
        """
        if self._store.is_stored(document, passages) and self._store.fact("model") == self._model:
            self._note(document, reader)
            return PutResult(document.id, "unchanged", 0)
        if len({passage.id for passage in passages}) < len(passages):
            name = f"document {document.source.name!r}"
            raise CorpusError(name, "has two passages with one id", "report this file")
        embedded = self._embed([indexed_text(passage) for passage in passages])
        self._embed([text for passage in passages for text in statements_of(passage)], statement_key)
        replaced = self._store.replaced_by(document)
        with self._store.transaction():
            self._store.insert(document, passages)
            self._store.set_reader(document, reader)
        return PutResult(document.id, "changed" if replaced else "new", embedded)

    def _note(self, document: Document, reader: str) -> None:
        if self._store.made_by(reader, document.source.name, document.source.sha256) is None:
            with self._store.transaction():
                self._store.set_reader(document, reader)

    def keep(self, source: Source, file: Path) -> bool:
        """Keep a copy of a stored document's file if its pages can be shown. Returns whether there is a copy."""
        return is_kept(source) and keep(self._folder, source, file)

    def names(self, name: str) -> bool:
        """Whether a document has that id or source name."""
        return bool(self._store.named(name))

    def remove(self, name: str) -> tuple[str, ...]:
        """Remove the documents with that id or source name. Returns their ids; raises CorpusError if there are none."""
        rows: list[Row] = self._store.named(name)
        if not rows:
            known = ", ".join(row.source for row in self._store.rows()[:10]) or "none"
            wanted = f"no document {name!r} in corpus {self._folder.name!r}"
            raise CorpusError(wanted, f"there is {known}", "name one of these")
        with self._store.transaction():
            self._store.delete(rows)
            for row in rows:
                give_title(self._store, row.source, "")
        return tuple(row.id for row in rows)

    def rename(self, name: str, title: str) -> None:
        """Give the documents with that id or source name a title, in place of what was read from their file.

        The record of what was read stays. Raises CorpusError if there are none.
        """
        if not (rows := self._store.named(name)):
            raise CorpusError(f"no document {name!r} in corpus {self._folder.name!r}", "it isn't there", "name another")
        with self._store.transaction():
            for row in rows:
                give_title(self._store, row.source, title)

    def placements(self) -> tuple[Placement, ...]:
        """Whether each document is a review or a paper that one cites, under which number; in order of ingestion."""
        return placements(self._store)

    def publish(self) -> Manifest | None:
        """Make the stored documents the live generation, unless they are already. None if nothing was ever stored.

        All passages are embedded by the model that the corpus was last given documents with. If an audit failed, or was
        never made, a generation is published that tries it again.
        """
        store = self._store
        if store.is_blank:
            return None
        sweep_sources(self._folder, store.contents())
        live = open_generation(self._folder)
        if not isinstance(live, str):
            with closing(live):
                if live.manifest.revision == store.revision and not live.audits.failed(self._reviews()):
                    return live.manifest
        self._embed_missing()
        self._restore_query_model()
        self.stage("index", 0, 0)
        return publish(store, self._folder, lambda: self.stage("publish", 0, 0))

    def _reviews(self) -> list[str]:
        return [each.document for each in self.placements() if each.kind == "review"]

    def _restore_query_model(self) -> None:
        """Exports a query model that is gone, as audits need it; where it can't be had they are missing."""
        folder = model_folder(self._home, self._store.fact("fingerprint"))
        if self._store.fact("model") == self._model and not (folder / CARD).is_file():
            with suppress(ModelError):
                self._export(self._embedder)

    def _embed_missing(self) -> None:
        """Embed what another model embedded, some texts at a time, and delete embeddings that no passage needs."""
        self._embed_stretches(self._indexed(), embedding_key)
        self._embed_stretches(stored_statements(self._store), statement_key)
        fingerprint = self._store.fact("fingerprint")
        kept = chain(
            (embedding_key(fingerprint, text) for text in self._indexed()),
            (statement_key(fingerprint, text) for text in stored_statements(self._store)),
        )
        with self._store.transaction():
            self._store.keep_embeddings(kept)

    def _indexed(self) -> Iterator[str]:
        return (text for (text,) in self._store.each("SELECT indexed FROM passage ORDER BY document, place"))

    def _embed_stretches(self, texts: Iterator[str], key: KeyOf) -> None:
        while part := list(islice(texts, STRETCH)):
            if self._store.missing(key(self._store.fact("fingerprint"), text) for text in part):
                self._embed(part, key)

    def _embed(self, texts: Sequence[str], key: KeyOf = embedding_key) -> int:
        """Embed and store missing texts, batch by batch, so that an interrupted run resumes. Returns their number."""
        known = self._store.fact("model") == self._model
        fingerprint = self._store.fact("fingerprint") if known else self._embedder.fingerprint
        by_key = {key(fingerprint, text): text for text in texts}
        missing = self._store.missing(by_key)
        if missing and self._embedder.fingerprint != fingerprint:
            return self._embed(texts, key)
        for first in range(0, len(missing), BATCH):
            self.stage("embed", first, len(missing))
            keys = missing[first : first + BATCH]
            vectors = self._embedder.embed([by_key[each] for each in keys])
            found: dict[str, Embedding] = dict(zip(keys, vectors, strict=True))
            with self._store.transaction():
                self._store.add_embeddings(found if key is embedding_key else without_tokens(found))
        if missing:
            self.stage("embed", len(missing), len(missing))
        return len(missing)


def without_tokens(found: Mapping[str, Embedding]) -> dict[str, Embedding]:
    """The embeddings without token vectors."""
    return {key: Embedding(each.pooled, each.tokens[:0]) for key, each in found.items()}


def load_lazily(name: str) -> "Embedder":
    """Load a model by PyTorch, importing its libraries only now."""
    from index.models.embed import load_embedder

    return load_embedder(name)


def embedder_for(name: str, home: Path) -> EmbedsPassages:
    """The embedding model: the packaged one by its graph, which needs no PyTorch, others by PyTorch."""
    folder = packaged_model(home) if name == DEFAULT_MODEL else None
    return GraphEmbedder(folder) if folder else load_lazily(name)


@contextmanager
def writing(
    home: Path, name: str, model: str, load: Callable[[str], EmbedsPassages] | None = None
) -> Iterator[CorpusWriter]:
    """Open a corpus for writing, and make it if it doesn't exist. Publishes at the end, unless an error is raised.

    `load` loads the embedding model (default: `embedder_for`).

    Raises BusyError if another process is writing it, StorageError if the disk refuses, CorpusError if its records are
    damaged or missing.
    """
    folder = corpus_folder(home, name)
    with refusals(folder):
        make_private(folder)
    with write_lock(folder), closing(created(folder / RECORDS)) as store:
        try:
            check_records(store, folder)
            writer = CorpusWriter(home, folder, store, model, load or partial(embedder_for, home=home))
            yield writer
            writer.publish()
        finally:
            if store.is_blank:
                discard(store)
                sweep_sources(folder, ())


def published(home: Path, folder: Path, model: str) -> None:
    """Publish the records in a folder that isn't a corpus yet, under a lock that the caller holds."""
    with closing(created(folder / RECORDS)) as store:
        CorpusWriter(home, folder, store, model, partial(embedder_for, home=home)).publish()


def check_records(store: Store, folder: Path) -> None:
    """Raise CorpusError if the records are missing but an index is there, which a new one would replace."""
    if store.is_blank and not isinstance(live := open_generation(folder), str):
        live.close()
        raise CorpusError(
            folder / RECORDS,
            "missing or empty, but the index holds documents",
            "restore it from a copy, or move the corpus's folder away and ingest again",
        )


def discard(store: Store) -> None:
    """Delete records that never held a document, so that no empty corpus is left behind."""
    store.close()
    for path in store.path.parent.glob(f"{store.path.name}*"):
        # The last reader deletes what SQLite keeps beside it.
        path.unlink(missing_ok=True)
