"""Stages tell how long they took."""

from dataclasses import dataclass, field

import pytest

from api.http.staging import Staged, stage
from evqa.corpus.corpus import Query
from tests.evqa.shelf import Shelf


@dataclass
class Told:
    """Remembers what it was told."""

    stages: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def __call__(self, name: str, seconds: float) -> None:
        """See Watch."""
        self.stages.append(name)
        self.seconds += seconds


def test_a_stage_that_fails_is_told_too() -> None:
    """Its error goes on, its time is taken."""
    told = Told()
    with pytest.raises(ValueError, match="no"), stage("working", told):
        raise ValueError("no")
    assert told.stages == ["working"]
    assert told.seconds >= 0


def test_retrieval_is_a_stage_and_nothing_else_changes() -> None:
    """What is found is what the corpus itself finds, and so is all else that it says."""
    told, whole = Told(), Shelf((), (), ())
    staged, query = Staged(whole, told), Query("moss")
    assert staged.retrieve(query) == whole.retrieve(query)
    assert told.stages == ["retrieving"]
    assert staged.outlines() == whole.outlines()
    assert staged.state == whole.state
