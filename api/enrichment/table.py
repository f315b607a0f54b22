"""What a run brought, as text and as JSON."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from api.enrichment.enriching import EnrichReport, PlannedRequests
from api.text.terminal import bold, printable, wrapped
from evqa.model import Reference
from evqa.works.standing import WORDS, is_retracted, standing_text

UNKNOWN = "not checked"
CLEAN = "no notice found"
# Addresses shown of each source.
SHOWN = 2
# Characters of an address that are shown: one request may ask for fifty works.
LONGEST = 160


def retracted(references: Sequence[Reference]) -> list[Reference]:
    """The entries whose works are retracted or withdrawn."""
    return [each for each in references if is_retracted(each.status)]


def unchecked(references: Sequence[Reference]) -> list[Reference]:
    """The entries of whose works nobody could say whether they stand."""
    return [each for each in references if each.status is None]


def counts(references: Sequence[Reference]) -> dict[str, int]:
    """How many entries have which status; one with several notices counts for the worst."""
    found = Counter(_state(each) for each in references)
    order = [*WORDS.values(), CLEAN, UNKNOWN]
    return {state: found[state] for state in order if found[state]}


def _state(entry: Reference) -> str:
    if entry.status is None:
        return UNKNOWN
    return WORDS[entry.status.notices[0].type] if entry.status.notices else CLEAN


def report_text(report: EnrichReport, references: Sequence[Reference], columns: int) -> str:
    """The table of a run: notices, how many entries have which status, by source what was answered."""
    return "\n".join(_lines(report, references, columns))


def _lines(report: EnrichReport, references: Sequence[Reference], columns: int) -> Iterator[str]:
    told = [each for each in references if each.status and each.status.notices]
    if told:
        yield bold("Works with a notice")
    for each in told:
        named = f"{each.title or each.raw}: {standing_text(each.status)}"
        yield from wrapped(named, columns, f"  [{each.number}] ", "       ")
    if told:
        yield ""
    yield bold(f"corpus {report.corpus}: {len(references)} entries, {report.works} works")
    width = max(map(len, (*WORDS.values(), UNKNOWN)))
    for state, count in counts(references).items():
        yield f"  {state:<{width}}  {count:>6,}"
    if report.sources:
        yield bold("Answered in this run")
    for source in report.sources:
        failed = f"  not for all: {printable(source.failed)}" if source.failed else ""
        yield f"  {printable(source.source):<{width}}  {source.answered:>6,}{failed}"
    if report.abstracts or report.texts:
        yield f"stored under their numbers: {report.abstracts} abstracts, {report.texts} texts"


def report_record(report: EnrichReport, references: Sequence[Reference]) -> dict[str, Any]:
    """The same for programs: every entry with a notice, and the numbers of those that weren't checked."""
    return {
        **report.model_dump(mode="json"),
        "entries": len(references),
        "status": counts(references),
        "notices": [_named(each) for each in references if each.status and each.status.notices],
        "unchecked": [_named(each) for each in unchecked(references)],
    }


def _named(entry: Reference) -> dict[str, Any]:
    found: dict[str, Any] = {"document": entry.document, "number": entry.number, "DOI": entry.DOI, "title": entry.title}
    return {**found, "status": entry.status}


def plan_text(plan: Sequence[PlannedRequests], missing: Sequence[str]) -> str:
    """What would be asked of each source, with the first addresses."""
    lines = [line for each in plan for line in _planned(each)]
    return "\n".join([*(lines or ["nothing is due: every work was looked up"]), *missing])


def _planned(plan: PlannedRequests) -> Iterator[str]:
    number = len(plan.addresses)
    yield f"{plan.source}: {plan.works} works in {number} request{'' if number == 1 else 's'}"
    shown = map(printable, plan.addresses[:SHOWN])
    yield from (f"  GET {each if len(each) <= LONGEST else f'{each[:LONGEST]}…'}" for each in shown)
    if number > SHOWN:
        yield f"  … and {number - SHOWN} more; --json names all, in full"
