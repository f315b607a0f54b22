"""A generation made from the records, aside, then put in place in one step."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evqa.errors import CorpusError
from index.dense import faiss_over
from index.durable import make_private, refusals, replace_file, sync, sync_tree
from index.embedding import Integers, embedding_key
from index.folder import CURRENT
from index.lexical import new_tantivy
from index.lock import is_released
from index.manifest import MANIFEST, Manifest, file_entries
from index.placing import placements
from index.records import RECORDS, write_records
from index.store import Store, checksum
from index.tokens import TokensWriter

GENERATIONS = "generations"
DENSE, LEXICAL, VECTORS, BACKGROUND = "dense.faiss", "lexical", "vectors.npy", "background.npy"
# Units against which question tokens are weighed: all of a small corpus, a sample of a large one.
ALL_UPTO, SAMPLE = 2_000, 512


def publish(store: Store, folder: Path) -> Manifest:
    """Makes the stored records the live generation; every embedding must be stored. Deletes what nobody reads."""
    generations = make_private(folder / GENERATIONS)
    with refusals(generations):
        sweep(generations, keep=current_of(folder))
        fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=generations))
        try:
            manifest = build(store, fresh)
            sync_tree(fresh)
            number = 1 + max((int(path.name) for path in generations.iterdir() if path.name.isdigit()), default=0)
            fresh.rename(generations / str(number))
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        sync(generations)
        replace_file(folder / CURRENT, f"{number}\n".encode())
        sweep(generations, keep=str(number))
    return manifest


def current_of(folder: Path) -> str | None:
    """The number of the live generation; None if none was published or the file is damaged."""
    try:
        name = (folder / CURRENT).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    return name if name.isdigit() else None


def sweep(generations: Path, keep: str | None) -> None:
    """Deletes every generation that is neither live nor read, and what an interrupted writer left."""
    for path in generations.iterdir():
        if path.name != keep and path.is_dir():
            with is_released(path / MANIFEST) as released:
                if released:
                    shutil.rmtree(path)


def build(store: Store, folder: Path) -> Manifest:
    """Writes every file of a generation into an empty folder, the manifest last."""
    fingerprint, dimension = store.fact("fingerprint"), int(store.fact("dimension") or 0)
    written = write_records(store, folder / RECORDS)
    texts = written.texts
    keys = [embedding_key(fingerprint, text) for text in texts]
    tokens = write_vectors(store, keys, dimension, folder)
    np.save(folder / BACKGROUND, background(keys, written.is_paper))
    (folder / LEXICAL).mkdir()
    new_tantivy(folder / LEXICAL).add(dict(enumerate(texts)))
    manifest = Manifest(
        revision=store.revision,
        fingerprint=content_fingerprint(store),
        model=store.fact("model"),
        model_fingerprint=fingerprint,
        dimension=dimension,
        documents=len(store.rows()),
        passages=len(texts),
        references=store.select("SELECT count(*) FROM reference")[0][0],
        tokens=tokens,
        files=file_entries(folder),
    )
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1))
    return manifest


def write_vectors(store: Store, keys: Sequence[str], dimension: int, folder: Path) -> int:
    """Pooled and token vectors by row, and the FAISS index. Returns how many tokens there are."""
    counts = dict(store.select("SELECT key, count FROM embedding"))
    if lacking := [key for key in keys if key not in counts]:
        raise CorpusError(f"{store.path}: embedding {lacking[0][:12]} is missing; ingest again")
    writer = TokensWriter(folder, [counts[key] for key in keys], dimension)
    vectors = np.empty((len(keys), dimension), dtype=np.float32)
    for row, key in enumerate(keys):
        embedding = store.embedding(key)
        vectors[row] = embedding.pooled
        writer.put(embedding.tokens)
    writer.close()
    np.save(folder / VECTORS, vectors)
    faiss_over(vectors).write(folder / DENSE)
    return sum(counts[key] for key in keys)


def background(keys: Sequence[str], is_paper: Sequence[bool]) -> Integers:
    """Rows of the units that question tokens are weighed against, ascending, fixed by the content.

    Cited papers aren't among them, so that a review answers alike with its papers and without.
    """
    rows = np.flatnonzero(~np.array(is_paper, dtype=np.bool_))
    if len(rows) <= ALL_UPTO:
        return rows
    return np.sort(np.array(sorted(rows.tolist(), key=lambda row: (keys[row], row))[:SAMPLE], dtype=np.int64))


def content_fingerprint(store: Store) -> str:
    """16 hexadecimal digits that stand for model, documents, passages and where papers are placed, in their order,
    but not for float bits."""
    documents = store.select("SELECT id, checksum FROM document ORDER BY position")
    query = "SELECT p.id, p.checksum FROM passage p JOIN document d ON d.id = p.document ORDER BY d.position, p.place"
    placed = [(each.review, str(each.reference)) for each in placements(store) if each.review]
    parts = [part for row in [*documents, *store.select(query), *placed] for part in row]
    return checksum(store.fact("fingerprint"), *parts)[:16]
