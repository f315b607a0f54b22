"""Gold sets that a command is given."""

import argparse
from pathlib import Path

import pytest

from eval.runs.given import add_sets, given_set
from eval.sets import GOLD
from evqa.errors import InputError
from ingest.sample import sample_path


def test_a_set_has_name_questions_and_document() -> None:
    """The name is the file's, and every question of it is there."""
    found = given_set(GOLD / "sample.jsonl", sample_path())
    assert (found.name, len(found.questions), found.document) == ("sample", 55, sample_path())


def test_anchors_must_be_in_the_document(tmp_path: Path) -> None:
    """Questions about another document are refused with the first anchor that it lacks."""
    other = tmp_path / "other.md"
    other.write_text("# Moss\n\n## Abstract\n\nMoss thrives in wet soil.\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"the anchor .* occurs nowhere"):
        given_set(GOLD / "sample.jsonl", other)


def test_sets_are_given_in_pairs() -> None:
    """The option may be given several times, each with a file of questions and a document."""
    parser = argparse.ArgumentParser()
    add_sets(parser, False, "sets")
    assert parser.parse_args([]).sets is None
    found = parser.parse_args(["--set", "a.jsonl", "a.md", "--set", "b.jsonl", "b.xml"]).sets
    assert found == [[Path("a.jsonl"), Path("a.md")], [Path("b.jsonl"), Path("b.xml")]]
