"""`evqa ask`: answer one question, or a file of them, from a corpus or straight from files."""

import argparse
from pathlib import Path

from api.cli.arguments import add_corpus, add_json, add_partial, checked_text, count
from api.cli.batch import asked, load_questions
from api.errors import DONE, INSUFFICIENT
from api.opening import opened, opened_files
from api.text.answer import answer_text
from api.text.json_text import json_text
from api.text.terminal import width
from evqa.answer import ask
from evqa.corpus.corpus import Corpus
from evqa.errors import UsageError
from evqa.model import Answer
from evqa.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa ask`."""
    parser.add_argument("question", metavar="QUESTION", nargs="?", help="the question, in quotes")
    parser.add_argument("-k", type=count, default=5, metavar="K", help="passages to give, 1 to 100 (default: 5)")
    parser.add_argument(
        "--in", dest="files", nargs="+", metavar="FILE", type=Path, help="ask these files; they are indexed once"
    )
    parser.add_argument(
        "--questions", metavar="FILE.jsonl", type=Path, help='ask every {"id", "question"} of a file, one a line'
    )
    add_corpus(parser)
    add_partial(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the answer; 3 when the corpus doesn't answer a single question."""
    _check(arguments)
    if arguments.questions:
        return _ask_all(arguments, settings)
    question = checked_text(arguments.question, "the question")
    answer = ask(question, _asked_of(arguments, settings), arguments.k)
    print(_printed(answer, arguments.json))
    return DONE if answer.status == "answered" else INSUFFICIENT


def _check(arguments: argparse.Namespace) -> None:
    if arguments.files and arguments.question is None and arguments.questions is None:
        raise UsageError("--in takes every text behind it for a FILE: give the QUESTION before it")
    if (arguments.question is None) == (arguments.questions is None):
        raise UsageError("give either a QUESTION or --questions FILE.jsonl; see `evqa ask --help`")
    if arguments.files and arguments.corpus:
        raise UsageError(f"--in asks files and --corpus {arguments.corpus} a stored corpus; give one of the two")


def _asked_of(arguments: argparse.Namespace, settings: Settings) -> Corpus:
    if arguments.files:
        return opened_files(arguments.files, settings, arguments.allow_partial)
    return opened(arguments.corpus, settings)


def _ask_all(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answers in the order of the questions, each with its id; the exit code is 0 whatever they say."""
    questions = load_questions(arguments.questions)
    corpus = _asked_of(arguments, settings)
    for item in questions:
        answer = asked(item, corpus, arguments.k)
        if arguments.json:
            print(f'{{"id":{json_text(item.id)},{answer.model_dump_json().removeprefix("{")}')
        else:
            print(f"{item.id}: {item.question}\n{_printed(answer, as_json=False)}\n")
    return DONE


def _printed(answer: Answer, as_json: bool) -> str:
    return answer.model_dump_json() if as_json else answer_text(answer, width())
