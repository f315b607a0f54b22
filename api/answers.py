"""What every way in gives for a question without an answer: the ranked passages."""

from api.text.json_text import json_text
from evqa.corpus.corpus import Corpus
from evqa.model import CorpusState, RankedPassage, Record

# Passages that one question may ask for.
MOST = 100


class Passages(Record):
    """The best passages for a question."""

    question: str
    passages: tuple[RankedPassage, ...]
    corpus: CorpusState


def search_json(question: str, corpus: Corpus, k: int) -> str:
    """The k best passages as {"question", "passages", "corpus"}."""
    from evqa.answer import search  # commands that ask nothing need no reasoning

    passages = search(question, corpus, k)
    return json_text({"question": question, "passages": passages, "corpus": corpus.state})
