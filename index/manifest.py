"""What a generation says of itself, so that a mismatch is seen before it is used."""

from pathlib import Path

from pydantic import ValidationError

from evqa.model import Record
from index.durable import sha256_of

MANIFEST = "manifest.json"
FORMAT = 1


class FileEntry(Record):
    """Size and SHA-256 of one file."""

    bytes: int
    sha256: str


class Manifest(Record):
    """Format, origin, counts and files of a generation.

    `revision` is that of the records which it was made from, `fingerprint` stands for their content.
    """

    format: int = FORMAT
    revision: int
    fingerprint: str
    model: str
    model_fingerprint: str
    dimension: int
    documents: int
    passages: int
    references: int
    tokens: int
    files: dict[str, FileEntry]


def file_entries(folder: Path) -> dict[str, FileEntry]:
    """Every file below the folder but the manifest, by its path relative to it."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {
        path.relative_to(folder).as_posix(): FileEntry(bytes=path.stat().st_size, sha256=sha256_of(path))
        for path in paths
    }


def read_manifest(folder: Path) -> Manifest | str:
    """The manifest of a generation; where it can't be used, the reason."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        return f"{folder.name}/{MANIFEST} is missing"
    except ValidationError as error:
        return f"{folder.name}/{MANIFEST} is damaged ({error.errors()[0]['msg']})"
    if manifest.format != FORMAT:
        return f"generation {folder.name} has format {manifest.format}, expected {FORMAT}"
    return manifest


def wrong_size(folder: Path, manifest: Manifest) -> str | None:
    """The first file that is missing or not as long as the manifest says, in words; None if all are there."""
    for name, entry in manifest.files.items():
        path = folder / name
        found = path.stat().st_size if path.is_file() else None
        if found != entry.bytes:
            state = "is missing" if found is None else f"has {found} bytes, expected {entry.bytes}"
            return f"generation {folder.name}: {name} {state}"
    return None
