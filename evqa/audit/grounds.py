"""What a run of shifted numbers rests on: whether its numbers are wrong, or only the reading of them.

An entry that is lost or read as two shifts all numbers behind it, and columns read across give statements the numbers
of their neighbours. Both look like an author's shift. What tells them apart: whether other statements that print the
same numbers are right, whether the numbers take their turns as printed, whether the statements beside fit better, and
whether the entries where the shift begins are whole.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from statistics import median
from typing import NamedTuple

import numpy as np

from evqa.audit.citation_order import longest_ascent
from evqa.audit.likeness import Floats
from evqa.audit.shifts import LEAST, MOST, Shift
from evqa.audit.support import Cited
from evqa.audit.weights import RunWeights

SIGNS = ("gain", "order", "list", "elsewhere", "beside", "broken", "loose", "tagged")
# Files with tags for entries, and with links from numbers to them.
TAGGED = frozenset({"application/xml"})
# Gains are divided by so many log-odds, and cut so that no sign decides alone.
SCALE, MOST_GAIN = 10.0, 3.0
# So many numbers more in order make it e times less likely that the list was read wrongly.
SLOWLY = 2.0
# Statements so many places away may have the numbers of a statement whose columns were read across.
BESIDE = 2
# An entry so many times longer than the others may be two, and a piece so much shorter a part of one.
TWO = 2.2
# A statement with fewer words, or without an end, isn't a sentence.
WORDS = 5
_END = re.compile(r"[.!?…][)\]”\"’\d\s,–-]*$")
_YEAR = re.compile(r"\b(?:19|20)\d\d[a-z]?\b")


class Grounds(NamedTuple):
    """Signs of a run, each so that it can be weighed against the others.

    `gain`: of the run. `order`: how many more numbers ascend once corrected (logarithm). `list`: how much is explained
    if all numbers of the document from one on are off, as a share of what the run explains; less where the numbers
    don't ascend as printed, since a list read wrongly leaves them as they are. `elsewhere`: how much likelier others
    say the same with the meant number than with the printed one. `beside`: the share explained if rows, or what is no
    sentence, have the numbers of those beside them. `broken`: entries where the shift begins that aren't whole, less as
    for `list`. `loose`: the share of its statements in the text that are no sentences. `tagged`: 1 for a file whose
    tags say what an entry is and which one a number leads to; the signs of a wrong reading are 0 then.
    """

    gain: float
    order: float
    list: float
    elsewhere: float
    beside: float
    broken: float
    loose: float
    tagged: float = 0.0


def as_tagged(grounds: Grounds) -> Grounds:
    """The same in a file with tags, which can't be read wrongly."""
    return grounds._replace(list=0.0, beside=0.0, broken=0.0, loose=0.0, tagged=1.0)


def confidence(grounds: Grounds, weights: RunWeights) -> float:
    """How likely the printed numbers of the run are wrong, 0 to 1."""
    found = weights.bias + sum(float(getattr(weights, name)) * getattr(grounds, name) for name in SIGNS)
    return float(1 / (1 + np.exp(-found)))


