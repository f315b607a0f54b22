"""Judge every printed number of a document: how likely it is right, and which numbers are shifted together."""

import math
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np

from evqa.audit.grounds import Grounds, GroundsFinder, confidence
from evqa.audit.likeness import Floats, is_broad
from evqa.audit.pair_signs import NO_ORDER, PairSigns, log_odds, pair_signs, text_order
from evqa.audit.records import Verdict
from evqa.audit.shifts import Member, NumberedStatements, Shift, shifts, whole_shift
from evqa.audit.support import Cited, Support
from evqa.audit.support import log_odds as support_of
from evqa.audit.weights import ShiftWeights, audit_weights

# Statements this near in the running text don't support each other: their numbers may be shifted together.
APART = 12
# The most by which one entry's support may lead another's, between the ends of the scale.
LEAST, MOST = -6.0, 9.0
# Different numbers needed for a run: more without an order to confirm it, fewer for a whole table.
FEWEST_NUMBERS, FEWEST_IN_TABLE, FEWEST_IN_WHOLE = 4, 5, 3
# Author-year markers are rarely shifted: a run of them must gain this many times as much.
UNPRINTED = 1.7
# Gain that a statement in a run needs of its own where it cites a broad work.
BROAD_GAIN = 4.0
# How far below the bound of suspicion a citation in a run is placed, and how far above it if that gain is missing.
TOLD_IN_RUN, UNTOLD_IN_RUN = 1.0, 0.5
# Share of a misread run that a list read wrongly must explain, so that all numbers from one on are in doubt.
FROM_LIST = 0.5
DECIMALS = 4


class JudgedPair(NamedTuple):
    """A pair with its signs, the log-odds that it is right, its run, and what speaks against it.

    `rival`: the support of the best entry that isn't cited there or next to it. `is_broad`: the entry is too broad to
    be told from its title. `meant`: the entry that the run makes of it, by its place.
    """

    signs: PairSigns
    log_odds: float
    rival: float
    is_broad: bool
    run: int | None = None
    meant: int | None = None


class JudgedRun(NamedTuple):
    """A run with the label of its table (None in the text), what it rests on, and how likely its numbers are wrong."""

    label: str | None
    shift: Shift
    grounds: Grounds
    confidence: float


