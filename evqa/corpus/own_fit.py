"""Ask a corpus with the parameters fitted for its embedding model, and say so where there are none."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from evqa.corpus.corpus import Corpus
from evqa.fitted import fitted_for

UNFITTED = "the confidence isn't fitted for the embedding model of this corpus: trust the quotations, not the figure"
Rest = ParamSpec("Rest")
Result = TypeVar("Result")


def with_own_fit(
    asking: Callable[Concatenate[str, Corpus, Rest], Result],
) -> Callable[Concatenate[str, Corpus, Rest], Result]:
    """A function of a question and a corpus, computed with what was fitted for that corpus's model."""

    @wraps(asking)
    def asked(question: str, corpus: Corpus, /, *rest: Rest.args, **named: Rest.kwargs) -> Result:
        with fitted_for(corpus.fitted):
            return asking(question, corpus, *rest, **named)

    return asked


def unfitted(corpus: Corpus) -> tuple[str, ...]:
    """The warning of an answer whose confidence isn't fitted for the corpus's model."""
    return () if corpus.fitted else (UNFITTED,)
