"""Gold sets are sound, and their anchors stand in the documents that they name."""

import argparse
from pathlib import Path

import pytest

from eval.runs.gold import check_anchors, load_gold
from eval.sets import GOLD, SETS, GoldSet, add_sets, given_set
from evqa.errors import InputError
from ingest.reader import read
from ingest.sample import sample_path

# Reviews on which nothing was fitted.
UNSEEN = tuple(
    GoldSet(name=f"unseen/{name}", documents=(Path(f"articles/xml/{file}.xml"),))
    for name, file in (
        ("acne", "PMC6273829"),
        ("stimulation", "PMC6050377"),
        ("volatiles", "PMC6313609"),
        ("acidosis", "PMC5854649"),
    )
)
SIZES = {"ev-review": (90, 40), "nets": (45, 25), "tulsi": (45, 25), "gluten": (40, 20), "sample": (40, 15)}
NAMES = [gold_set.name for gold_set in SETS]
UNSEEN_NAMES = [gold_set.name for gold_set in UNSEEN]
SIZES |= dict.fromkeys(UNSEEN_NAMES, (40, 20))


def test_every_file_of_questions_is_known() -> None:
    """The folder holds questions of the named sets and the sample, and the folders of body, front matter, claims and
    phrasings."""
    found = {path.relative_to(GOLD).with_suffix("").as_posix() for path in GOLD.rglob("*.jsonl")}
    folders = ("articles", "grades", "drill", "foreign", "front", "phrasing", "verification")
    of_body = {name for name in found if name.partition("/")[0] in folders}
    assert found - of_body == {*NAMES, *UNSEEN_NAMES, "sample"} == set(SIZES)
    others = [path.name for path in GOLD.rglob("*") if path.is_file() and path.suffix != ".jsonl"]
    assert others == ["SOURCES.md"]


@pytest.mark.parametrize("name", SIZES)
def test_sets_load(name: str) -> None:
    """Every set has its answerable and unanswerable questions, and no anchor of more than ten words."""
    gold = load_gold(GOLD / f"{name}.jsonl")
    answerable = sum(question.is_answerable for question in gold)
    assert (answerable, len(gold) - answerable) == SIZES[name]
    assert max(len(evidence.anchor.split()) for question in gold for evidence in question.evidence) <= 10


def test_no_question_stands_in_two_sets() -> None:
    """Ids are the sets' own, so that sets can be put together."""
    ids = [question.id for gold_set in (*SETS, *UNSEEN) for question in load_gold(gold_set.gold)]
    assert len(ids) == len(set(ids))


@pytest.mark.slow
@pytest.mark.parametrize("gold_set", [*SETS, *UNSEEN], ids=[*NAMES, *UNSEEN_NAMES])
def test_anchors_stand_in_every_format(gold_set: GoldSet, shared: Path) -> None:
    """Each anchor occurs exactly once in the canonical text, whether that was read from text, XML or PDF."""
    found = gold_set.found(shared)
    assert len(found) == len(gold_set.documents)
    for document in found:
        check_anchors(load_gold(gold_set.gold), read(document).text)


def test_a_set_has_name_questions_and_document() -> None:
    """The name is the file's, and every question of it is there."""
    found = given_set(GOLD / "sample.jsonl", sample_path())
    assert (found.name, len(found.questions), found.document) == ("sample", 55, sample_path())


def test_anchors_must_be_in_the_document(tmp_path: Path) -> None:
    """Questions about another document are refused with the first anchor that it lacks."""
    other = tmp_path / "other.md"
    other.write_text("# Moss\n\n## Abstract\n\nMoss thrives in wet soil.\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"the anchor .* occurs nowhere"):
        given_set(GOLD / "sample.jsonl", other)


def test_sets_are_given_in_pairs() -> None:
    """The option may be given several times, each with a file of questions and a document."""
    parser = argparse.ArgumentParser()
    add_sets(parser, False, "sets")
    assert parser.parse_args([]).sets is None
    found = parser.parse_args(["--set", "a.jsonl", "a.md", "--set", "b.jsonl", "b.xml"]).sets
    assert found == [[Path("a.jsonl"), Path("a.md")], [Path("b.jsonl"), Path("b.xml")]]
