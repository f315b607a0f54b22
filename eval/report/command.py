"""What `evqa eval` does: measure a corpus, or a stored run of any system, on a gold set."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from eval.report.report import Report, measure
from eval.runs.gold import GoldQuestion, check_anchors, load_gold
from eval.runs.run import Run, load_run, run_library
from evqa.answer import ask
from evqa.corpus.corpus import Corpus
from index.disk.folder import RECORDS, corpus_folder
from index.store.store import opened

DEPTH = 20


def measure_corpus(gold_path: Path, corpus: Corpus, text: str | None = None) -> Report:
    """Asks the corpus every question of the gold set, 20 passages each, and measures what comes back.

    With `text`, the document's canonical text, every anchor is first checked to occur in it exactly once.
    Raises InputError when the gold set can't be read or an anchor fails.
    """
    gold = load_gold(gold_path)
    if text is not None:
        check_anchors(gold, text)
    return measure(gold, run_corpus(gold, corpus), gold_path.name, system_of(corpus))


def run_corpus(gold: Sequence[GoldQuestion], corpus: Corpus) -> Run:
    """The corpus's answers to all questions, 20 passages each."""
    return run_library(gold, lambda question: ask(question, corpus, DEPTH))


def system_of(corpus: Corpus) -> str:
    """What reports call a corpus."""
    return f"corpus {corpus.state.name}"


def check_stored(gold: Sequence[GoldQuestion], home: Path, corpus: str) -> None:
    """Raises InputError, naming question and anchor, unless every anchor occurs once in a document of the corpus."""
    with closing(opened(corpus_folder(home, corpus) / RECORDS)) as store:
        check_anchors(gold, *store.texts())


def measure_run(gold_path: Path, run_path: Path) -> Report:
    """Measures a stored run. Raises InputError when a file can't be read or the run answers no question."""
    return measure(load_gold(gold_path), load_run(run_path), gold_path.name, run_path.name)
