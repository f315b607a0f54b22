"""A multipart form taken apart as it comes: files are written where they will lie, only a piece is in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from anyio import to_thread
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException

from api.http.guards.receiving import UPLOAD
from api.http.jobs.job import Uploaded
from api.http.jobs.upload_names import check_format, safe_name
from evqa.errors import UsageError
from evqa.settings import Settings
from index.disk.durable import make_private, refusals
from ingest.reader import LIMIT

MOST_FILES = 100
MOST_PARTS = MOST_FILES + 10
LONGEST_FIELD = 1_000


@dataclass(frozen=True)
class Limits:
    """Bytes of one upload, bytes of one of its files, and how many files it may have."""

    upload: int
    file: int = LIMIT
    files: int = MOST_FILES


def limits_from(settings: Settings) -> Limits:
    """The limits that are set. Raises UsageError for what isn't a number of bytes, 1 to 512,000,000."""
    given = settings.upload
    if given.isascii() and given.isdigit() and 1 <= int(given[:12]) <= UPLOAD:
        return Limits(int(given))
    raise UsageError(f"EVQA_UPLOAD {given[:40]!r}", "not a number of bytes", f"give 1 to {UPLOAD:,}")


@dataclass
class Form:
    """What a form held: files, in order, and plain fields."""

    files: list[Uploaded] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)


async def received(stream: AsyncIterator[bytes], content_type: str, folder: Path, limits: Limits) -> Form:
    """The form that comes, its files under `folder`, each in a folder of its own, flushed to the disk by their owner.

    Raises HTTPException: 400 where it can't be taken apart, 413 where it is too large, 415 for what isn't a form or a
    file that isn't read, 422 for a field that isn't known; StorageError where the disk refuses.
    """
    parts = _Parts(folder, limits)
    parser = MultipartParser(_boundary(content_type), parts.callbacks())  # type: ignore[arg-type]
    taken = 0
    try:
        async for piece in stream:
            if (taken := taken + len(piece)) > limits.upload:
                raise HTTPException(413, f"the upload is larger than {limits.upload:,} bytes; send fewer files at once")
            await to_thread.run_sync(_write, parser, piece, folder)
        await to_thread.run_sync(parser.finalize)
    except FormParserError as error:
        raise HTTPException(400, f"the form can't be taken apart ({error}); send it as multipart/form-data") from error
    finally:
        parts.close()
    if not parts.is_whole:
        raise HTTPException(400, "the form ends before its last boundary; send all of it")
    return parts.form


def _write(parser: MultipartParser, piece: bytes, folder: Path) -> None:
    with refusals(folder):
        parser.write(piece)


def _boundary(content_type: str) -> bytes:
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data":
        raise HTTPException(415, "the body isn't a form; send the files as multipart/form-data")
    if not (boundary := options.get(b"boundary", b"")) or len(boundary) > 200:
        raise HTTPException(400, "the form's Content-Type names no boundary, or one that is too long")
    return boundary


class _Parts:
    """The form as it grows, told by the parser's calls."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.form = Form()
        self.is_whole = False
        self._folder, self._limits = folder, limits
        self._headers: dict[bytes, bytes] = {}
        self._name, self._value = b"", b""
        self._parts = 0
        self._field, self._text = "", b""
        self._file: BinaryIO | None = None
        self._taken = 0

    def callbacks(self) -> dict[str, object]:
        """What the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": self._on_name,
            "on_header_value": self._on_value,
            "on_header_end": self._on_header,
            "on_headers_finished": self._open,
            "on_part_data": self._take,
            "on_part_end": self._end,
            "on_end": self._finish,
        }

    def close(self) -> None:
        """Closes a file that wasn't received to its end."""
        if self._file:
            self._file.close()
            self._file = None

    def _begin(self) -> None:
        self._headers, self._name, self._value, self._text = {}, b"", b"", b""
        self._parts += 1
        if self._parts > MOST_PARTS:
            raise HTTPException(413, f"more than {MOST_PARTS} parts; send fewer at once")

    def _on_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _on_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _on_header(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name, self._value = b"", b""

    def _open(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._field = options.get(b"name", b"").decode(errors="replace")
        if b"filename" in options:
            self._open_file(options[b"filename"])
        elif self._field != "allow_partial":
            raise HTTPException(422, f"body {self._field[:80]!r}: no such field; the fields are file and allow_partial")

    def _open_file(self, given: bytes) -> None:
        if len(self.form.files) == self._limits.files:
            raise HTTPException(413, f"more than {self._limits.files} files; send fewer at once")
        if not given:
            raise HTTPException(422, "body file: a file without a name; name it, with the suffix of its format")
        name = safe_name(given.decode(errors="replace"))
        check_format(name, self._headers.get(b"content-type", b"").decode(errors="replace"))
        path = make_private(self._folder / str(len(self.form.files))) / name
        path.touch(mode=0o600)
        self._file, self._taken = path.open("wb"), 0
        self.form.files.append(Uploaded(name=name, bytes=0))
        self.form.paths.append(path)

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._file is None:
            self._text += data[start:end]
            if len(self._text) > LONGEST_FIELD:
                raise HTTPException(413, f"body {self._field}: longer than {LONGEST_FIELD:,} bytes")
            return
        self._taken += end - start
        if self._taken > self._limits.file:
            name, most = self.form.files[-1].name, self._limits.file
            raise HTTPException(413, f"{name}: larger than {most:,} bytes; split it into one file a review")
        self._file.write(data[start:end])

    def _end(self) -> None:
        if self._file is None:
            self.form.fields[self._field] = self._text.decode(errors="replace")
            return
        self.close()
        self.form.files[-1] = self.form.files[-1].model_copy(update={"bytes": self._taken})

    def _finish(self) -> None:
        self.is_whole = True
