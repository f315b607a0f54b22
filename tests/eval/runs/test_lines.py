"""Files of JSON records are read whole or refused with file and line."""

from pathlib import Path

import pytest

from eval.runs.lines import read_lines, unique_ids
from eval.runs.run import Hit
from evqa.errors import InputError


def written(folder: Path, content: bytes) -> Path:
    path = folder / "file.jsonl"
    path.write_bytes(content)
    return path


def test_records_come_in_file_order(tmp_path: Path) -> None:
    """Blank lines, a byte order mark and Windows line ends don't matter; order is kept."""
    path = written(tmp_path, b'\xef\xbb\xbf{"score":1,"text":"a"}\r\n\r\n{"score":2,"text":"b"}')
    assert [hit.text for hit in read_lines(path, Hit)] == ["a", "b"]


def test_line_separators_inside_text_end_no_record(tmp_path: Path) -> None:
    """U+2028 inside a JSON string is text, not the end of a line."""
    path = written(tmp_path, '{"score":1,"text":"a\u2028b"}\n'.encode())
    assert [hit.text for hit in read_lines(path, Hit)] == ["a\u2028b"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", ": empty; give a file with one JSON object a line"),
        (b" \n\n", ": empty; give a file with one JSON object a line"),
        (b"\xff\xfe{", ": not UTF-8 at byte 0; save it as UTF-8"),
        (b'{"score":1,"text":"a"}\n{"score":1,', "line 2: Invalid JSON"),
        (b'{"score":1}', "line 1: text: Field required"),
        (b'\n{"score":"high","text":""}', "line 2: score: .* not 'high'"),
        (b"[1]", r"line 1: .*, not \[1\]"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """Each way a file can be wrong has one line that names the file, the line and the trouble."""
    with pytest.raises(InputError, match=message) as caught:
        read_lines(written(tmp_path, content), Hit)
    assert "file.jsonl" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that isn't there, or is a folder, is an input error that names it."""
    with pytest.raises(InputError, match=r"none.jsonl: can't be read \(No such file or directory\)"):
        read_lines(tmp_path / "none.jsonl", Hit)
    with pytest.raises(InputError, match="can't be read"):
        read_lines(tmp_path, Hit)


def test_a_repeated_id_is_refused() -> None:
    """The first id that stands twice is named."""
    unique_ids(Path("gold.jsonl"), ["a", "b"])
    with pytest.raises(InputError, match=r"gold.jsonl: the id 'a' occurs more than once"):
        unique_ids(Path("gold.jsonl"), ["a", "b", "a"])
