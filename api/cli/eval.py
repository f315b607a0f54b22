"""`evqa eval`: measure a corpus or a stored run on a gold set or a retrieval collection, or compare two."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from api.cli.arguments import add_corpus, add_json
from api.cli.extras import extra
from api.errors import DONE
from api.opening import as_set, opened
from api.text.terminal import printable_lines, say
from eval.pages.page import collection_page, comparison_page, report_page
from eval.pages.templates import save_page
from eval.report.comparing import Comparison, compare
from eval.report.corpus_run import check_stored, run_corpus, system_of
from eval.report.outcomes import outcomes
from eval.report.report import RunReport, answering, measure
from eval.retrieval.beir import CollectionReport, compare_collection, measure_collection, search_corpus
from eval.retrieval.stored import stored_collection
from eval.runs.collection import load_collection
from eval.runs.gold import GoldQuestion, load_gold
from eval.runs.run import SystemRun, load_run, save_run
from evqa.errors import InputError, UsageError
from evqa.settings import Settings
from index.corpora import summary
from index.disk.folder import corpus_names, home_folder
from index.models.reranking import check_reranker

Printed = RunReport | Comparison | CollectionReport


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa eval`."""
    parser.add_argument(
        "gold", metavar="GOLD.jsonl", nargs="?", type=Path, help="questions with evidence and references"
    )
    parser.add_argument(
        "--beir", metavar="DIR", type=Path, help="measure search on a collection in BEIR's layout, instead of GOLD"
    )
    parser.add_argument("--run", metavar="RUN.jsonl", type=Path, help="measure this stored run, not a corpus")
    parser.add_argument(
        "--compare",
        metavar=("A", "B"),
        nargs=2,
        help="how B differs from A: each a stored run, or (not with --beir) a corpus by its name",
    )
    parser.add_argument("--save", metavar="RUN.jsonl", type=Path, help="keep what the corpus answered as a stored run")
    parser.add_argument("--report", metavar="OUT.html", type=Path, help="write a page with plots and every question")
    add_corpus(parser)
    add_json(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the measures with their 95 % intervals, or the differences between two systems."""
    _check(arguments)
    with extra("eval", "evqa eval"):
        import ir_measures  # noqa: F401 – told before anything is asked, not at the end of it
    # Read the questions first: a mistake in them shows before a sample is indexed.
    if arguments.beir and arguments.compare:
        found: Printed = _compared_searches(arguments)
    elif arguments.beir:
        found = _searched(arguments, settings)
    elif arguments.compare:
        found = _compared(arguments, load_gold(arguments.gold), settings)
    else:
        found = _measured(arguments, load_gold(arguments.gold), settings)
    print(found.model_dump_json() if arguments.json else printable_lines("\n".join(found.lines())))
    return DONE


def _check(arguments: argparse.Namespace) -> None:
    """Raises UsageError for options that exclude each other."""
    if bool(arguments.gold) == bool(arguments.beir):
        if arguments.gold:
            raise _excluding(f"{arguments.gold} and --beir {arguments.beir}")
        raise UsageError("GOLD.jsonl", "no questions given", "name a gold set, or --beir DIR")
    if arguments.beir and arguments.corpus:
        raise UsageError(f"--corpus {arguments.corpus}", "--beir has a corpus of its own", "leave --corpus out")
    sources = {"--run": arguments.run, "--corpus": arguments.corpus, "--compare": arguments.compare}
    given = [f"{name} {_shown(value)}" for name, value in sources.items() if value]
    if len(given) > 1:
        raise _excluding(" and ".join(given))
    if arguments.save and (arguments.run or arguments.compare):
        option = next(name for name, value in sources.items() if value)
        raise UsageError(f"--save {arguments.save}", "it keeps what a corpus answers", f"leave {option} out")


def _excluding(options: str) -> UsageError:
    return UsageError(options, "they exclude each other", "give one of the two")


def _shown(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list) else str(value)


def _measured(arguments: argparse.Namespace, gold: Sequence[GoldQuestion], settings: Settings) -> RunReport:
    if arguments.run:
        system, answers, size = arguments.run.name, load_run(arguments.run), None
    else:
        system, answers, size = _asked(arguments.corpus, gold, settings)
    report = measure(gold, answers, arguments.gold.name, system, size)
    if arguments.save:
        save_run(answers, arguments.save)
    if arguments.report:
        responses = answering(gold, answers, arguments.gold.name, system)
        save_page(report_page(report, outcomes(gold, responses)), arguments.report)
    return report


def _searched(arguments: argparse.Namespace, settings: Settings) -> CollectionReport:
    """The report on a collection, by searching it or from a stored run."""
    collection = load_collection(arguments.beir)
    if arguments.run:
        system, found, size = arguments.run.name, load_run(arguments.run), None
    else:
        check_reranker(settings.reranker)
        home = home_folder(settings)
        corpus = stored_collection(collection, home, settings.model, say)
        system = ", ".join(["evqa search", settings.model, *_set(settings)])
        found = search_corpus(collection, as_set(corpus, settings))
        size = summary(home, corpus.state.name).bytes
    report = measure_collection(collection, found, system, size)
    if arguments.save:
        save_run(found, arguments.save)
    if arguments.report:
        save_page(collection_page(report, [response.ms for response in found.responses]), arguments.report)
    return report


def _asked(name: str | None, gold: Sequence[GoldQuestion], settings: Settings) -> tuple[str, SystemRun, int]:
    """The system's name, its answers, and the corpus's size on disk in bytes."""
    corpus, home = opened(name, settings), home_folder(settings)
    check_stored(gold, home, corpus.state.name)
    system = ", ".join([system_of(corpus), *_set(settings)])
    return system, run_corpus(gold, corpus), summary(home, corpus.state.name).bytes


def _set(settings: Settings) -> list[str]:
    """What else ranks or decides, if anything is set."""
    return [*filter(None, [settings.reranker]), *([settings.llm_model] if settings.judge == "llm" else [])]


def _compared(arguments: argparse.Namespace, gold: Sequence[GoldQuestion], settings: Settings) -> Comparison:
    a, b = (_system(named, gold, settings) for named in arguments.compare)
    return _with_page(compare(gold, a, b, arguments.gold.name), arguments)


def _compared_searches(arguments: argparse.Namespace) -> Comparison:
    """Compare two stored runs on a collection."""
    a, b = ((Path(named).name, load_run(Path(named))) for named in arguments.compare)
    return _with_page(compare_collection(load_collection(arguments.beir), a, b), arguments)


def _with_page(found: Comparison, arguments: argparse.Namespace) -> Comparison:
    if arguments.report:
        save_page(comparison_page(found), arguments.report)
    return found


def _system(named: str, gold: Sequence[GoldQuestion], settings: Settings) -> tuple[str, SystemRun]:
    """The name and answers of a stored run, or of a corpus."""
    if Path(named).is_file():
        return Path(named).name, load_run(Path(named))
    if named not in corpus_names(home_folder(settings)):
        raise InputError(named, "neither a file nor a corpus", "give a stored run, or a name that `evqa corpora` lists")
    system, answers, _ = _asked(named, gold, settings)
    return system, answers