class Judging:
    """The judgement of one document. `uses`: places of the entries that each statement cites."""

    def __init__(self, cited: Cited, uses: Sequence[Sequence[int]] | None = None) -> None:
        self.cited = cited
        self.uses = cited.uses if uses is None else uses
        self._weights = audit_weights()
        self._signs = Support(cited)

    def printing(self, uses: Sequence[Sequence[int]]) -> "Judging":
        """The judgement of the same document if its statements cited these entries."""
        other = Judging(self.cited, uses)
        other._signs = self._signs  # what doesn't depend on the numbers is found once
        return other

    @cached_property
    def support(self) -> Floats:
        """Log-odds of support (statements, entries)."""
        return support_of(self._signs.signs(self.uses), self._weights.support)

    @cached_property
    def is_broad(self) -> list[bool]:
        """For each entry, whether it is too broad to be judged by its title."""
        return is_broad(self.cited.entries, self.cited.likeness, self._weights.verdict.broad)

    @cached_property
    def prints_numbers(self) -> bool:
        """Whether most markers are numbers, not authors and years."""
        markers = [each.marker for each in self.cited.document.citations]
        return 2 * sum(any(map(str.isalpha, marker)) for marker in markers) <= len(markers)

    @cached_property
    def candidates(self) -> list[JudgedRun]:
        """Stretches of statements that fit entries further on or back, trimmed to what belongs to them."""
        found = [(label, run) for label in self._groups for run in self._shifts_in(label)]
        grounds = [self._grounds.grounds(label, run) for label, run in found]
        return [
            JudgedRun(label, run, each, confidence(each, self._weights.run))
            for (label, run), each in zip(found, grounds, strict=True)
        ]

    @cached_property
    def runs(self) -> list[JudgedRun]:
        """The candidates whose numbers are told as wrong."""
        return [each for each in self.candidates if each.confidence >= self._weights.run.told]

    @cached_property
    def misread(self) -> list[JudgedRun]:
        """The other candidates: the document may have been read wrongly there, so nothing is held against it."""
        return [each for each in self.candidates if each.confidence < self._weights.run.told]

    @cached_property
    def _grounds(self) -> GroundsFinder:
        return GroundsFinder(self.cited, self.uses, self._apart, self.alike)

    def broken_at(self, run: JudgedRun) -> tuple[int, ...]:
        """The entries that aren't whole where the list would have been read wrongly, by a run."""
        return self._grounds.broken_by(run.shift)

    def _shifts_in(self, label: str | None) -> list[Shift]:
        """The candidates in one table, or in the running text."""
        weights = self._weights.shift
        least = weights.least * (1.0 if self.prints_numbers else UNPRINTED)
        statements, numbered = self._groups[label], self._numbered(label)
        runs = [run for run in shifts(statements, numbered, weights) if run.gain >= least]
        # If numbers are in order, a statement between two of a run belongs to it in any case.
        runs = runs if numbered.is_ordered else list(map(self._trimmed, runs))
        fewest = FEWEST_NUMBERS if label is None else FEWEST_IN_TABLE
        found = [run for run in runs if self._is_varied(run, fewest)]
        if found or label is None:
            return found
        whole = self.whole(statements, weights)
        if whole is None or whole.gain < weights.whole:
            return []
        return [run for run in [self._trimmed(whole)] if self._is_varied(run, FEWEST_IN_WHOLE)]

    def whole(self, statements: Sequence[int], weights: ShiftWeights) -> Shift | None:
        """The statements (by their places) with the one offset that gains most, in any order."""
        return whole_shift(statements, self._numbered(""), weights)

    def _is_varied(self, run: Shift, least: int) -> bool:
        """Whether enough different numbers are in it, and are meant by it.

        Rows that cite one entry again and again fit any of its topic, and an entry on the table's topic fits all rows.
        """
        numbers = [each.number for each in self.cited.entries]
        cited = {tuple(numbers[entry] for entry in self.uses[each.statement]) for each in run.members}
        meant = {tuple(numbers[entry] + each.offset for entry in self.uses[each.statement]) for each in run.members}
        return min(len(cited), len(meant)) >= least

    def _numbered(self, label: str | None) -> NumberedStatements:
        is_ordered = label is None and self._is_ordered
        return NumberedStatements(self.uses, self._apart, [each.number for each in self.cited.entries], is_ordered)

    @cached_property
    def _is_ordered(self) -> bool:
        return text_order(self.cited, self.uses)[0].is_kept

    @cached_property
    def _apart(self) -> Floats:
        """Log-odds of support in which statements near each other don't support each other."""
        return support_of(self._signs.signs(self.uses, APART), self._weights.support)

    @property
    def shifts(self) -> list[tuple[str | None, Shift]]:
        """The runs that are told, each with the label of its table."""
        return [(each.label, each.shift) for each in self.runs]

    @property
    def _groups(self) -> dict[str | None, list[int]]:
        """Places of the statements by table, None for the running text."""
        groups: dict[str | None, list[int]] = {}
        for place, each in enumerate(self.cited.statements):
            groups.setdefault((each.label or "") if each.where == "table" else None, []).append(place)
        return groups

    def _trimmed(self, run: Shift) -> Shift:
        """The run without statements at its ends that fit better as printed."""
        numbers = [each.number for each in self.cited.entries]
        held = [[numbers[entry] for entry in self.uses[each.statement]] for each in run.members]
        sure = [number for own, each in zip(held, run.members, strict=True) if each.gain > 1.0 for number in own]
        if not sure:
            return Shift((), run.gain)
        inside = [
            each
            for own, each in zip(held, run.members, strict=True)
            if each.gain > 1.0 or min(sure) <= min(own) <= max(own) <= max(sure)
        ]
        return Shift(tuple(inside), run.gain)

    @cached_property
    def pairs(self) -> list[JudgedPair]:
        """Every pair, in printed order."""
        runs = {member.statement: (at, member) for at, run in enumerate(self.runs) for member in run.shift.members}
        signs = pair_signs(self.cited, self.uses, self.support)
        return [self._judged(each, *runs.get(each.statement, (None, None))) for each in signs]

    @cached_property
    def _misread_statements(self) -> frozenset[int]:
        return frozenset(member.statement for run in self.misread for member in run.shift.members)

    @cached_property
    def _misread_from(self) -> float:
        """The number from which on the whole list may have been read wrongly."""
        found = [self._grounds.list_from(run.shift) for run in self.misread if run.grounds.list >= FROM_LIST]
        return min(found, default=math.inf)

    def _judged(self, signs: PairSigns, run: int | None, member: Member | None) -> JudgedPair:
        bounds = self._weights.verdict
        found = log_odds(signs, self._weights.pair)
        rival = self._rival(signs.statement)
        is_broad = self.is_broad[signs.entry]
        if not is_broad:
            lacking = max(bounds.rival - rival, bounds.lead - (rival - max(LEAST, signs.support)))
            found = min(found, bounds.suspect + bounds.slope * lacking)
        if member is None or (meant := self.meant(signs.entry, member)) is None:
            if self._may_be_misread(signs):
                found = max(found, bounds.suspect + UNTOLD_IN_RUN)
            return JudgedPair(signs, found, rival, is_broad)
        is_told = not is_broad or member.gain > BROAD_GAIN
        found = min(found, bounds.suspect - TOLD_IN_RUN if is_told else bounds.suspect + UNTOLD_IN_RUN)
        return JudgedPair(signs, found, rival, is_broad, run, meant)

    def verdict(self, judged: JudgedPair) -> Verdict:
        """The verdict on a pair."""
        bounds = self._weights.verdict
        if judged.log_odds < bounds.suspect:
            return "suspect"
        is_told = judged.run is not None or self.is_misread(judged)
        return "fits" if not is_told and judged.signs.support >= bounds.fits else "cannot_tell"

    def is_misread(self, judged: JudgedPair) -> bool:
        """Whether the pair stands where the document may have been read wrongly."""
        return judged.run is None and self._may_be_misread(judged.signs)

    def _may_be_misread(self, signs: PairSigns) -> bool:
        number = self.cited.entries[signs.entry].number
        return signs.statement in self._misread_statements or number >= self._misread_from

    def score_if(self, judged: JudgedPair, entry: int) -> float:
        """The support (0 to 1) that another entry gives the statement."""
        signs = judged.signs._replace(support=float(np.clip(self.support[judged.signs.statement, entry], LEAST, MOST)))
        rivals = signs._replace(rivals=0.0, placed=NO_ORDER, authors=False, neighbours=0.0)
        return score(log_odds(rivals, self._weights.pair))

    @cached_property
    def alike(self) -> Floats:
        """Likeness of statements in standard deviations, (statements, statements); -inf within a table."""
        return self._signs.between_statements(0)

    def meant(self, entry: int, member: Member) -> int | None:
        """The place of the entry that is meant by one cited in a run."""
        meant = self.cited.entries[entry].number + member.offset
        return next((place for place, each in enumerate(self.cited.entries) if each.number == meant), None)

    def _rival(self, statement: int) -> float:
        others = np.delete(self.support[statement], sorted(self.cited_near(statement)))
        return float(np.clip(others, LEAST, MOST).max(initial=LEAST))

    def cited_near(self, statement: int) -> set[int]:
        """Places of the entries cited by the statement or a neighbour."""
        near = range(max(0, statement - 1), min(len(self.uses), statement + 2))
        return {entry for place in near for entry in self.uses[place]}


def score(log_odds: float) -> float:
    """Log-odds as support from 0 to 1, with 0.5 at the bound of suspicion."""
    return round(float(1 / (1 + np.exp(audit_weights().verdict.suspect - log_odds))), DECIMALS)
