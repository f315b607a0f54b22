"""Forms of uploads."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message

from api.http.jobs.upload_form import Upload, UploadLimits, limits_from, received
from evqa.errors import UsageError
from evqa.settings import Settings

HEAD = b'--x7Q9\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\n'
LIMITS = UploadLimits(upload=1_000_000, files=3)


def taken(body: bytes, size: int, folder: Path) -> Upload:
    """What is taken of a form whose body comes in pieces of this size."""
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    coming: list[Message] = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    coming.append({"type": "http.request", "body": b"", "more_body": False})
    messages = iter(coming)

    async def receive() -> Message:
        return next(messages)

    headers = [(b"content-type", b"multipart/form-data; boundary=x7Q9")]
    return asyncio.run(received(Request({"type": "http", "headers": headers}, receive), folder, LIMITS))


@given(content=st.binary(max_size=300), size=st.integers(min_value=1, max_value=400))
def test_pieces_do_not_matter(tmp_path_factory: pytest.TempPathFactory, content: bytes, size: int) -> None:
    """However a body is cut on its way, the files are the same, byte for byte, and so is what is counted of them."""
    folder = tmp_path_factory.mktemp("form")
    field = b'--x7Q9\r\nContent-Disposition: form-data; name="allow_partial"\r\n\r\ntrue\r\n'
    files = b"".join(HEAD % name + content + b"\r\n" for name in (b"a.md", b"../a.md"))
    upload = taken(files + field + b"--x7Q9--\r\n", size, folder)
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    assert [path.relative_to(folder) for path in paths] == [Path("0/a.md"), Path("1/a.md")]
    assert [path.read_bytes() for path in paths] == [content, content]
    assert [(each.name, each.bytes) for each in upload.files] == [("a.md", len(content))] * 2
    assert upload.allow_partial


@pytest.mark.parametrize("end", [b"", b"\r\n", b"\r\n--x7Q9", b"\r\n--x7Q9\r\n" + b"Content-"])
def test_a_form_that_breaks_off_is_not_taken(tmp_path: Path, end: bytes) -> None:
    """Without its last boundary it is refused, even if all its files seem to be there; nothing of it is written."""
    with pytest.raises(HTTPException, match="ends before its last boundary"):
        taken(HEAD % b"a.md" + b"moss" + end, 50, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [4, 5, 500])
def test_too_many_files(tmp_path: Path, number: int) -> None:
    """A few or many too many, it is the same refusal, and nothing is written."""
    body = b"".join(HEAD % b"a.md" + b"moss\r\n" for _ in range(number)) + b"--x7Q9--\r\n"
    with pytest.raises(HTTPException, match="more than 3 files") as refused:
        taken(body, 4_000, tmp_path)
    assert refused.value.status_code == 413
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["0", "-1", "1 GB", "512000001", "²"])
def test_a_limit_that_cannot_be(given: str) -> None:
    """Is named."""
    with pytest.raises(UsageError, match=r"EVQA_UPLOAD .*: not a number of bytes; give 1 to 512,000,000"):
        limits_from(Settings(upload=given))


def test_the_limit_that_is_set() -> None:
    """Is that of an upload; without one it is half a gigabyte."""
    assert limits_from(Settings(upload="4096")).upload == 4096
    assert limits_from(Settings()).upload == 512_000_000
