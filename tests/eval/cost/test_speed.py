"""Costs are taken of the right command and files, and a corpus is measured as it is stored."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.cost.speed import CORPUS, HEAVY, ask_command, environment_of, evqa_script, size_on_disk, store, warm_ask
from eval.report.corpus_run import measure_corpus
from eval.runs.gold import GoldQuestion
from evqa.errors import InputError
from evqa.settings import DEFAULT_MODEL
from index.corpus import StoredCorpus, open_corpus
from index.disk.folder import corpus_folder

pytestmark = pytest.mark.slow

REVIEW = """# Vesicles of the lens

## Abstract

Vesicles of the lens carry crystallin to the retina.

## 1 Cargo

Lens vesicles are between 40 and 90 nm wide (1). Their crystallin protects retinal neurons from light (2).

## References

1. Moe A, Doe B. Size of lens vesicles. J Lens (2019) 3:1–9. doi: 10.1000/lens.1
2. Roe C. Crystallin protects neurons. J Lens (2021) 5:10–9. doi: 10.1000/lens.2
"""
GOLD = [
    GoldQuestion.model_validate(fields)
    for fields in (
        {
            "id": "q1",
            "question": "How wide are lens vesicles?",
            "kind": "factoid",
            "references": [1],
            "evidence": [{"where": "1", "anchor": "between 40 and 90 nm wide"}],
        },
        {"id": "u1", "question": "Who won the chess tournament in Reykjavik?", "kind": "unanswerable"},
    )
]


@pytest.fixture(scope="module")
def home(_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tests' home, where the model is exported once, with the small review in the benchmark's corpus."""
    review = tmp_path_factory.mktemp("benchmark") / "review.md"
    review.write_text(REVIEW, encoding="utf-8")
    reading, storing, stored = store(review, _home, DEFAULT_MODEL)
    assert min(reading, storing) > 0
    assert stored >= 5
    return _home


@pytest.fixture
def library(home: Path) -> Iterator[StoredCorpus]:
    """The stored corpus, opened."""
    with open_corpus(home, CORPUS) as opened:
        yield opened


@pytest.fixture
def gold_path(tmp_path: Path) -> Path:
    """The questions on the small review, as a file."""
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(question.model_dump_json() for question in GOLD))
    return path


def test_a_corpus_is_measured(library: StoredCorpus, gold_path: Path) -> None:
    """Every question is asked, the evidence found in the passages, and all figures are there."""
    report = measure_corpus(gold_path, library, REVIEW)
    assert (report.system, report.gold, report.missing) == ("corpus benchmark", "gold.jsonl", ())
    assert report.overall["hit@5"].value == 1
    assert {"reference_F1", "AUROC", "ECE", "decision_accuracy"} <= report.overall.keys()
    assert report.latency.p50 > 0


def test_a_gold_set_of_another_document_is_refused(library: StoredCorpus, gold_path: Path) -> None:
    """With the document's text, an anchor that isn't in it ends the measurement."""
    with pytest.raises(InputError, match="q1: the anchor 'between 40 and 90 nm wide' occurs nowhere"):
        measure_corpus(gold_path, library, "Another text.")


def test_warm_questions_are_timed(library: StoredCorpus) -> None:
    """Three passes over the questions count, the first one doesn't."""
    warm = warm_ask(library, [question.question for question in GOLD])
    assert warm.asks == 6
    assert 0 < warm.p50 <= warm.p99


def test_size_counts_every_file(tmp_path: Path, home: Path) -> None:
    """Files in subfolders count with their bytes, folders with none; a stored corpus has a size."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "one").write_bytes(b"12345")
    (tmp_path / "a" / "b" / "two").write_bytes(b"123")
    assert size_on_disk(tmp_path) == 8
    assert size_on_disk(corpus_folder(home, CORPUS)) > len(REVIEW)


def test_a_question_is_asked_of_the_benchmark_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command is the installed script, a question that starts with a dash stays one, the home is given."""
    monkeypatch.setenv("EVQA_HOME", "/elsewhere")
    assert evqa_script().is_file()
    assert ask_command("-k?")[-4:] == ["benchmark", "--json", "--", "-k?"]
    assert environment_of(tmp_path)["EVQA_HOME"] == str(tmp_path)
    assert "torch" in HEAVY
