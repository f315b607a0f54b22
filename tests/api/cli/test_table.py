"""`evqa table`."""

import csv
import io
from pathlib import Path

import pytest

from tests.api.running import Run, written

SLUGS, ALGA = "Why do slugs avoid some cushions?", "Which partners does lichen consist of?"


def test_a_table_is_csv_of_every_document(in_plants: Run) -> None:
    """Each question and document has a row; the same bytes come again, and the exit code is 0."""
    ran = in_plants("table", SLUGS, ALGA)
    rows = list(csv.DictReader(io.StringIO(ran.out, newline="")))
    assert ran.code == 0
    assert [(row["question"], row["file"], row["result"]) for row in rows] == [
        (SLUGS, "moss.md", "found"),
        (SLUGS, "lichen.md", "not found"),
        (ALGA, "moss.md", "not found"),
        (ALGA, "lichen.md", "found"),
    ]
    assert rows[3]["status"] == "[1] not checked for retraction"
    assert in_plants("table", SLUGS, ALGA).out == ran.out


def test_forms_and_what_is_left_out(in_plants: Run) -> None:
    """Markdown, JSON, one document alone, and only documents that answer."""
    assert in_plants("table", ALGA, "--format", "md").out.startswith(f"## {ALGA}\n\n| Document |")
    record = in_plants("table", ALGA, "--document", "Lichen on roofs", "--json").json
    assert [row["source"] for row in record["rows"]] == ["lichen.md"]
    assert in_plants("table", ALGA, "--format", "json", "--found").json["rows"] == record["rows"]


def test_questions_of_a_file(in_plants: Run, tmp_path: Path) -> None:
    """A text has one question a line, a .jsonl one object a line; both stand behind those of the command line."""
    text = written(tmp_path / "asked.txt", f"\ufeff{ALGA}\n\n")
    lines = written(tmp_path / "asked.jsonl", f'{{"id": 1, "question": "{ALGA}"}}\n')
    expected = in_plants("table", SLUGS, ALGA).out
    assert in_plants("table", SLUGS, "--questions", text).out == expected
    assert in_plants("table", SLUGS, "--questions", lines).out == expected


def test_nothing_found_at_all_is_said(in_plants: Run) -> None:
    """Where no document answers, a line on stderr says so, and with --found the table is its header alone."""
    ran = in_plants("table", "What is the boiling point of tungsten hexafluoride?", "--found")
    assert (ran.code, ran.out.count("\n")) == (0, 1)
    assert "no answer was found in any of 2 documents" in ran.err


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), 2, "no question given"),
        (("x", "--json", "--format", "csv"), 2, "exclude each other"),
        (("x", "--format", "xlsx"), 2, "xlsx"),
        (("x", "--document", "fern"), 2, "Moss on stones"),
        (("",), 2, "empty"),
        (("--questions", "gone.txt"), 4, "gone.txt"),
        (("x", "--corpus", "nowhere"), 6, "nowhere"),
    ],
)
def test_what_cant_be_asked(in_plants: Run, arguments: tuple[str, ...], code: int, words: str) -> None:
    """Nothing is printed, the last line on stderr names the mistake, and the exit code is that of its kind."""
    ran = in_plants("table", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err.splitlines()[-1]


@pytest.mark.parametrize("content", [b"\xff\xfe", b" \n\n"])
def test_a_file_without_questions(in_plants: Run, tmp_path: Path, content: bytes) -> None:
    """A file in another encoding, or with nothing in it, ends with 4 and is named."""
    path = tmp_path / "asked.txt"
    path.write_bytes(content)
    ran = in_plants("table", "--questions", path)
    assert (ran.code, ran.err.count("\n")) == (4, 1)
    assert "asked.txt" in ran.err
