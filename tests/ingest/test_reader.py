"""Files in: what is read and what is refused."""

import os
from pathlib import Path

import pytest

from evqa.errors import InputError
from ingest.reader import LIMIT, read

TEXT = "# Salt\n\n## Introduction\n\nSalt melts at heat in α.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    """UTF-8 with or without BOM and UTF-16 with BOM give the same text."""
    path = tmp_path / "salt.md"
    path.write_text(TEXT, encoding=encoding)
    assert read(path).text == "Salt\n\nIntroduction\n\nSalt melts at heat in α."


def test_line_ends_change_nothing_but_the_id(tmp_path: Path) -> None:
    """CRLF, CR and LF files read alike; the id comes from the bytes."""
    texts = []
    for i, end in enumerate(("\n", "\r\n", "\r")):
        path = tmp_path / f"{i}.txt"
        path.write_bytes(TEXT.replace("\n", end).encode())
        texts.append(read(path))
    assert len({d.text for d in texts}) == 1
    assert len({d.id for d in texts}) == 3


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.md", b"", "empty"),
        ("blank.md", b" \n\n", "empty"),
        ("binary.md", b"\x89PNG\x00\x01", "binary data"),
        ("wide.md", TEXT.encode("utf-32"), "UTF-32"),
        ("latin.md", "Aloè".encode("latin-1"), "offset 3"),
        ("broken.md", "Salt".encode("utf-16") + b"x", "UTF-16"),
        ("salt.zip", b"PK", "unknown format"),
        ("salt.doc", b"x", "unknown format '.doc'.* save it in Word or LibreOffice as .docx"),
        ("salt.odt", b"x", "save it in Word or LibreOffice as .docx"),
        ("salt.rtf", b"x", "save it in Word or LibreOffice as .docx"),
        ("salt.epub", b"x", "give the article's own .pdf, .html or .xml"),
        ("salt.mhtml", b"x", "save the page as HTML"),
        ("salt", b"x", "unknown format"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    """Each unreadable file raises InputError in one line that names it and what is wrong."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=words) as error:
        read(path)
    assert name in str(error.value)
    assert "\n" not in str(error.value)
    assert ": " in str(error.value)


def test_missing_file_and_folder_are_refused(tmp_path: Path) -> None:
    """A path that isn't there and a folder are refused by name."""
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "gone.md")
    with pytest.raises(InputError, match="a folder"):
        read(tmp_path)


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """200 MB are refused by size, which is named with the limit."""
    path = tmp_path / "huge.md"
    with path.open("wb") as file:
        os.truncate(file.fileno(), 200_000_000)
    with pytest.raises(InputError, match=f"200,000,000 bytes, the limit is {LIMIT:,}"):
        read(path)


def test_what_is_no_file_is_told_apart(tmp_path: Path) -> None:
    """A link to nothing, a link to itself, a pipe and a device are refused for what they are, without being opened."""
    (tmp_path / "lost.md").symlink_to("nowhere.md")
    (tmp_path / "round.md").symlink_to("round.md")
    (tmp_path / "zero.md").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.md")
    for name, words in (
        ("lost.md", "a link to 'nowhere.md', where no file is"),
        ("round.md", "a link to 'round.md', where no file is"),
        ("zero.md", "a link to '/dev/zero', where no file is"),
        ("pipe.md", "a device, pipe or socket"),
    ):
        with pytest.raises(InputError, match=words):
            read(tmp_path / name)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("%PDF-1.4\nwords", "a PDF"),
        ('<?xml version="1.0"?>\n<article/>', "XML"),
        ("\n<!DOCTYPE html>\n<p>Salt</p>", "XML or HTML"),
        ("<html><p>Salt</p></html>", "HTML"),
    ],
)
def test_other_formats_are_not_taken_for_text(tmp_path: Path, text: str, kind: str) -> None:
    """A PDF, XML or web page called .md or .txt is refused by what it holds."""
    for name in ("salt.md", "salt.txt"):
        (tmp_path / name).write_text(text)
        with pytest.raises(InputError, match=f"{name}: holds {kind}, not Markdown"):
            read(tmp_path / name)


def test_markdown_may_open_with_a_tag(tmp_path: Path) -> None:
    """HTML within Markdown, and a text that speaks of XML, are read."""
    for text in ('<a id="top"></a>\n\n# Salt\n\nIt melts at heat.\n', "# <?xml and salt\n\nIt melts at heat.\n"):
        (tmp_path / "salt.md").write_text(text)
        assert read(tmp_path / "salt.md").text.endswith("It melts at heat.")
