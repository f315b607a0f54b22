"""What `evqa eval` does: measure a corpus, or a stored run of any system."""

from pathlib import Path

from eval.gold import check_anchors, load_gold
from eval.report import Report, measure
from eval.run import load_run, run_library
from evqa.answer import ask
from evqa.retriever import Retriever

DEPTH = 20


def measure_corpus(gold_path: Path, retriever: Retriever, text: str | None = None) -> Report:
    """Asks the corpus every question of the gold set, 20 passages each, and measures what comes back.

    With `text`, the document's canonical text, every anchor is first checked to occur in it exactly once.
    Raises InputError when the gold set can't be read or an anchor fails.
    """
    gold = load_gold(gold_path)
    if text is not None:
        check_anchors(gold, text)
    run = run_library(gold, lambda question: ask(question, retriever, DEPTH))
    return measure(gold, run, gold_path.name, f"corpus {retriever.state.name}")


def measure_run(gold_path: Path, run_path: Path) -> Report:
    """Measures a stored run. Raises InputError when a file can't be read or the run answers no question."""
    return measure(load_gold(gold_path), load_run(run_path), gold_path.name, run_path.name)
