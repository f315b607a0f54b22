"""`evqa eval`: measure a corpus, or a stored run of any system, on a gold set."""

import argparse
from pathlib import Path

from api.arguments import add_corpus, add_json
from api.errors import DONE
from api.opening import opened
from eval.command import measure_corpus, measure_run
from eval.gold import load_gold
from eval.report import Report
from evqa.errors import UsageError
from evqa.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa eval`."""
    parser.add_argument("gold", metavar="GOLD.jsonl", type=Path, help="questions with evidence and references")
    parser.add_argument("--run", metavar="RUN.jsonl", type=Path, help="measure this stored run, not a corpus")
    add_corpus(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the measures with their 95 % intervals."""
    if arguments.run and arguments.corpus:
        raise UsageError(f"--run {arguments.run} and --corpus {arguments.corpus}: give one of the two")
    report = _measured(arguments, settings)
    print(report.model_dump_json() if arguments.json else "\n".join(report.lines()))
    return DONE


def _measured(arguments: argparse.Namespace, settings: Settings) -> Report:
    if arguments.run:
        return measure_run(arguments.gold, arguments.run)
    # Questions that can't be read are told before a sample is indexed for them.
    load_gold(arguments.gold)
    return measure_corpus(arguments.gold, opened(arguments.corpus, settings))
