"""`evqa refs`."""

import json
from pathlib import Path

import rispy
from bibtexparser.entrypoint import parse_string

from tests.api.running import MOSS, Run, written


def test_the_whole_bibliography(asked: Run) -> None:
    """Every entry of the sample is listed with its number and how often it is cited."""
    entries = asked("refs", "--json").json
    assert [entry["number"] for entry in entries] == list(range(1, 91))
    assert sum(entry["cited"] for entry in entries) > 90
    assert asked("refs").out.count("  [") == 90


def test_one_entry_with_its_statements(asked: Run) -> None:
    """For one number there is its entry and every statement that cites it, each a slice of the text."""
    entry = asked("refs", "15", "--json").json
    assert entry["number"] == 15
    assert entry["cited"] == sum(not statement["carried"] for statement in entry["statements"])
    assert all(15 in statement["references"] for statement in entry["statements"] if not statement["carried"])
    text = asked("refs", "15").out
    assert "  [15] " in text
    assert "“" in text


def test_an_unknown_number(asked: Run) -> None:
    """A number beyond the list is a mistake that names the range."""
    ran = asked("refs", "97")
    assert (ran.code, ran.out) == (2, "")
    assert "no reference 97" in ran.err
    assert "1 to 90" in ran.err


def test_entries_behind_an_answer(asked: Run) -> None:
    """--cited-by gives the references of the answer, or says that there is none."""
    question = "What does reference 15 support?"
    answer = asked("ask", question, "--json").json
    entries = asked("refs", "--cited-by", question, "--json").json
    assert [entry["number"] for entry in entries] == [entry["number"] for entry in answer["references"]]
    refused = asked("refs", "--cited-by", "What is the boiling point of tungsten hexafluoride?", "--json")
    assert (refused.code, refused.json) == (3, [])


def test_entries_behind_a_question_that_needs_one_document(in_plants: Run) -> None:
    """It is asked back, and the documents that fit are named."""
    ran = in_plants("refs", "--cited-by", "What does reference 2 support?", "--corpus", "plants", "--json")
    assert (ran.code, ran.json) == (3, [])
    assert "needs one document, and 2 fit" in ran.err
    assert "“Moss on stones: a short review” (moss.md)" in ran.err
    assert "lichen.md" in ran.err


def test_no_format_loses_an_entry(asked: Run) -> None:
    """BibTeX, RIS and CSL-JSON of the sample are read back with 90 entries and the same DOIs."""
    dois = [entry.get("DOI") for entry in asked("refs", "--json").json]
    bibtex = parse_string(asked("refs", "--format", "bibtex").out)
    assert not bibtex.failed_blocks
    assert [field.value if (field := entry.get("doi")) else None for entry in bibtex.entries] == dois
    assert [entry.get("doi") for entry in rispy.loads(asked("refs", "--format", "ris").out)] == dois
    assert [item.get("DOI") for item in json.loads(asked("refs", "--format", "csl-json").out)] == dois


def test_no_format_passes_control_characters(asked: Run, tmp_path: Path) -> None:
    """Escape sequences in a bibliography reach no terminal, and the entries keep their lines."""
    path = written(tmp_path / "steering.md", MOSS.replace("Yogurt on", "Yo\x1b[2Jgurt\x07 on"))
    assert asked("ingest", path, "--corpus", "steering").code == 0
    for form in ("text", "json", "bibtex", "ris", "csl-json"):
        printed = asked("refs", "--corpus", "steering", "--format", form).out
        assert all(character.isprintable() or character in "\n\t" for character in printed)
    assert len(parse_string(asked("refs", "--corpus", "steering", "--format", "bibtex").out).entries) == 4
