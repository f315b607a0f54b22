"""Open the live generation of a corpus for reading."""

import os
from functools import cached_property
from pathlib import Path

import numpy as np

from index.disk.folder import CURRENT, current_of
from index.disk.lock import hold_shared
from index.generation.audited import Audits
from index.generation.layout import BACKGROUND, DENSE, GENERATIONS, LEXICAL, MANIFEST, RECORDS, VECTORS
from index.generation.manifest import Manifest, read_manifest, wrong_bytes, wrong_size
from index.generation.records import Records
from index.models.embedding import Floats, Integers
from index.search.dense import FaissDense, read_faiss
from index.search.directions import Directions, read_directions
from index.search.lexical import TantivyLexical, read_tantivy
from index.search.statements import Statements
from index.search.tokens import Taken, Tokens

ATTEMPTS = 50


class Generation:
    """A generation open for reading. Files are loaded when first needed; a shared lock keeps them until `close`."""

    def __init__(self, folder: Path, manifest: Manifest, held: int) -> None:
        self.folder = folder
        self.manifest = manifest
        self._held = held
        self.records = Records(folder / RECORDS)

    @cached_property
    def audits(self) -> Audits:
        """The audits of the documents' own citations."""
        return Audits(self.folder)

    @cached_property
    def dense(self) -> FaissDense:
        """The FAISS index over rows."""
        return read_faiss(self.folder / DENSE)

    @cached_property
    def lexical(self) -> TantivyLexical:
        """The lexical index over rows."""
        return read_tantivy(self.folder / LEXICAL)

    @cached_property
    def tokens(self) -> Tokens:
        """Token vectors by row."""
        return Tokens(self.folder)

    @cached_property
    def directions(self) -> Directions:
        """What was removed from the token vectors, and must be removed from a question's."""
        return read_directions(self.folder)

    @cached_property
    def vectors(self) -> Floats:
        """Pooled vectors (rows, dim)."""
        vectors: Floats = np.load(self.folder / VECTORS, mmap_mode="r")
        return vectors

    @cached_property
    def statements(self) -> Statements:
        """Vectors of the statements of long passages."""
        return Statements(self.folder)

    @cached_property
    def background(self) -> Integers:
        """The rows that question tokens are weighed against."""
        rows: Integers = np.load(self.folder / BACKGROUND)
        return rows

    @cached_property
    def background_tokens(self) -> Taken:
        """Their token vectors."""
        return self.tokens.of(self.background)

    def close(self) -> None:
        """Release the generation."""
        self.records.close()
        if "audits" in self.__dict__:
            self.audits.close()
        os.close(self._held)


def open_generation(folder: Path) -> Generation | str:
    """Open the live generation of the corpus in `folder`. If it can't be used, returns the reason."""
    for _ in range(ATTEMPTS):
        number = current_of(folder)
        if number is None:
            return f"{CURRENT} is missing or damaged" if (folder / CURRENT).exists() else "no index was published yet"
        held = hold_shared(folder / GENERATIONS / number / MANIFEST)
        if held is not None:
            return checked(folder / GENERATIONS / number, held)
        if current_of(folder) == number:
            return f"{number}/{MANIFEST} is missing"
    return f"{CURRENT} changes too fast"


def checked(folder: Path, held: int) -> Generation | str:
    """The generation in a locked folder. If it can't be used, the lock is released and the reason returned."""
    manifest = read_manifest(folder)
    reason = manifest if isinstance(manifest, str) else wrong_size(folder, manifest) or wrong_bytes(folder, manifest)
    if isinstance(manifest, str) or reason is not None:
        os.close(held)
        return str(reason)
    return Generation(folder, manifest, held)
