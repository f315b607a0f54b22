"""A corpus as one file, and back: nothing is lost, nothing damaged or hostile gets in, and version 0.1's are read."""

import json
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from evqa.answer import ask
from evqa.corpus.corpus import Filter
from evqa.errors import CorpusError, InputError, UsageError
from evqa.model import Source
from evqa.settings import DEFAULT_MODEL
from index.archive import IMPORTING, MANIFEST, export_corpus, import_corpus
from index.corpus import open_corpus
from index.disk.folder import RECORDS
from index.models.embed import Embedder
from index.verify import verify
from index.writer import writing
from tests.index.documents import TEXTS, document, passages

Load = Callable[[str], Embedder]
PDF = b"%PDF-1.7 not a real one"


@pytest.fixture
def archive(home: Path, load: Load, tmp_path: Path) -> Path:
    """The archive of a corpus of two documents, one with a copy of its PDF."""
    pdf = tmp_path / "paper.pdf"
    pdf.write_bytes(PDF)
    with writing(home, "lab", DEFAULT_MODEL, load) as writer:
        for texts, name in ((TEXTS, "review.md"), (("Other words.",), "other.md")):
            of = document(texts, name)
            writer.put(of, passages(of))
        source = Source(name="paper.pdf", sha256=sha256(PDF).hexdigest(), media_type="application/pdf")
        of = document(("Words of a paper.",), "paper.pdf").model_copy(update={"source": source})
        writer.put(of, passages(of))
        assert writer.keep(source, pdf)
    export_corpus(home, "lab", tmp_path / "lab.evqa")
    return tmp_path / "lab.evqa"


@pytest.fixture
def elsewhere(tmp_path: Path, models: Path) -> Path:
    """Another home, without a corpus."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "models").symlink_to(models / "models")
    return folder


def left(home: Path) -> list[str]:
    """What lies beside the corpora of a home, and the corpora."""
    return sorted(path.name for path in (home / "corpora").glob("*"))


def rewritten(archive: Path, changed: dict[str, bytes | None]) -> Path:
    """A copy of an archive with other contents in some places; None leaves one out."""
    copy = archive.with_name("changed.evqa")
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as new:
        contents: dict[str, bytes | None] = {name: old.read(name) for name in old.namelist()}
        for name, content in (contents | changed).items():
            if content is not None:
                new.writestr(name, content)
    return copy


def manifest_of(archive: Path) -> dict[str, object]:
    """The manifest of an archive as JSON."""
    with zipfile.ZipFile(archive) as opened:
        found: dict[str, object] = json.loads(opened.read(MANIFEST))
    return found


def test_all_comes_back(home: Path, elsewhere: Path, archive: Path, tmp_path: Path) -> None:
    """Documents, passages, copies of PDFs and the corpus's fingerprint are the same elsewhere; so is its archive."""
    name, manifest = import_corpus(elsewhere, archive, DEFAULT_MODEL)
    assert (name, manifest.documents, manifest.passages) == ("lab", 3, len(TEXTS) + 2)
    with open_corpus(home, "lab") as old, open_corpus(elsewhere, "lab") as new:
        assert new.state == old.state
        assert new.passages(Filter()) == old.passages(Filter())
    assert [path.read_bytes() for path in (elsewhere / "corpora/lab/sources").iterdir()] == [PDF]
    assert verify(elsewhere, "lab") == ()
    export_corpus(elsewhere, "lab", tmp_path / "again.evqa")
    assert (tmp_path / "again.evqa").read_bytes() == archive.read_bytes()


def test_it_is_no_longer_than_it_must_be(elsewhere: Path, archive: Path) -> None:
    """The imported corpus can be written to at once: no lock of the import is left."""
    import_corpus(elsewhere, archive, DEFAULT_MODEL, "other")
    with writing(elsewhere, "other", DEFAULT_MODEL) as writer:
        writer.remove("other.md")
    assert left(elsewhere) == ["other"]
    assert not list((elsewhere / "corpora/other").glob("*.json"))


def test_a_corpus_that_is_there_stays(home: Path, archive: Path) -> None:
    """An import never touches a corpus; under another name it stands beside it."""
    with pytest.raises(CorpusError, match="--as"):
        import_corpus(home, archive, DEFAULT_MODEL)
    import_corpus(home, archive, DEFAULT_MODEL, "copy")
    assert left(home) == ["copy", "lab"]
    with pytest.raises(UsageError):
        import_corpus(home, archive, DEFAULT_MODEL, "../out")


def test_a_file_that_is_there_stays(home: Path, archive: Path) -> None:
    """An export replaces no file, and needs a folder."""
    before = archive.read_bytes()
    with pytest.raises(InputError, match="is there already"):
        export_corpus(home, "lab", archive)
    with pytest.raises(InputError, match="no such folder"):
        export_corpus(home, "lab", archive.parent / "none" / "lab.evqa")
    assert archive.read_bytes() == before
    assert not list(archive.parent.glob(".evqa-*"))


