"""A file of questions."""

from pathlib import Path

import pytest

from api.cli.batch import load_questions
from evqa.errors import InputError


def written(folder: Path, text: str) -> Path:
    """A file of questions with this text."""
    path = folder / "questions.jsonl"
    path.write_text(text, encoding="utf-8")
    return path


def test_questions_keep_their_order_and_ids(tmp_path: Path) -> None:
    """Ids may be texts or numbers; blank lines, a byte order mark and further fields don't matter."""
    path = written(tmp_path, '\ufeff{"id": "b", "question": "β\u2028?", "kind": "x"}\n\n{"id": 7, "question": ""}\n')
    assert [(item.id, item.question) for item in load_questions(path)] == [("b", "β\u2028?"), (7, "")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", "not an object"),
        ('{"question": "x"}', '"id" is None'),
        ('{"id": true, "question": "x"}', '"id" is True'),
        ('{"id": 1}', '"question" is None'),
        ('{"id": 1, "question": 5}', '"question" is 5'),
        ('{"id": 1, "question": "\\ud800"}', "half a surrogate"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, why: str) -> None:
    """The message holds the number of the line and what is wrong with it."""
    path = written(tmp_path, '{"id": 1, "question": "x"}\n' + line)
    with pytest.raises(InputError, match=rf"questions\.jsonl, line 2: {why}"):
        load_questions(path)


def test_a_file_without_questions(tmp_path: Path) -> None:
    """An empty file is an error, not an empty answer."""
    with pytest.raises(InputError, match="holds no question"):
        load_questions(written(tmp_path, "\n"))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing file and one that isn't UTF-8 are named."""
    with pytest.raises(InputError, match=r"none\.jsonl: can't be read \(No such file"):
        load_questions(tmp_path / "none.jsonl")
    (tmp_path / "latin").write_bytes(b'{"id": 1, "question": "\xe4"}')
    with pytest.raises(InputError, match="not UTF-8"):
        load_questions(tmp_path / "latin")
