"""Files whose pages can be shown are kept, come and go with their documents, and are checked."""

from pathlib import Path

import pytest

from evqa.errors import StorageError
from evqa.model import Source
from index.disk.durable import sha256_of
from index.store import sources
from index.store.sources import is_kept, keep, source_file, source_findings, sweep_sources
from ingest.reader import source_of

PRINTED = b"%PDF-1.4 wool"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file to be kept."""
    path = tmp_path / "wool.pdf"
    path.write_bytes(PRINTED)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus's folder."""
    return tmp_path / "corpora" / "wool"


@pytest.fixture
def source(file: Path) -> Source:
    """What a reader says of the file."""
    return source_of(file.name, PRINTED)


def kept(folder: Path) -> list[str]:
    """Names of what is kept."""
    return sorted(path.name for path in (folder / sources.SOURCES).iterdir())


def test_a_file_is_kept_under_its_content(folder: Path, file: Path, source: Source) -> None:
    """Byte by byte and for its owner alone, once however often it comes, when the first one is gone, too."""
    assert keep(folder, source, file)
    where = source_file(folder, source)
    assert where.read_bytes() == PRINTED
    assert where.stat().st_mode & 0o077 == 0
    file.unlink()
    assert keep(folder, source, file)
    assert kept(folder) == [f"{source.sha256}.pdf"]


def test_another_content_is_not_kept(folder: Path, file: Path, source: Source) -> None:
    """A file that changed since it was read, or is gone, leaves nothing behind."""
    file.write_bytes(b"%PDF-1.4 salt")
    assert not keep(folder, source, file)
    file.unlink()
    assert not keep(folder, source, file)
    assert kept(folder) == []


def test_only_what_has_pages_is_kept() -> None:
    """A PDF is, a text isn't."""
    assert is_kept(source_of("a.PDF", b""))
    assert not is_kept(source_of("a.md", b""))


def test_what_no_document_needs_goes(folder: Path, file: Path, source: Source) -> None:
    """With it whatever an interrupted run left; what is needed stays, and a folder that isn't there is none."""
    sweep_sources(folder, ())
    keep(folder, source, file)
    (folder / sources.SOURCES / ".half.pdf.new").write_bytes(b"half")
    sweep_sources(folder, [source.sha256])
    assert kept(folder) == [f"{source.sha256}.pdf"]
    sweep_sources(folder, ["0" * 64])
    assert kept(folder) == []


def test_a_damaged_file_is_found(folder: Path, file: Path, source: Source) -> None:
    """One changed byte is named with what to do; a sound one isn't."""
    assert list(source_findings(folder)) == []
    keep(folder, source, file)
    assert list(source_findings(folder)) == []
    source_file(folder, source).write_bytes(b"%PDF-1.4 wooI")
    (finding,) = source_findings(folder)
    assert f"{source.sha256}.pdf is damaged: delete it and ingest the file again" in finding


def test_what_a_writer_is_at_is_not_damaged(
    folder: Path, file: Path, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a copy that isn't finished nor a file that goes while it is looked at is a finding."""
    keep(folder, source, file)
    where = source_file(folder, source)
    (where.parent / f".{where.name}.new").write_bytes(PRINTED[:4])
    assert list(source_findings(folder)) == []

    def after_a_removal(path: Path) -> str:
        path.unlink()
        return sha256_of(path)

    monkeypatch.setattr("index.sources.sha256_of", after_a_removal)
    assert list(source_findings(folder)) == []


def test_a_disk_that_refuses(folder: Path, file: Path, source: Source) -> None:
    """A folder that can't be made is one error that names it."""
    folder.parent.mkdir(parents=True)
    folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(StorageError, match="wool"):
        keep(folder, source, file)
