"""An answer, phrased by the language model that is set where that is asked for."""

from collections.abc import Callable

from evqa.corpus.corpus import Corpus
from evqa.model import Answer
from evqa.settings import Settings, check_model
from index.disk.folder import home_folder

Phrase = Callable[[Answer, Corpus], Answer]


def phraser(settings: Settings, warn: Callable[[str], None], asked_by: str = "--phrase") -> Phrase:
    """What phrases an answer from a corpus by the model that is set.

    `warn` is told what happens to the kept phrasings. Raises UsageError if no model is set; `asked_by` names what was
    given.
    """
    check_model(settings, asked_by)
    # Nothing of this is loaded unless a phrasing is asked for.
    from evqa.phrasing.phrased import phrased
    from index.judging.endpoint import Endpoint
    from index.phrasing.llm import LlmWriter

    endpoint = Endpoint(settings.llm.rstrip("/"), settings.llm_model, settings.llm_key)
    writer = LlmWriter(endpoint, home_folder(settings), warn)
    return lambda answer, corpus: phrased(answer, writer, corpus)
