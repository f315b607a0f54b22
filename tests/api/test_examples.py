"""Questions that a corpus answers."""

from pathlib import Path

import pytest

from api.examples import SURE, examples
from api.opening import opened
from evqa.answer import ask
from evqa.corpus.corpus import Corpus
from evqa.model import Filters
from evqa.settings import Settings


@pytest.fixture(scope="module")
def corpus(home: Path) -> Corpus:
    """The sample."""
    return opened("default", Settings(home=str(home)))


def test_examples_are_answered_surely(corpus: Corpus) -> None:
    """Each is answered by its own document; of one document there are several, of different kinds; twice the same."""
    found = examples(corpus)
    assert found == examples(corpus)
    assert 3 <= len(found) <= 5
    for each in found:
        answer = ask(each.question, corpus, filters=Filters(document=each.document.id))
        assert answer.status == "answered"
        assert answer.confidence >= SURE
    asked = [each.question for each in found]
    assert len(set(asked)) == len(asked)
    assert any(question.startswith("What is known about ") for question in asked)
    assert any("Table" in question or "reference" in question for question in asked)
