"""`evqa ask`: answer one question, or a file of them, from a corpus or straight from files."""

import argparse
from pathlib import Path

from api.cli.arguments import (
    QUESTION,
    Joined,
    add_corpus,
    add_filters,
    add_json,
    add_ocr,
    add_strict,
    checked_text,
    count,
    filters_given,
)
from api.cli.batch import answer_to, load_questions
from api.errors import DONE, INSUFFICIENT
from api.opening import check_sound, opened, opened_files
from api.phrasing import Phrase, phraser
from api.text.answer import answer_text
from api.text.json_text import json_text
from api.text.terminal import say, width
from evqa.answer import ask
from evqa.corpus.corpus import Corpus
from evqa.errors import UsageError
from evqa.model import Answer
from evqa.question.filtering import filtered
from evqa.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa ask`."""
    parser.add_argument("question", metavar="QUESTION", nargs="*", action=Joined, help=QUESTION)
    parser.add_argument("-k", type=count, default=5, metavar="K", help="passages to give, 1 to 100 (default: 5)")
    parser.add_argument(
        "--in", dest="files", nargs="+", metavar="FILE", type=Path, help="ask these files; they are indexed once"
    )
    parser.add_argument(
        "--questions", metavar="FILE.jsonl", type=Path, help='ask every {"id", "question"} of a file, one a line'
    )
    parser.add_argument(
        "--phrase", action="store_true", help="also phrased by the language model in EVQA_LLM, every sentence checked"
    )
    add_corpus(parser)
    add_filters(parser)
    add_strict(parser)
    add_ocr(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the answer. The exit code is 3 if the corpus doesn't answer a single question."""
    _check(arguments)
    if arguments.questions:
        return _ask_all(arguments, settings)
    question = checked_text(arguments.question, "the question")
    filters = filters_given(arguments)
    phrase = _phrase(arguments, settings)
    corpus = _corpus(arguments, settings)
    answer = phrase(ask(question, corpus, arguments.k, filters), corpus)
    print(_printed(answer, arguments.json))
    return DONE if answer.status == "answered" else INSUFFICIENT


def _phrase(arguments: argparse.Namespace, settings: Settings) -> Phrase:
    """What phrases an answer, if that is asked for. Raises UsageError if no model is set."""
    return phraser(settings, say) if arguments.phrase else lambda answer, _: answer


def _check(arguments: argparse.Namespace) -> None:
    if arguments.files and arguments.question is None and arguments.questions is None:
        raise UsageError("--in", "takes every text after it for a FILE", "give the QUESTION before it")
    if (arguments.question is None) == (arguments.questions is None):
        both = "give either a QUESTION or --questions FILE.jsonl"
        raise UsageError("", both, "see `evqa ask --help`")
    if arguments.files and arguments.corpus:
        named = f"--in and --corpus {arguments.corpus}"
        raise UsageError(named, "one asks files, the other a stored corpus", "give one of the two")
    if arguments.ocr and not arguments.files:
        raise UsageError("--ocr", "a stored corpus was read when it was ingested", "give it with --in, or to ingest")


def _corpus(arguments: argparse.Namespace, settings: Settings) -> Corpus:
    if arguments.files:
        return opened_files(arguments.files, settings, arguments.strict, arguments.ocr)
    corpus = opened(arguments.corpus, settings)
    if arguments.strict:
        check_sound(corpus)
    return corpus


def _ask_all(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the answers in order, each with its id. The exit code is 0 whether or not they are answered."""
    questions = load_questions(arguments.questions)
    phrase = _phrase(arguments, settings)
    corpus, filters = _corpus(arguments, settings), filters_given(arguments)
    filtered(corpus, filters)  # a filter that fits nothing is said once, before the first answer
    for item in questions:
        answer = phrase(answer_to(item, corpus, arguments.k, filters), corpus)
        if arguments.json:
            print(f'{{"id":{json_text(item.id)},{answer.model_dump_json().removeprefix("{")}')
        else:
            print(f"{item.id}: {item.question}\n{_printed(answer, as_json=False)}\n")
    return DONE


def _printed(answer: Answer, as_json: bool) -> str:
    return answer.model_dump_json() if as_json else answer_text(answer, width())
