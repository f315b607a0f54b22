"""Claims about abstracts of SciFact, each with what the abstract says of it by our own reading.

`eval/gold/verification/scifact.jsonl` judges SciFact's own claims (by their ids) against the abstracts that they cite
and against near ones, `statements.jsonl` holds statements that were written for this about other abstracts.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from sentencex import segment

from evqa.errors import InputError
from evqa.model import Outcome

GOLD = Path(__file__).parents[1] / "gold" / "verification"
Part = Literal["fit", "report", "review", "atomic"]


class JudgedClaim(NamedTuple):
    """A claim about an abstract, whose sentences are numbered from 0: the verdict, and the sentences that show it.

    `part`: "fit", "report" (of which no abstract occurs in another part), or ours: as reviews put it ("review"),
    or as one finding in the abstract's own terms ("atomic"). `is_cited`: SciFact names the abstract for the claim; the
    others are near ones.
    """

    claim: str
    document: str
    verdict: Outcome
    evidence: tuple[int, ...]
    part: Part
    is_cited: bool


class Abstracts:
    """The abstracts and claims of SciFact, from its folder in BEIR's layout. Raises InputError if it isn't there."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "corpus.jsonl").is_file():
            raise InputError(folder, "no corpus.jsonl", "give the folder of SciFact")
        self._texts = {each["_id"]: each["text"] for each in _lines(folder / "corpus.jsonl")}
        self._queries = folder / "queries.jsonl"

    @cached_property
    def claims(self) -> Mapping[str, str]:
        """SciFact's claims by their ids."""
        return {each["_id"]: each["text"] for each in _lines(self._queries)}

    def sentences(self, document: str) -> Sequence[str]:
        """The sentences of an abstract."""
        return [each.strip() for each in segment("en", self._texts[document]) if each.strip()]


def judged_claims(abstracts: Abstracts, gold: Path = GOLD) -> list[JudgedClaim]:
    """Every judged claim, in the order of the files."""
    return [*_scifact(abstracts, gold / "scifact.jsonl"), *_written(gold / "statements.jsonl")]


def _scifact(abstracts: Abstracts, path: Path) -> Iterator[JudgedClaim]:
    for each in _lines(path):
        text = abstracts.claims[each["claim"]]
        evidence = tuple(each["evidence"])
        yield JudgedClaim(text, each["document"], each["verdict"], evidence, each["split"], each["cited"])


def _written(path: Path) -> Iterator[JudgedClaim]:
    for each in _lines(path):
        yield JudgedClaim(
            each["statement"], each["document"], each["verdict"], tuple(each["evidence"]), each["style"], is_cited=True
        )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
