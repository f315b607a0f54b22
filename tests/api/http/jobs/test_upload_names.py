"""What uploaded files may be called."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException

from api.http.jobs.upload_names import check_format, safe_name


@given(st.text(max_size=400))
def test_any_name_is_made_safe(given: str) -> None:
    """Whatever a client sends, the name is one part of a path that a file system takes, shows nothing that steers, and
    stays as it is when it is made safe again."""
    name = safe_name(given)
    assert name not in ("", ".", "..")
    assert not name.startswith(".")
    assert not set(name) & set('/\\<>:"|?*\0')
    assert not {unicodedata.category(char) for char in name} & {"Cc", "Cf", "Cs"}
    assert len(name.encode()) <= 200
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("moss.md", "moss.md"),
        ("../../etc/passwd.md", "passwd.md"),
        ("C:\\Users\\me\\Réview of moss.PDF", "Réview of moss.PDF"),
        ("/.md", "md"),
        (".hidden.md", "hidden.md"),
        ("..", "document"),
        ("a\u202egnp.md", "agnp.md"),
        ("<img src=x onerror=1>.md", "_img src=x onerror=1_.md"),
        ("m\0oss\n.md", "m oss.md"),
        ("x" * 400 + ".pdf", "x" * 180 + ".pdf"),
    ],
)
def test_names(given: str, name: str) -> None:
    """Of a path the last part stays; what steers a path, a terminal or a page goes."""
    assert safe_name(given) == name


@pytest.mark.parametrize(
    ("name", "declared"),
    [
        ("a.md", ""),
        ("a.MD", "text/plain; charset=utf-8"),
        ("a.nxml", "text/xml"),
        ("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.htm", "text/html"),
        ("a.pdf", "application/octet-stream"),
    ],
)
def test_formats_that_are_read(name: str, declared: str) -> None:
    """A suffix that is read is taken with any media type that its files are sent as."""
    check_format(name, declared)


@pytest.mark.parametrize(
    ("name", "declared", "words"),
    [
        ("a.odt", "", "unknown format '.odt'; save it in Word or LibreOffice as .docx"),
        ("a.zip", "", "unknown format '.zip'; give a .docx or .htm"),
        ("README", "text/plain", "unknown format '(no suffix)'"),
        ("a.pdf", "image/png", "declared as 'image/png'; a .pdf file is application/pdf"),
        ("a.md", "text/html", "declared as 'text/html'"),
    ],
)
def test_formats_that_are_not(name: str, declared: str, words: str) -> None:
    """Another suffix or media type is 415, and said."""
    with pytest.raises(HTTPException) as raised:
        check_format(name, declared)
    assert raised.value.status_code == 415
    assert words in raised.value.detail