class GroundsFinder:
    """Finds the grounds of runs in one document. `support` (s, e): log-odds; `alike` (s, s): of statements."""

    def __init__(self, cited: Cited, uses: Sequence[Sequence[int]], support: Floats, alike: Floats) -> None:
        self._cited = cited
        self._uses = uses
        self._support = np.clip(support, LEAST, MOST)
        self._alike = alike
        self._numbers = [entry.number for entry in cited.entries]
        self._places = {number: place for place, number in reversed(list(enumerate(self._numbers)))}

    def grounds(self, label: str | None, run: Shift) -> Grounds:
        """The grounds of one run; `label` is its table's, None in the text."""
        supported = max(1.0, sum(each.gain for each in run.members))
        offset = self.offset(run)
        first, of_list = self._of_list(offset)
        loose = 0.0 if label is not None else float(np.mean([self._is_loose(each.statement) for each in run.members]))
        crossable = 1.0 if label is not None else loose
        ascending = 0 if label is not None else self._ascending(run)
        kept = float(np.exp(-ascending / SLOWLY))
        found = Grounds(
            gain=min(MOST_GAIN, run.gain / SCALE),
            order=float(np.log1p(ascending)),
            list=kept * float(np.clip(of_list / supported, 0.0, 2.0)),
            elsewhere=self._elsewhere(run),
            beside=crossable * float(np.clip(self._beside(run) / supported, 0.0, 2.0)),
            broken=kept * min(2, len(self._broken_at(first, offset))),
            loose=loose,
        )
        return as_tagged(found) if self._cited.document.source.media_type in TAGGED else found

    def _ascending(self, run: Shift) -> int:
        """How many more numbers of the text ascend once those of the run are corrected."""
        offsets = {each.statement: each.offset for each in run.members}
        running = [at for at, each in enumerate(self._cited.statements) if each.where != "table"]
        printed = [(self._numbers[entry], offsets.get(at, 0)) for at in running for entry in self._uses[at]]
        as_printed = longest_ascent([number for number, _ in printed])
        corrected = longest_ascent([max(1, number + offset) for number, offset in printed])
        return max(0, len(corrected) - len(as_printed))

    def offset(self, run: Shift) -> int:
        """The offset of most members."""
        offsets = [each.offset for each in run.members]
        return max(dict.fromkeys(offsets), key=offsets.count)

    @cached_property
    def _by_number(self) -> dict[int, list[tuple[int, float]]]:
        """Statements that print a number, each with the share of it among its numbers."""
        found: dict[int, list[tuple[int, float]]] = {}
        for place, entries in enumerate(self._uses):
            for entry in entries:
                found.setdefault(self._numbers[entry], []).append((place, 1 / len(entries)))
        return found

    def _of_list(self, offset: int) -> tuple[int, float]:
        """The number from which on all are off by the offset if the list is read wrongly, and what that gains."""
        gains = [(number, self._of_number(number, offset)) for number in sorted(self._by_number, reverse=True)]
        if not gains:
            return 1, 0.0
        totals = np.cumsum([gain for _, gain in gains])
        best = int(totals.argmax())
        return gains[best][0], float(totals[best])

    def _of_number(self, number: int, offset: int) -> float:
        printed, meant = self._places[number], self._places.get(number + offset)
        return sum(
            share * ((LEAST if meant is None else float(self._support[at, meant])) - float(self._support[at, printed]))
            for at, share in self._by_number[number]
        )

    def _elsewhere(self, run: Shift) -> float:
        """The mean lead of statements outside that cite what is meant over those that cite what is printed."""
        members = {each.statement for each in run.members}
        leads = []
        for each in run.members:
            meant = {self._places.get(self._numbers[entry] + each.offset) for entry in self._uses[each.statement]}
            leads.append(
                self._alikest(each.statement, meant, members)
                - self._alikest(each.statement, set(self._uses[each.statement]), members)
            )
        return float(np.mean(leads)) if leads else 0.0

    def _alikest(self, statement: int, entries: set[int] | set[int | None], members: set[int]) -> float:
        """How alike the statement is to the most alike one outside that cites one of the entries; 0 without."""
        found = [
            float(self._alike[statement, place])
            for place, used in enumerate(self._uses)
            if place not in members and entries & set(used) and np.isfinite(self._alike[statement, place])
        ]
        return max([0.0, *found])

    def _beside(self, run: Shift) -> float:
        """What is gained at best if each statement has the numbers of one so many places before or after it."""
        statements = [each.statement for each in run.members]
        best = 0.0
        for off in (off for off in range(-BESIDE, BESIDE + 1) if off):
            gained = 0.0
            for place in statements:
                other = place + off
                entries = list(self._uses[place])
                if 0 <= other < len(self._uses) and self._is_together(place, other) and entries:
                    gained += float(np.mean(self._support[other, entries] - self._support[place, entries]))
            best = max(best, gained)
        return best

    def _is_together(self, one: int, other: int) -> bool:
        here, there = self._cited.statements[one], self._cited.statements[other]
        return (here.where == "table", here.label) == (there.where == "table", there.label) or here.where != "table"

    def broken_by(self, run: Shift) -> tuple[int, ...]:
        """The entries that aren't whole where the list would have been read wrongly, by a run."""
        offset = self.offset(run)
        return self._broken_at(self._of_list(offset)[0], offset)

    def list_from(self, run: Shift) -> int:
        """The number from which on the list would have been read wrongly, by a run."""
        return self._of_list(self.offset(run))[0]

    def _broken_at(self, first: int, offset: int) -> tuple[int, ...]:
        around = range(first - abs(offset) - 1, first + abs(offset) + 2)
        return tuple(number for number in around if number in self._broken)

    @cached_property
    def _broken(self) -> frozenset[int]:
        """Numbers of entries that have no title or author and year, may be two, or stand beside a gap of the list."""
        entries = self._cited.entries
        integrity = self._cited.document.integrity
        usual = median([len(entry.raw) for entry in entries] or [1])
        parts = [
            entry.number
            for entry in entries
            if not entry.title
            or not (entry.author and entry.year)
            or (len(entry.raw) > TWO * usual and len(set(_YEAR.findall(entry.raw))) > 1)
        ]
        return frozenset((*parts, *integrity.missing, *integrity.duplicates))

    def _is_loose(self, statement: int) -> bool:
        bare = self._cited.statements[statement].bare
        return len(bare.split()) < WORDS or _END.search(bare.strip()) is None
