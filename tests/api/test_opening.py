"""Which corpus is asked, and by what its passages are ranked."""

import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from api.opening import files_corpus
from evqa.settings import Settings
from index.disk.folder import corpus_names
from index.kept import NOTE
from tests.api.running import Run, written
from tests.api.test_cited_papers import CUSHION
from tests.eval.invented_collection import written_collection

# What writes, audits, lists or reads files; a stored corpus is asked without it.
WRITERS = (
    *("index.writer", "index.verify", "index.corpora", "index.models.embed", "index.models.export"),
    *("index.generation.publish", "index.generation.write_records", "index.generation.audits"),
    *("index.generation.auditing", "index.search.likeness"),
    *("index.store.store", "index.store.placing", "index.store.sources", "index.store.failures"),
    *("evqa.audit", "ingest.reader", "ingest.passages", "eval", "api.intake.storing"),
)
QUESTION = "How much water does a cushion of moss hold?"


@pytest.fixture(scope="module")
def cross_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a cross-encoder."""
    from tests.tinymodel import tiny_cross_encoder  # imports torch

    return tiny_cross_encoder(tmp_path_factory.mktemp("cross") / "tiny")


@pytest.fixture
def reranking(asked: Run, cross_encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command with a cross-encoder, in a home of its own that shares the model."""
    home, models = tmp_path / "home", Path(os.environ["EVQA_HOME"]) / "models"
    home.mkdir()
    (home / "models").symlink_to(models)
    monkeypatch.setenv("EVQA_HOME", str(home))
    monkeypatch.setenv("EVQA_RERANKER", str(cross_encoder))
    return asked


def test_a_cross_encoder_ranks_the_passages(
    reranking: Run, moss: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a cross-encoder set, passages of a corpus and of files come by its score, the same bytes twice."""
    paper = written(tmp_path / "cushion.md", CUSHION)
    assert reranking("ingest", moss, paper, "--corpus", "moss").code == 0
    search = ("search", QUESTION, "-k", "50", "--corpus", "moss", "--json")
    searched = reranking(*search).json["passages"]
    assert all("rerank" in each["scores"] for each in searched)
    assert {each["kind"] for each in searched} >= {"prose", "paper"}
    ask = ("ask", QUESTION, "--corpus", "moss", "--json")
    assert reranking(*ask).out == reranking(*ask).out
    assert "rerank" in reranking("ask", QUESTION, "--json", "--in", moss).json["passages"][0]["scores"]
    monkeypatch.delenv("EVQA_RERANKER")
    plain = reranking(*search).json["passages"]
    assert not any("rerank" in each["scores"] for each in plain)
    assert {each["id"]: each["scores"]["late"] for each in plain} == {
        each["id"]: each["scores"]["late"] for each in searched
    }


def test_a_cross_encoder_is_measured(reranking: Run, cross_encoder: Path, moss: Path, tmp_path: Path) -> None:
    """Gold sets and collections are measured with the cross-encoder that is set, and the report names it."""
    assert reranking("ingest", moss).code == 0
    gold = written(
        tmp_path / "gold.jsonl",
        '{"id": "1", "question": "How much water does a cushion hold?", "kind": "factoid", "references": [2, 3],'
        ' "evidence": [{"where": "1", "anchor": "twenty times their dry weight"}], "answer": "", "overlap": "high"}',
    )
    of_gold = reranking("eval", gold, "--json").json
    of_collection = reranking("eval", "--beir", written_collection(tmp_path), "--json").json
    assert (of_gold["system"], of_gold["answerable"]) == (f"corpus default, {cross_encoder}", 1)
    assert of_collection["system"].endswith(f", {cross_encoder}")
    assert 0 < of_collection["overall"]["MRR@10"]["value"] <= 1


@pytest.mark.parametrize("command", [("ask", QUESTION), ("search", QUESTION), ("eval", "--beir")])
def test_no_cross_encoder_of_that_name(
    reranking: Run, command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can't be a cross-encoder is told in one line before anything is indexed; code 2."""
    monkeypatch.setenv("EVQA_RERANKER", "/no/such/folder")
    ran = reranking(*command, *([written_collection(tmp_path)] if command[0] == "eval" else []))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("evqa: reranker '/no/such/folder': neither a folder nor a model's name; set EVQA_RER")
    assert ran.err.count("\n") == 1


def test_a_cross_encoder_loads_when_needed(home: Path, cross_encoder: Path) -> None:
    """A bibliography, or statements found by a number alone, need no cross-encoder and don't wait for one."""
    code = (
        "import sys; from api.cli.main import main\n"
        "done = [main(['refs', '38']), main(['ask', 'What does reference 15 support?'])]\n"
        "print(done, *sys.modules, file=sys.stderr)"
    )
    environment = {**os.environ, "EVQA_HOME": str(home), "EVQA_RERANKER": str(cross_encoder)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    *_, last = done.stderr.splitlines()
    assert last.startswith("[0, 0]")
    assert not {"torch", "transformers", "sentence_transformers"} & set(last.split())


def test_asking_loads_no_writer(home: Path) -> None:
    """A process that asks a stored corpus loads nothing of what publishes, audits or lists corpora or reads files."""
    code = "import sys; from api.cli.main import main\nmain(['ask', sys.argv[1]])\nprint(*sys.modules, file=sys.stderr)"
    environment = {**os.environ, "EVQA_HOME": str(home)}
    question = "What does reference 15 support?"
    command = [sys.executable, "-c", code, question]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    loaded = done.stderr.split()
    assert {"index.corpus", "index.generation.generation"} <= set(loaded)
    assert all(find_spec(name) for name in WRITERS)
    assert [name for name in loaded if any(name == writer or name.startswith(f"{writer}.") for writer in WRITERS)] == []


def test_files_that_nobody_asks_any_more(
    home: Path, moss: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was indexed for --in is found again; unused for a month or made by other readers it goes."""
    own = tmp_path / "home"
    own.mkdir()
    (own / "models").symlink_to(home / "models")
    settings = Settings(home=str(own))

    def name_of(file: Path) -> str:
        with files_corpus([file], settings) as corpus:
            return corpus.state.name

    files = [moss, written(tmp_path / "cushion.md", CUSHION), written(tmp_path / "two.md", f"{CUSHION}\nMore.\n")]
    names = [name_of(file) for file in files]
    assert capsys.readouterr().err.count("indexing") == 3
    notes = [own / "corpora" / name / NOTE for name in names]
    written(notes[1], notes[1].read_text().replace('": "', '": "other-'))
    for note, days in zip(notes, (1, 1, 31), strict=True):
        used = time.time() - days * 86_400
        os.utime(note, (used, used))
    assert name_of(moss) == names[0]
    assert capsys.readouterr().err == ""
    assert corpus_names(own) == (names[0],)
    assert time.time() - notes[0].stat().st_mtime < 3_600
    assert name_of(files[1]) == names[1]
    assert "indexing cushion.md" in capsys.readouterr().err
