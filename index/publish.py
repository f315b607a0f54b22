"""A generation made from the records, aside, then put in place in one step."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from index.arrays import ArrayWriter
from index.audits import write_audits
from index.dense import faiss_over
from index.directions import Spread
from index.durable import make_private, refusals, replace_file, sync, sync_tree
from index.embedding import Integers, embedding_key
from index.folder import CURRENT
from index.lexical import new_tantivy
from index.lock import is_released
from index.manifest import MANIFEST, Manifest, file_entries
from index.placing import placements
from index.records import RECORDS, write_records
from index.statements import StatementsWriter, led, own_vectors
from index.store import Store, checksum_of
from index.threads import blas
from index.tokens import TokensWriter

GENERATIONS = "generations"
DENSE, LEXICAL, VECTORS, BACKGROUND = "dense.faiss", "lexical", "vectors.npy", "background.npy"
# Units against which question tokens are weighed: all of a small corpus, a sample of a large one.
ALL_UPTO, SAMPLE = 2_000, 512


def publish(store: Store, folder: Path, built: Callable[[], None] = lambda: None) -> Manifest:
    """Makes the stored records the live generation; every embedding must be stored. Deletes what nobody reads.

    `built` is called when the generation is complete, but not live yet.
    """
    generations = make_private(folder / GENERATIONS)
    with refusals(generations):
        sweep(generations, keep=current_of(folder))
        fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=generations))
        try:
            live = current_of(folder)
            manifest = build(store, fresh, folder.parents[1], generations / live if live else None)
            built()
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


def build(store: Store, folder: Path, home: Path, previous: Path | None) -> Manifest:
    """Writes every file of a generation into an empty folder, the manifest last.

    `previous`: the generation before, some of which is still true; None if there is none.
    """
    fingerprint, dimension = store.fact("fingerprint"), int(store.fact("dimension") or 0)
    background = write_units(store, folder, fingerprint, dimension)
    faiss_over(folder / VECTORS).write(folder / DENSE)
    np.save(folder / BACKGROUND, background.rows())
    tokens = write_tokens(store, folder, background, dimension)
    unaudited = write_audits(store, home, folder, previous)
    manifest = Manifest(
        revision=store.revision,
        fingerprint=content_fingerprint(store, unaudited),
        model=store.fact("model"),
        model_fingerprint=fingerprint,
        dimension=dimension,
        documents=store.count("document"),
        passages=background.seen,
        references=store.count("reference"),
        tokens=tokens,
        files=file_entries(folder),
    )
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1))
    return manifest


def write_units(store: Store, folder: Path, fingerprint: str, dimension: int) -> "Background":
    """Records, vectors, those of statements, and lexical index, passage by passage. Returns the background."""
    background = Background()
    (folder / LEXICAL).mkdir()
    with (
        ArrayWriter(folder / VECTORS, np.float32, (dimension,)) as vectors,
        StatementsWriter(folder, dimension) as statements,
        new_tantivy(folder / LEXICAL).adding() as put,
    ):
        for row, unit in enumerate(write_records(store, folder / RECORDS)):
            key = embedding_key(fingerprint, unit.text)
            whole = store.embedding(key).pooled
            vectors.put(whole[None])
            statements.put(own_vectors(store, unit.statements, fingerprint), whole)
            put(row, led(unit.text, unit.statements))
            background.put(key, is_paper=unit.is_paper)
    return background


def write_tokens(store: Store, folder: Path, background: "Background", dimension: int) -> int:
    """Token vectors of every passage without what those of the background share. Returns how many there are."""
    with blas().limit(limits=1, user_api="blas"):
        spread = Spread(dimension)
        for row in background.rows().tolist():
            spread.put(store.embedding(background.keys[row]).tokens)
        directions = spread.directions()
        directions.write(folder)
        with TokensWriter(folder, dimension) as tokens:
            for key in background.keys:
                tokens.put(directions.without(store.embedding(key).tokens.astype(np.float32)))
    return tokens.count


class Background:
    """Chooses the units that question tokens are weighed against, fixed by the content.

    Cited papers aren't among them, so that a review answers alike with its papers and without.
    """

    def __init__(self) -> None:
        self.keys: list[str] = []
        self._candidates = 0
        self._first: list[int] = []
        self._least: list[tuple[str, int]] = []

    def put(self, key: str, is_paper: bool) -> None:
        """Takes the next row's unit, under the key of its embedding, into account."""
        self.keys.append(key)
        if not is_paper:
            self._candidates += 1
            if len(self._first) < ALL_UPTO:
                self._first.append(self.seen - 1)
            self._least.append((key, self.seen - 1))
            if len(self._least) > ALL_UPTO:
                self._least = sorted(self._least)[:SAMPLE]

    @property
    def seen(self) -> int:
        """How many units there are."""
        return len(self.keys)

    def rows(self) -> Integers:
        """The rows chosen, ascending: all of a small corpus, of a large one those of the least keys."""
        chosen = self._first if self._candidates <= ALL_UPTO else [row for _, row in sorted(self._least)[:SAMPLE]]
        return np.sort(np.array(chosen, dtype=np.int64))


def content_fingerprint(store: Store, unaudited: Sequence[str] = ()) -> str:
    """16 hexadecimal digits that stand for model, documents, passages and where papers are placed, in their order,
    but not for float bits. `unaudited`: ids of the documents whose citations no answer can doubt."""
    documents = "SELECT id, checksum FROM document ORDER BY position"
    query = "SELECT p.id, p.checksum FROM passage p JOIN document d ON d.id = p.document ORDER BY d.position, p.place"
    placed = ((each.review, str(each.reference)) for each in placements(store) if each.review)
    rows = chain(store.each(documents), store.each(query), placed)
    return checksum_of(chain([store.fact("fingerprint")], chain.from_iterable(rows), unaudited))[:16]
