"""A corpus is asked with what was fitted for its embedding model."""

from evqa.answer import ask, search
from evqa.corpus.own_fit import UNFITTED
from evqa.fitted import Fitted, fitted, fitted_for, shipped, using
from tests.evqa.invented import BREAD_OUTLINE, BREAD_PASSAGES, BREAD_REFERENCES, BREAD_SHELF
from tests.evqa.shelf import Shelf

QUESTION = "What does reference 7 support?"


def bread(own: Fitted | None) -> Shelf:
    """The shelf of bread, for whose model these parameters were fitted."""
    return Shelf([BREAD_OUTLINE], BREAD_PASSAGES, BREAD_REFERENCES, fitted=own)


def strict() -> Fitted:
    """Parameters with which nothing is answered."""
    confidence = shipped().confidence.model_copy(update={"threshold": 1.1})
    return shipped().model_copy(update={"confidence": confidence})


def test_a_corpus_brings_its_own_parameters() -> None:
    """What was fitted for a corpus's model decides; afterwards, and for others, all is as before."""
    assert ask(QUESTION, BREAD_SHELF).status == "answered"
    assert ask(QUESTION, bread(strict())).status == "insufficient_evidence"
    assert fitted() == shipped()
    assert search(QUESTION, bread(strict())) == search(QUESTION, BREAD_SHELF)


def test_fitting_comes_before() -> None:
    """Parameters that are being tried are used whatever the corpus brings."""
    with using(shipped()):
        assert ask(QUESTION, bread(strict())).status == "answered"
    with using(strict()), fitted_for(shipped()):
        assert fitted() == strict()


def test_an_unfitted_model_is_said() -> None:
    """Answers and refusals alike warn where nothing was fitted for the model, and are given as with the shipped."""
    for question in (QUESTION, "Who won the chess tournament?"):
        plain, warned = ask(question, BREAD_SHELF), ask(question, bread(None))
        assert UNFITTED not in plain.warnings
        assert warned == plain.model_copy(update={"warnings": (*plain.warnings, UNFITTED)})
