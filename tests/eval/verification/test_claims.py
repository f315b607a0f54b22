"""The judged claims that the verifier is taught with and measured on."""

import json
from pathlib import Path

import pytest

from eval.verification.claims import GOLD, Abstracts, judged_claims
from evqa.errors import InputError
from evqa.works.verdicts import OUTCOMES


def gold(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


def test_no_abstract_is_in_two_parts() -> None:
    """What is reported on shares no abstract and no claim with what is fitted on, written statements included."""
    judged = gold("scifact.jsonl")
    report, fit = ([each for each in judged if each["split"] == part] for part in ("report", "fit"))
    assert len({each["claim"] for each in report}) == 300
    written = {each["document"] for each in gold("statements.jsonl")}
    for key in ("document", "claim"):
        assert not {each[key] for each in report} & {each[key] for each in fit}
    assert not {each["document"] for each in report} & written


def test_every_verdict_has_its_evidence() -> None:
    """Each verdict is one of the three; only what is unclear rests on no sentence."""
    for each in (*gold("scifact.jsonl"), *gold("statements.jsonl")):
        assert each["verdict"] in OUTCOMES
        assert each["evidence"] or each["verdict"] == "unclear"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection of one abstract and one claim, in BEIR's layout."""
    lines = {"corpus.jsonl": {"_id": "7", "title": "Otters", "text": "Otters swim. They eat fish."}}
    lines["queries.jsonl"] = {"_id": "1", "text": "Otters eat fish."}
    for name, line in lines.items():
        (tmp_path / name).write_text(json.dumps(line) + "\n", encoding="utf-8")
    return tmp_path


def test_claims_come_with_their_texts(folder: Path) -> None:
    """SciFact's claims are named by id and read from its folder, written ones stand in the file."""
    verdict = {"document": "7", "verdict": "supports", "evidence": [1]}
    (folder / "scifact.jsonl").write_text(
        json.dumps({**verdict, "claim": "1", "cited": True, "split": "fit"}) + "\n", encoding="utf-8"
    )
    (folder / "statements.jsonl").write_text(
        json.dumps({**verdict, "style": "atomic", "statement": "Fish are eaten."}) + "\n", encoding="utf-8"
    )
    abstracts = Abstracts(folder)
    found = judged_claims(abstracts, folder)
    assert [(each.claim, each.part) for each in found] == [("Otters eat fish.", "fit"), ("Fish are eaten.", "atomic")]
    assert abstracts.sentences("7") == ["Otters swim.", "They eat fish."]


def test_without_the_collection(tmp_path: Path) -> None:
    """A folder without it is refused in one line."""
    with pytest.raises(InputError, match=r"corpus\.jsonl"):
        Abstracts(tmp_path)
