"""`evqa search`: the ranked passages for a question, without an answer."""

import argparse

from api.answers import search_json
from api.cli.arguments import (
    QUESTION,
    Joined,
    add_corpus,
    add_filters,
    add_json,
    checked_text,
    count,
    filters_given,
)
from api.errors import DONE
from api.opening import opened
from api.text.answer import passages_text
from api.text.terminal import say, width
from evqa.answer import search
from evqa.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa search`."""
    parser.add_argument("question", metavar="QUESTION", nargs="+", action=Joined, help=QUESTION)
    parser.add_argument("-k", type=count, default=10, metavar="K", help="passages to give, 1 to 100 (default: 10)")
    add_corpus(parser)
    add_filters(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the passages; with --json as {"question", "passages", "corpus"}."""
    question = checked_text(arguments.question, "the question")
    filters = filters_given(arguments)
    corpus = opened(arguments.corpus, settings)
    if arguments.json:
        print(search_json(question, corpus, arguments.k, filters))
    elif passages := search(question, corpus, arguments.k, filters):
        print(passages_text(passages, width()))
    else:
        say("no passage shares anything with this question; ask in other words")
    return DONE
