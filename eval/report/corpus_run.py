"""Run a gold set on a corpus: the work behind `evqa eval`."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from eval.report.report import RunReport, measure
from eval.runs.gold import GoldQuestion, check_anchors, load_gold
from eval.runs.run import SystemRun, run_library
from evqa.answer import ask
from evqa.corpus.corpus import Corpus
from index.disk.folder import RECORDS, corpus_folder
from index.store.store import opened

DEPTH = 20


def measure_corpus(gold_path: Path, corpus: Corpus, text: str | None = None) -> RunReport:
    """Ask the corpus every question of the gold set, with 20 passages each, and measure the answers.

    If `text`, the document's canonical text, is given, every anchor must occur in it exactly once.
    Raises InputError if the gold set can't be read or an anchor fails.
    """
    gold = load_gold(gold_path)
    if text is not None:
        check_anchors(gold, text)
    return measure(gold, run_corpus(gold, corpus), gold_path.name, system_of(corpus))


def run_corpus(gold: Sequence[GoldQuestion], corpus: Corpus) -> SystemRun:
    """The corpus's answers to all questions, with 20 passages each."""
    return run_library(gold, lambda question: ask(question, corpus, DEPTH))


def system_of(corpus: Corpus) -> str:
    """The name of a corpus in reports."""
    return f"corpus {corpus.state.name}"


def check_stored(gold: Sequence[GoldQuestion], home: Path, corpus: str) -> None:
    """Check that every anchor occurs once in a document of the corpus. Raises InputError with question and anchor."""
    with closing(opened(corpus_folder(home, corpus) / RECORDS)) as store:
        check_anchors(gold, *store.texts())
