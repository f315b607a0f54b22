"""Forms taken apart as they come."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.jobs.upload_form import Limits, limits_from, received
from evqa.errors import UsageError
from evqa.settings import Settings

HEAD = b'Content-Disposition: form-data; name="file"; filename="%s"\r\n\r\n'
LIMITS = Limits(upload=1_000_000)


async def _pieces(body: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


@given(content=st.binary(max_size=300), size=st.integers(min_value=1, max_value=400))
def test_pieces_do_not_matter(tmp_path_factory: pytest.TempPathFactory, content: bytes, size: int) -> None:
    """However a body is cut on its way, the files are the same, byte for byte, and so is what is counted of them."""
    folder = tmp_path_factory.mktemp("form")
    field = b'--x7Q9\r\nContent-Disposition: form-data; name="allow_partial"\r\n\r\ntrue\r\n'
    files = b"".join(b"--x7Q9\r\n" + HEAD % name + content + b"\r\n" for name in (b"a.md", b"../a.md"))
    body = files + field + b"--x7Q9--\r\n"
    form = asyncio.run(received(_pieces(body, size), "multipart/form-data; boundary=x7Q9", folder, LIMITS))
    assert [path.relative_to(folder) for path in form.paths] == [Path("0/a.md"), Path("1/a.md")]
    assert [path.read_bytes() for path in form.paths] == [content, content]
    assert [(each.name, each.bytes) for each in form.files] == [("a.md", len(content))] * 2
    assert form.fields == {"allow_partial": "true"}


@pytest.mark.parametrize("given", ["0", "-1", "1 GB", "512000001", "²"])
def test_a_limit_that_cannot_be(given: str) -> None:
    """Is named."""
    with pytest.raises(UsageError, match=r"EVQA_UPLOAD .*: not a number of bytes; give 1 to 512,000,000"):
        limits_from(Settings(upload=given))


def test_the_limit_that_is_set() -> None:
    """Is that of an upload; without one it is half a gigabyte."""
    assert limits_from(Settings(upload="4096")).upload == 4096
    assert limits_from(Settings()).upload == 512_000_000
