"""The audit of a document's own citations: every pair with a verdict, runs of shifted numbers, bookkeeping."""

from collections.abc import Iterator, Sequence
from itertools import chain

import numpy as np

from evqa.audit.bookkeeping import bookkeeping
from evqa.audit.cited_statements import CitedStatement
from evqa.audit.judging import DECIMALS, JudgedPair, JudgedRun, Judging, score
from evqa.audit.looked_up import LookUps
from evqa.audit.reasons import misread_reason, reason_of, rests_on, run_reason
from evqa.audit.records import Audit, AuditedStatement, Better, Bookkeeping, Pair, Run
from evqa.audit.shifts import Shift
from evqa.audit.support import Cited

# At most NAMED better entries are named for a suspect, each supported better by CLEARLY (log-odds).
NAMED, CLEARLY = 3, 1.0
# Least likeness, in standard deviations, of a statement that agrees with a corrected row.
AGREES = 2.0
CERTAIN = 0.999
# The entry that a run means is named first, unless another is supported better by this.
OUTDONE = 3.0


def audit(cited: Cited, uses: Sequence[Sequence[int]] | None = None, look_ups: LookUps = ()) -> Audit:
    """Audit one document. `uses`: places of the entries that each statement cites, instead of those printed.

    `look_ups`: what sources know of each entry, in order; empty where nothing was looked up.
    """
    judging = Judging(cited, uses)
    runs = tuple(_run(judging, each) for each in judging.runs)
    pairs = tuple(_pair(judging, each, runs) for each in judging.pairs)
    return Audit(pairs=pairs, runs=runs, bookkeeping=(*_misread(judging), *bookkeeping(cited, look_ups)))


def together(audits: Sequence[Audit]) -> Audit:
    """The audits of several documents as one."""
    return Audit(
        pairs=tuple(chain.from_iterable(each.pairs for each in audits)),
        runs=tuple(chain.from_iterable(each.runs for each in audits)),
        bookkeeping=tuple(chain.from_iterable(each.bookkeeping for each in audits)),
        verified=tuple(chain.from_iterable(each.verified for each in audits)),
        failed=tuple(chain.from_iterable(each.failed for each in audits)),
    )


def _pair(judging: Judging, judged: JudgedPair, runs: Sequence[Run]) -> Pair:
    cited = judging.cited
    entry = cited.entries[judged.signs.entry]
    verdict = judging.verdict(judged)
    better = _better(judging, judged) if verdict == "suspect" else ()
    return Pair(
        document=cited.document.id,
        statement=_audited(cited, cited.statements[judged.signs.statement]),
        reference=entry.number,
        score=score(judged.log_odds),
        verdict=verdict,
        reason=reason_of(judging, judged, verdict, better, None if judged.run is None else runs[judged.run]),
        known="text" if judged.signs.entry in cited.texts else "title",
        better=better,
    )


def _audited(cited: Cited, statement: CitedStatement) -> AuditedStatement:
    """The statement as an audit shows it."""
    section = statement.section
    carried = [cited.passages[place].start for place in statement.own[1:]]
    return AuditedStatement(
        text=statement.text,
        start=statement.start,
        end=statement.end,
        carried_from=min(carried, default=None),
        section=None if section is None else section.number or section.title,
        where=statement.where,
        label=statement.label,
    )


def _better(judging: Judging, judged: JudgedPair) -> tuple[Better, ...]:
    """Entries that fit better: first the one that a run means, or whose turn it is, if it fits well enough.

    Of entries that fit alike, such as one work listed twice, the first in the list comes first.
    """
    signs = judged.signs
    support = judging.support[signs.statement]
    here = set(judging.uses[signs.statement])
    least = support[signs.entry] + CLEARLY
    ranked = [
        entry for entry in np.argsort(-support.round(DECIMALS), kind="stable").tolist() if support[entry] >= least
    ]
    found = [entry for entry in ranked if entry not in here]
    numbers = judging.cited.entries
    turns = [judged.meant] if judged.meant is not None else [e for e in found if numbers[e].number in signs.placed.gap]
    if turns and support[turns[0]] >= support[ranked[:1]].max(initial=-np.inf) - OUTDONE:
        found = [turns[0], *(entry for entry in found if entry != turns[0])]
    return tuple(Better(number=numbers[entry].number, score=judging.score_if(judged, entry)) for entry in found[:NAMED])


def _run(judging: Judging, run: JudgedRun) -> Run:
    cited, uses, label, shift = judging.cited, judging.uses, run.label, run.shift
    statements = [cited.statements[each.statement] for each in shift.members]
    offsets = [each.offset for each in shift.members]
    mapping = {
        str(cited.entries[entry].number): cited.entries[entry].number + each.offset
        for each in shift.members
        for entry in uses[each.statement]
    }
    inside = _of(judging, label, shift)
    offset = max(dict.fromkeys(offsets), key=offsets.count)
    agrees = _agreeing(judging, shift)
    return Run(
        document=cited.document.id,
        where=label or _place(statements),
        offset=offset,
        rows=len(statements),
        of=inside,
        mapping=mapping,
        confidence=round(min(CERTAIN, run.confidence), DECIMALS),
        reason=run_reason(label, offsets, len(statements), inside, len(agrees)),
        rests_on=rests_on(run.grounds),
        start=statements[0].start,
        end=statements[-1].end,
        statements=tuple(each.start for each in statements),
        agrees=agrees,
    )


def _misread(judging: Judging) -> Iterator[Bookkeeping]:
    """Where the numbers look shifted and the reading may be at fault."""
    for run in judging.misread:
        statements = [judging.cited.statements[each.statement] for each in run.shift.members]
        offsets = [each.offset for each in run.shift.members]
        fits = run_reason(run.label, offsets, len(statements), _of(judging, run.label, run.shift), 0)
        broken = judging.broken_at(run)
        yield Bookkeeping(
            document=judging.cited.document.id,
            kind="misread",
            references=broken,
            detail=f"{run.label or _place(statements)}: {fits}; {misread_reason(run, broken)}",
            start=statements[0].start,
            end=statements[-1].end,
        )


def _of(judging: Judging, label: str | None, shift: Shift) -> int:
    """The number of citing statements in the run's table, or between the ends of the run in the text."""
    if label is not None:
        return sum(each.where == "table" and each.label == label for each in judging.cited.statements)
    first, last = shift.members[0].statement, shift.members[-1].statement
    return sum(each.where != "table" for each in judging.cited.statements[first : last + 1])


def _place(statements: Sequence[CitedStatement]) -> str:
    titles = [each.section.title for each in statements if each.section]
    named = list(dict.fromkeys(titles))
    if not named:
        return "the text"
    return f"section “{named[0]}”" if len(named) == 1 else f"from section “{named[0]}” to “{named[-1]}”"


def _agreeing(judging: Judging, shift: Shift) -> tuple[AuditedStatement, ...]:
    """Statements outside the run that cite the meant entry for nearly the same, in printed order."""
    alike = judging.alike
    members = {each.statement for each in shift.members}
    found = set()
    for each in shift.members:
        meant = {judging.meant(entry, each) for entry in judging.uses[each.statement]}
        for place, entries in enumerate(judging.uses):
            if place not in members and meant & set(entries) and alike[each.statement, place] >= AGREES:
                found.add(place)
    return tuple(_audited(judging.cited, judging.cited.statements[place]) for place in sorted(found))
