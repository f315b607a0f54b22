"""What became of one file, as a record."""

from pathlib import Path

from api.intake.outcome import FileOutcome, failed
from evqa.errors import ErrorFacts

EARLIER = '{"file":"a.md","state":"failed","references":0,"integrity":null,"error":"empty file: fill it"}'


def test_an_outcome_survives_its_way_as_json() -> None:
    """From process to process and into the store an outcome stays the same; `error` is the failure in one line."""
    outcome = failed(Path("folder/a.md"), ErrorFacts("a.md", "empty file", "fill it", "0 bytes"))
    assert FileOutcome.model_validate_json(outcome.model_dump_json()) == outcome
    assert outcome.model_dump()["error"] == "folder/a.md: empty file (0 bytes); fill it"


def test_an_outcome_under_another_name() -> None:
    """Under the name that a file was uploaded with, the failure names no folder of the server."""
    outcome = failed(Path("/server/uploads/a.md"), ErrorFacts("a.md", "empty file", "fill it")).of_file("a.md")
    assert (outcome.file, outcome.error) == ("a.md", "empty file; fill it")


def test_an_outcome_of_an_earlier_version() -> None:
    """What version 0.1 stored of a job, the line of the error alone, can be read."""
    outcome = FileOutcome.model_validate_json(EARLIER)
    assert (outcome.error, outcome.is_stored) == ("empty file: fill it", False)
