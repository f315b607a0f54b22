"""Ranked passages as JSON, for the command line, the service and MCP."""

from api.text.json_text import json_text
from evqa.corpus.corpus import Corpus
from evqa.model import CorpusState, Filters, RankedPassage, Record
from evqa.settings import MOST_PASSAGES

MOST = MOST_PASSAGES


class Passages(Record):
    """The best passages for a question."""

    question: str
    passages: tuple[RankedPassage, ...]
    corpus: CorpusState


def search_json(question: str, corpus: Corpus, k: int, filters: Filters | None = None) -> str:
    """The k best passages as {"question", "passages", "corpus"}."""
    from evqa.answer import search  # slow to import, and other commands don't need it

    passages = search(question, corpus, k, filters)
    return json_text({"question": question, "passages": passages, "corpus": corpus.state})
