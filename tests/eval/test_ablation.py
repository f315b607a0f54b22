"""The ablation asks the sample with and without stages, and says what each is worth."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from eval.ablation import Asked, compared, corpus_of, main, refusal_models, told_apart, usual_sets
from eval.fitting.calibrate import FeatureTable
from eval.fitting.stages import STAGES, Stage, chosen
from eval.fitting.worth import IDLE, Ablation
from eval.measures.measurement import Measurement
from eval.measures.measures import mean
from eval.runs.run import Hit, Response
from eval.sets import GOLD, given_set
from evqa.errors import InputError, UsageError
from evqa.fitted import fitted
from evqa.refusal.confidence import NAMES, SIGNS
from ingest.sample import sample_path

ASKED = ("sample-001", "sample-005", "sample-036", "sample-u02")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few of the sample's questions."""
    lines = (GOLD / "sample.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    path = tmp_path_factory.mktemp("gold") / "few.jsonl"
    path.write_text("".join(line for line in lines if json.loads(line)["id"] in ASKED), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def home(bare_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that keeps the sample's corpus under the ablation's name, so that nothing has to be embedded.

    Of the one without directions the records alone are there: its index is made when it is asked for.
    """
    folder = tmp_path_factory.mktemp("ablation")
    shutil.copytree(bare_home / "models", folder / "models")
    sample = next((bare_home / "corpora").glob("sample.*"))
    names = [corpus_of(sample_path(), stage) for stage in (None, *chosen(["directions"]))]
    for name in names:
        shutil.copytree(sample, folder / "corpora" / name)
    (folder / "corpora" / names[1] / "current").unlink()
    return folder


@pytest.fixture
def run(few: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command on the few questions: exit code, stdout, stderr."""

    def found(*arguments: str) -> tuple[int, str, str]:
        code = main(["--set", str(few), str(sample_path()), "--home", str(home), *arguments])
        return code, *capsys.readouterr()

    return found


def test_stages_in_turn(run: Run) -> None:
    """Each named stage has its worth: what a part or fact is needed for is lost without it, idle stages are flagged.

    Progress goes to stderr.
    """
    code, out, err = run("--json", "--stage", "facts", "parts", "fusion", "directions")
    found = Ablation.model_validate_json(out)
    assert code == 0
    assert "1 of 4: without parts" in err
    assert found.questions == {"few": len(ASKED)}
    stages = {each.stage: each for each in found.stages}
    assert list(stages) == ["parts", "facts", "directions", "fusion"]
    assert [name for name, each in stages.items() if each.is_idle] == ["fusion"]
    assert stages["facts"].overall["hit@1"].difference == pytest.approx(1 / 3)
    assert stages["parts"].changed["few"] >= 1
    assert stages["directions"].changed["few"] >= 1
    everything = {name: each.value for name, each in found.overall.items()}
    for each in found.stages:
        assert {name: one.b for name, one in each.overall.items()} == everything


def test_same_again(run: Run) -> None:
    """The same command prints the same, and names what changes nothing."""
    first, second = (run("--each", "--stage", "parts", "fusion")[1] for _ in range(2))
    assert first == second
    assert [line.split()[0] for line in first.splitlines() if line.endswith(IDLE)] == ["fusion"] * 4


def test_unknown_stage(run: Run) -> None:
    """One line on stderr names the stage that isn't there and all that are."""
    code, out, err = run("--stage", "parts", "nonsense")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "stage 'nonsense': there is none of that name" in err
    assert all(stage.name in err for stage in STAGES)


def test_missing_document(few: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document that can't be read is named in one line."""
    assert main(["--set", str(few), str(tmp_path / "none.md")]) == 1
    assert "none.md" in capsys.readouterr().err


def test_wrong_document(few: Path, tmp_path: Path) -> None:
    """Questions about another document aren't asked."""
    other = tmp_path / "other.md"
    other.write_text("# Moss\n\nMoss grows in rain (1).\n\n## References\n\n1. Moe A. Moss. J Garden (2019) 3:1–9.\n")
    with pytest.raises(InputError, match="sample-001"):
        given_set(few, other)


def test_stored_runs_by_hand() -> None:
    """Of two stored runs of two sets, worth is the mean of what each set loses, and only what differs is counted."""
    full = {"a": (1.0, 1.0, 0.0), "b": (1.0, 0.0)}
    less = {"a": (1.0, 0.0, 0.0), "b": (0.0, 0.0)}
    stage, idle = STAGES[:2]

    def asked(without: Stage | None) -> list[Asked]:
        return [stored(values) for values in (less if without is stage else full).values()]

    said: list[str] = []
    found = compared(["a", "b"], [stage, idle], asked, said.append)
    first, second = found.stages
    assert found.overall["hit@1"].value == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert first.overall["hit@1"].difference == pytest.approx((1 / 3 + 1 / 2) / 2)
    assert first.overall["hit@1"].low <= first.overall["hit@1"].difference <= first.overall["hit@1"].high
    assert {name: each["hit@1"].difference for name, each in first.by_set.items()} == pytest.approx(
        {"a": 1 / 3, "b": 0.5}
    )
    assert (first.changed, first.is_idle) == ({"a": 1, "b": 1}, False)
    assert (second.changed, second.is_idle) == ({"a": 0, "b": 0}, True)
    assert said == ["all stages on", f"1 of 2: without {stage.name}", f"2 of 2: without {idle.name}"]


def stored(values: tuple[float, ...]) -> Asked:
    """A run in which questions hit (1) or not (0)."""
    responses = {
        str(place): Response(id=str(place), ms=1, hits=(Hit(score=1, text=str(value)),))
        for place, value in enumerate(values)
    }
    return Asked(responses, {"hit@1": Measurement(mean, (np.array(values),))})


def test_collection_without_stages_of_asking(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A collection isn't stored anew for each stage: where only such stages are named, that is said."""
    assert main(["--beir", str(tmp_path), "--stage", "directions"]) == 2
    assert capsys.readouterr().err.startswith("--beir: it looks at stages of asking alone")


def test_missing_collection(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder without a collection is named in one line."""
    assert main(["--beir", str(tmp_path), "--stage", "fusion"]) == 1
    assert str(tmp_path) in capsys.readouterr().err


def test_sets_of_the_same_questions(few: Path, tmp_path: Path) -> None:
    """A gold set may be asked of several formats of its document, which are told apart; the same twice is refused."""
    other = tmp_path / "other.md"
    shutil.copy(sample_path(), other)
    first, second = given_set(few, sample_path()), given_set(few, other)
    assert [each.name for each in told_apart([first])] == ["few"]
    assert [each.name for each in told_apart([first, second])] == [f"few {sample_path().name}", "few other.md"]
    with pytest.raises(UsageError, match="given twice"):
        told_apart([first, first])


def test_usual_sets(tmp_path: Path) -> None:
    """Where no review lies beside the checkout, the sample is asked; else those that are there."""
    assert usual_sets(tmp_path) == [(GOLD / "sample.jsonl", sample_path())]
    path = tmp_path / "articles" / "xml" / "PMC5545592.xml"
    path.parent.mkdir(parents=True)
    path.touch()
    assert usual_sets(tmp_path) == [(GOLD / "nets.jsonl", path)]


def table(name: str, sign: int = 1) -> FeatureTable:
    """Made-up values that part the two kinds of question as sense says, or against it."""
    answerable = (np.arange(60) % 3 > 0).astype(float)
    noise = np.random.default_rng(len(name)).random((60, len(NAMES)))
    return FeatureTable(name, noise + sign * np.outer(answerable - 0.5, SIGNS), answerable, np.zeros(60, dtype=bool))


def test_refusal_is_fitted_on_the_others() -> None:
    """A set has no part in its own model; too few sets take the product's."""
    lawful = [table("a"), table("bb"), table("ccc")]
    turned = [table("a", -1), *lawful[1:]]
    before, after = refusal_models(lawful), refusal_models(turned)
    assert before[0] == after[0]
    assert before[1] != after[1]
    assert refusal_models(lawful[:1]) == [fitted().confidence]