def test_every_flip_is_seen(elsewhere: Path, archive: Path) -> None:
    """A byte changed anywhere in what counts, or an end that is missing: refused, and nothing is left of it.

    Bytes of a ZIP that say nothing (times, versions) may be any; then what is imported is the same.
    """
    good = archive.read_bytes()
    bad = archive.with_name("bad.evqa")
    refused = 0
    for place in range(0, len(good), max(1, len(good) // 60)):
        bad.write_bytes(good[:place] + bytes([good[place] ^ 0x55]) + good[place + 1 :])
        try:
            name, _ = import_corpus(elsewhere, bad, DEFAULT_MODEL, f"n{place}")
        except InputError:
            refused += 1
            continue
        assert verify(elsewhere, name) == ()
    assert refused >= 55
    assert all(name.startswith("n") for name in left(elsewhere))
    for end in (0, 1, len(good) // 2, len(good) - 1):
        bad.write_bytes(good[:end])
        with pytest.raises(InputError):
            import_corpus(elsewhere, bad, DEFAULT_MODEL, "cut")
    assert "cut" not in left(elsewhere)


def test_only_what_a_corpus_has_gets_in(elsewhere: Path, archive: Path) -> None:
    """Paths that lead out, files that aren't named, more bytes than named, a wrong name of a copy: refused."""
    manifest = manifest_of(archive)
    files = manifest["files"]
    assert isinstance(files, list)
    out = {"path": "../../evil.pdf", "bytes": 1, "sha256": "0" * 64}
    longer = [{**each, "bytes": each["bytes"] - 1} for each in files]
    changes: tuple[dict[str, object], ...] = (
        {"files": [*files, out]},
        {"files": files[1:]},
        {"files": [*files, files[0]]},
        {"files": longer},
    )
    for given in changes:
        bad = rewritten(archive, {MANIFEST: json.dumps(manifest | given).encode()})
        with pytest.raises(InputError, match="damaged"):
            import_corpus(elsewhere, bad, DEFAULT_MODEL)
    other = f"sources/{'0' * 64}.pdf"
    renamed = [{**each, "path": other} if each["path"] != RECORDS else each for each in files]
    changed: dict[str, bytes | None] = {MANIFEST: json.dumps(manifest | {"files": renamed}).encode(), other: PDF}
    with pytest.raises(InputError, match="called after"):
        import_corpus(elsewhere, rewritten(archive, changed), DEFAULT_MODEL)
    assert left(elsewhere) == []


def test_programs_in_records_are_refused(elsewhere: Path, archive: Path, tmp_path: Path) -> None:
    """Records with a trigger or a view are no records, though their checksum is right."""
    with zipfile.ZipFile(archive) as opened:
        opened.extract(RECORDS, tmp_path)
    with closing(sqlite3.connect(tmp_path / RECORDS)) as connection, connection:
        connection.execute("CREATE VIEW odd AS SELECT 1")
    content = (tmp_path / RECORDS).read_bytes()
    manifest = manifest_of(archive)
    files = manifest["files"]
    assert isinstance(files, list)
    told = {"path": RECORDS, "bytes": len(content), "sha256": sha256(content).hexdigest()}
    named = json.dumps(manifest | {"files": [told, *files[1:]]}).encode()
    with pytest.raises(InputError, match="programs"):
        import_corpus(elsewhere, rewritten(archive, {MANIFEST: named, RECORDS: content}), DEFAULT_MODEL)


def test_a_newer_archive_says_so(elsewhere: Path, archive: Path) -> None:
    """A format of a later version, whatever else it holds, is told from damage."""
    newer = json.dumps({"kind": "evqa corpus", "format": 2, "parts": []}).encode()
    with pytest.raises(InputError, match="newer version"):
        import_corpus(elsewhere, rewritten(archive, {MANIFEST: newer}), DEFAULT_MODEL)


def test_no_archive_has_a_model_loaded(elsewhere: Path, archive: Path) -> None:
    """A model that the user didn't set is named, and not looked for."""
    named = json.dumps(manifest_of(archive) | {"model": "somebody/something"}).encode()
    with pytest.raises(UsageError, match="EVQA_MODEL=somebody/something"):
        import_corpus(elsewhere, rewritten(archive, {MANIFEST: named}), DEFAULT_MODEL)


def test_what_a_kill_left_is_swept(elsewhere: Path, archive: Path) -> None:
    """A folder of an import that was killed goes with the next import."""
    killed = elsewhere / "corpora" / f"{IMPORTING}x"
    killed.mkdir(parents=True)
    (killed / RECORDS).write_bytes(b"half")
    import_corpus(elsewhere, archive, DEFAULT_MODEL)
    assert left(elsewhere) == ["lab"]


def test_damage_isnt_exported(home: Path, archive: Path) -> None:
    """A corpus with a changed copy of a PDF isn't exported, and nothing is left of the attempt."""
    (copy,) = (home / "corpora/lab/sources").iterdir()
    copy.write_bytes(b"other")
    with pytest.raises(CorpusError, match="damaged"):
        export_corpus(home, "lab", archive.with_name("two.evqa"))
    assert not archive.with_name("two.evqa").exists()


def test_a_corpus_of_version_0_1_lives_on(home: Path, elsewhere: Path, tmp_path: Path, load: Load) -> None:
    """A corpus that version 0.1 wrote is asked, added to, exported, and asked elsewhere."""
    (home / "corpora").mkdir()
    with tarfile.open(Path(__file__).with_name("corpus-0.1.tar.xz")) as old:
        old.extractall(home / "corpora", filter="data")
    question = "How fast do crystals grow in still brine?"
    with open_corpus(home, "salt") as corpus:
        first = ask(question, corpus)
    assert "twice as fast" in first.claims[0].text
    assert [each.number for each in first.references] == [2, 3]
    with writing(home, "salt", DEFAULT_MODEL, load) as writer:
        of = document()
        writer.put(of, passages(of))
    export_corpus(home, "salt", tmp_path / "salt.evqa")
    import_corpus(elsewhere, tmp_path / "salt.evqa", DEFAULT_MODEL)
    with open_corpus(elsewhere, "salt") as corpus:
        again = ask(question, corpus)
    assert again.claims[0].text == first.claims[0].text
    assert verify(elsewhere, "salt") == ()
