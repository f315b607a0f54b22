"""The form of an upload: Starlette takes it apart, its files are checked and laid where a job finds them.

Starlette keeps what comes in the system's temporary folder (TMPDIR). It takes a form that breaks off for a whole one,
so the last boundary is looked for here.
"""

import shutil
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from api.http.jobs.job import Uploaded
from api.http.jobs.upload_names import check_format, safe_name
from evqa.errors import UsageError
from evqa.settings import Settings
from index.disk.durable import make_private, refusals, sync
from ingest.pdf.ocr.tessdata import check_ocr
from ingest.reader import LIMIT

LARGEST_UPLOAD = 512_000_000
MOST_FILES = 100
# The form's other fields, true or false, and most bytes of each.
SWITCHES = ("strict", "ocr", "allow_partial")
LONGEST_FIELD = 1024


@dataclass(frozen=True)
class UploadLimits:
    """Bytes of one upload, bytes of one of its files, and how many files it may have."""

    upload: int
    file: int = LIMIT
    files: int = MOST_FILES


def limits_from(settings: Settings) -> UploadLimits:
    """The limits that are set. Raises UsageError for what isn't a number of bytes from 1 to 512,000,000."""
    value = settings.upload
    if value.isascii() and value.isdigit() and 1 <= int(value[:12]) <= LARGEST_UPLOAD:
        return UploadLimits(int(value))
    raise UsageError(f"EVQA_UPLOAD {value[:40]!r}", "not a number of bytes", f"give 1 to {LARGEST_UPLOAD:,}")


@dataclass(frozen=True)
class Upload:
    """The files of a form in order, and whether documents with gaps are to be refused.

    `ocr`: the text of scanned PDF pages is to be recognised. `allow_partial` is what the form says of gaps, which
    changes nothing any more.
    """

    files: list[Uploaded]
    strict: bool = False
    ocr: bool = False
    allow_partial: bool = False


class UploadParser(MultiPartParser):
    """Starlette's parser, which stops at too many parts, as each may be an open file, and at a form that breaks off."""

    spool_max_size = 256 * 1024
    is_whole = False
    parts = 0

    def __init__(self, request: Request, limits: UploadLimits) -> None:
        super().__init__(request.headers, self._pieces(request), max_part_size=LONGEST_FIELD)
        self._limits = limits

    async def _pieces(self, request: Request) -> AsyncGenerator[bytes, None]:
        async for piece in request.stream():
            yield piece
        if not self.is_whole:
            raise HTTPException(400, "the form ends before its last boundary; send all of it")

    def on_part_begin(self) -> None:
        """One more part; all files and the fields make a whole form."""
        self.parts += 1
        if self.parts > self._limits.files + len(SWITCHES):
            raise _too_many(self._limits)
        super().on_part_begin()

    def on_end(self) -> None:
        """The last boundary has come."""
        self.is_whole = True


async def received(request: Request, folder: Path, limits: UploadLimits) -> Upload:
    """Take the form of a request, and write its files to `folder`/0/NAME, `folder`/1/NAME and so on, flushed to disk.

    Raises HTTPException: 400 for a form that can't be taken apart, 413 for too many or too large files, 415 for a body
    that isn't a form and for files that evqa doesn't read. Raises UsageError for a field that can't be used,
    ExtraError if OCR is asked for and isn't installed, StorageError if the disk refuses.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
        raise HTTPException(415, "the body isn't a form; send the files as multipart/form-data")
    parser = UploadParser(request, limits)
    try:
        with refusals(folder):
            async with aclosing(parser.stream):
                form = await parser.parse()
    except MultiPartException as error:
        detail = f"the form can't be taken apart ({error.message}); send it as multipart/form-data"
        raise HTTPException(400, detail) from error
    try:
        upload, contents = _checked(form, limits)
        await to_thread.run_sync(_write, upload, contents, folder)
        return upload
    finally:
        await form.close()


def _checked(form: FormData, limits: UploadLimits) -> tuple[Upload, list[UploadFile]]:
    """What the form asks for, and its files. Raises as `received`."""
    contents = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
    fields = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    for name in fields.keys() - {*SWITCHES}:
        raise UsageError(
            f"body {name[:80]!r}",
            "no such field",
            f"the fields are file, {', '.join(SWITCHES[:-1])} and {SWITCHES[-1]}",
        )
    switches = {name: _is_on(name, fields.get(name, "false")) for name in SWITCHES}
    if not contents:
        raise UsageError("body file", "missing", "send at least one file as the field file of a multipart form")
    if len(contents) > limits.files:
        raise _too_many(limits)
    files = [_checked_file(content, limits) for content in contents]
    if switches["ocr"]:
        check_ocr()
    return Upload(files, **switches), contents


def _is_on(name: str, sent: str) -> bool:
    if sent not in ("true", "false"):
        raise UsageError(f"body {name}", f"true or false, not {sent[:80]!r}", "send one of the two")
    return sent == "true"


def _too_many(limits: UploadLimits) -> HTTPException:
    return HTTPException(413, f"more than {limits.files} files; send fewer at once")


def _checked_file(content: UploadFile, limits: UploadLimits) -> Uploaded:
    if not content.filename:
        raise UsageError("body file", "a file without a name", "name it, with the suffix of its format")
    name, size = safe_name(content.filename), content.size or 0
    check_format(name, content.content_type or "")
    if size > limits.file:
        raise HTTPException(413, f"{name}: larger than {limits.file:,} bytes; split it into one file a review")
    return Uploaded(name=name, bytes=size)


def _write(upload: Upload, contents: list[UploadFile], folder: Path) -> None:
    with refusals(folder):
        for place, (file, content) in enumerate(zip(upload.files, contents, strict=True)):
            path = make_private(folder / str(place)) / file.name
            path.touch(mode=0o600)
            with path.open("wb") as copy:
                shutil.copyfileobj(content.file, copy)
            sync(path)
            sync(path.parent)
        sync(folder)
        sync(folder.parent)
