"""Derived files: damaged or missing ones are made anew."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evqa.corpus.corpus import Query
from evqa.errors import CorpusError
from evqa.settings import DEFAULT_MODEL
from index.corpus import open_corpus
from index.generation.manifest import Manifest, read_manifest, wrong_bytes
from index.models.embed import Embedder
from index.verify import verify
from index.writer import writing
from tests.index.documents import TEXTS, document, passages
from tests.index.overwriting import overwrite

QUESTION = Query(text="What do vesicles carry?")


@pytest.fixture
def folder(home: Path, load: Callable[[str], Embedder]) -> Path:
    """A published corpus."""
    with writing(home, "default", DEFAULT_MODEL, load) as writer:
        writer.put(document(), passages(document()))
    return home / "corpora" / "default"


def flip(path: Path) -> None:
    """Changes a byte in the middle of a file, which keeps its length."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0x55
    overwrite(path, bytes(content))


def manifest_with(path: Path, **changed: object) -> None:
    """Changes facts in a manifest."""
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "a file is missing": lambda folder: (folder / "generations/1/dense.faiss").unlink(),
    "a file is cut": lambda folder: overwrite(folder / "generations/1/tokens.npy", b"short"),
    "a byte of the vectors is another": lambda folder: flip(folder / "generations/1/dense.faiss"),
    "a byte of the tokens is another": lambda folder: flip(folder / "generations/1/tokens.npy"),
    "a byte of the words is another": lambda folder: flip(next((folder / "generations/1/lexical").glob("*.fieldnorm"))),
    "a byte of the records is another": lambda folder: flip(folder / "generations/1/records.sqlite"),
    "the manifest is missing": lambda folder: (folder / "generations/1/manifest.json").unlink(),
    "the manifest is no JSON": lambda folder: (folder / "generations/1/manifest.json").write_text("{"),
    "the format is another": lambda folder: manifest_with(folder / "generations/1/manifest.json", format=99),
    "no generation is left": lambda folder: shutil.rmtree(folder / "generations"),
    "current is missing": lambda folder: (folder / "current").unlink(),
    "current is damaged": lambda folder: (folder / "current").write_bytes(b"\xff\x00"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_repaired(home: Path, folder: Path, damage: str) -> None:
    """Whatever is wrong with derived files, opening makes them anew, says so once, and answers as before."""
    with open_corpus(home, "default") as corpus:
        expected, state = corpus.retrieve(QUESTION), corpus.state
    DAMAGE[damage](folder)
    said: list[str] = []
    with open_corpus(home, "default", said.append) as corpus:
        assert (corpus.retrieve(QUESTION), corpus.state) == (expected, state)
    assert len(said) == 1
    assert "'default'" in said[0]
    assert verify(home, "default") == ()
    with open_corpus(home, "default", said.append):
        assert len(said) == 1


def test_a_file_that_goes_while_it_is_checked(folder: Path) -> None:
    """Somebody who deletes a generation's files meanwhile is told of as a file that is missing."""
    generation = folder / "generations/1"
    manifest = read_manifest(generation)
    assert isinstance(manifest, Manifest)
    (generation / "dense.faiss").unlink()
    assert wrong_bytes(generation, manifest) == "generation 1: dense.faiss is missing"


def test_damaged_records_are_reported(home: Path, folder: Path) -> None:
    """Records that can't be read are named when nothing derived is left to open."""
    (folder / "current").unlink()
    with (folder / "corpus.sqlite").open("r+b") as file:
        file.write(b"overwritten" * 400)
    with pytest.raises(CorpusError, match=r"corpus\.sqlite.*damaged"):
        open_corpus(home, "default")


def test_the_manifest_describes_the_generation(folder: Path) -> None:
    """Model, dimension, counts and every file but itself are in the manifest."""
    generation = folder / "generations" / "1"
    manifest = json.loads((generation / "manifest.json").read_text())
    assert (manifest["model"], manifest["dimension"]) == (DEFAULT_MODEL, 384)
    assert (manifest["documents"], manifest["passages"], manifest["references"]) == (1, len(TEXTS), 2)
    files = {path.relative_to(generation).as_posix() for path in generation.rglob("*") if path.is_file()}
    assert files - set(manifest["files"]) == {"manifest.json"}


def test_large_files_are_left_to_verify(folder: Path) -> None:
    """Only so many bytes are checked at opening, the smallest files first."""
    manifest = read_manifest(folder / "generations" / "1")
    assert isinstance(manifest, Manifest)
    flip(folder / "generations/1/dense.faiss")
    smaller = sum(e.bytes for e in manifest.files.values() if e.bytes < manifest.files["dense.faiss"].bytes)
    assert wrong_bytes(folder / "generations" / "1", manifest, upto=smaller) is None
    assert wrong_bytes(folder / "generations" / "1", manifest) == "generation 1: dense.faiss is damaged"
