"""Build a generation from the records, aside, then put it in place in one step."""

import shutil
import tempfile
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from index.disk.durable import make_private, refusals, replace_file, sync, sync_tree
from index.disk.folder import CURRENT, current_of
from index.disk.lock import is_released
from index.generation.audits import write_audits
from index.generation.layout import BACKGROUND, DENSE, GENERATIONS, LEXICAL, MANIFEST, RECORDS, VECTORS
from index.generation.manifest import Manifest, file_entries
from index.generation.write_records import write_records
from index.models.embedding import Integers, embedding_key
from index.models.inference import blas
from index.search.arrays import ArrayWriter
from index.search.dense import faiss_over
from index.search.directions import Directions, Spread
from index.search.lexical import new_tantivy
from index.search.statements import StatementsWriter, led, own_vectors
from index.search.tokens import TokensWriter
from index.store.lookups import standings
from index.store.placing import drop_unplaced, placements
from index.store.store import Store, checksum_of
from index.store.titles import given_titles

# Question tokens are weighed against all units of a corpus of up to ALL_UPTO, of a larger one against SAMPLE units.
ALL_UPTO, SAMPLE = 2_000, 512
Shared = Callable[[Spread], Directions]


def publish(
    store: Store, folder: Path, built: Callable[[], None] = lambda: None, shared: Shared = Spread.directions
) -> Manifest:
    """Makes the stored records the live generation; every embedding must be stored. Deletes what nobody reads.

    `built` is called when the generation is complete, but not live yet. `shared`: what is taken out of token vectors,
    which an ablation may replace.
    """
    generations = make_private(folder / GENERATIONS)
    drop_unplaced(store)
    with refusals(generations):
        sweep(generations, keep=current_of(folder))
        fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=generations))
        try:
            live = current_of(folder)
            manifest = build(store, fresh, folder.parents[1], generations / live if live else None, shared)
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


def sweep(generations: Path, keep: str | None) -> None:
    """Delete every generation that is neither live nor being read, and what an interrupted writer left."""
    for path in generations.iterdir():
        if path.name != keep and path.is_dir():
            with is_released(path / MANIFEST) as released:
                if released:
                    shutil.rmtree(path)


def build(
    store: Store, folder: Path, home: Path, previous: Path | None, shared: Shared = Spread.directions
) -> Manifest:
    """Writes every file of a generation into an empty folder, the manifest last.

    `previous`: the previous generation, from which audits are taken over; None if there is none.
    """
    fingerprint, dimension = store.fact("fingerprint"), store.dimension
    background = write_units(store, folder, fingerprint, dimension)
    faiss_over(folder / VECTORS).write(folder / DENSE)
    np.save(folder / BACKGROUND, background.rows())
    tokens = write_tokens(store, folder, background, store.token_dimension, shared)
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
    """Write records, vectors, statements and lexical index, passage by passage. Returns the background."""
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


def write_tokens(
    store: Store, folder: Path, background: "Background", dimension: int, shared: Shared = Spread.directions
) -> int:
    """Token vectors of every passage without what those of the background share. Returns how many there are."""
    with blas().limit(limits=1, user_api="blas"):
        spread = Spread(dimension)
        for row in background.rows().tolist():
            spread.put(store.embedding(background.keys[row]).tokens)
        directions = shared(spread)
        directions.write(folder)
        with TokensWriter(folder, dimension) as tokens:
            for key in background.keys:
                tokens.put(directions.without(store.embedding(key).tokens.astype(np.float32)))
    return tokens.count


class Background:
    """Chooses the units that question tokens are weighed against, by their content alone.

    Cited papers are left out, so that a review's answers don't change when its papers are added.
    """

    def __init__(self) -> None:
        self.keys: list[str] = []
        self._candidates = 0
        self._first: list[int] = []
        self._least: list[tuple[str, int]] = []

    def put(self, key: str, is_paper: bool) -> None:
        """Add the next row's unit, by the key of its embedding."""
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
        """The number of units added."""
        return len(self.keys)

    def rows(self) -> Integers:
        """The chosen rows, ascending: all of a small corpus, those with the smallest keys of a large one."""
        chosen = self._first if self._candidates <= ALL_UPTO else [row for _, row in sorted(self._least)[:SAMPLE]]
        return np.sort(np.array(chosen, dtype=np.int64))


def content_fingerprint(store: Store, unaudited: Sequence[str] = ()) -> str:
    """16 hexadecimal digits that identify model, documents, passages, placements, what is known of
    cited works, and given titles, in order, but not float bits.

    `unaudited`: ids of the documents whose citations no answer can doubt.
    """
    documents = "SELECT id, checksum FROM document ORDER BY position"
    query = "SELECT p.id, p.checksum FROM passage p JOIN document d ON d.id = p.document ORDER BY d.position, p.place"
    placed = ((each.review, str(each.reference)) for each in placements(store) if each.review)
    looked = ((key, status.model_dump_json()) for key, status in sorted(standings(store).items()))
    rows = chain(store.each(documents), store.each(query), placed, looked, given_titles(store).items())
    return checksum_of(chain([store.fact("fingerprint")], chain.from_iterable(rows), unaudited))[:16]
