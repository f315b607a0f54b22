"""An audit as text for a terminal: the counts, then the findings, worst first."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from api.audit.findings import KINDS, Findings, ShiftedCitation
from api.text.answer import confidence_text
from api.text.terminal import bold, in_cells, printable, wrapped
from evqa.audit.records import Pair, Run

Shown = TypeVar("Shown")
# Items shown of each list without --all.
ROWS, AGREEING, SUSPECTS, SLIPS = 30, 3, 10, 5
VERIFIED = {"supports": "supported", "unclear": "unclear", "disagrees": "may be contradicted"}
UNSURE = " (or as printed: a broad work)"


def audit_text(found: Sequence[Findings], columns: int, whole: bool = False) -> str:
    """The audit of each document. With `whole`, lists aren't cut."""
    if not found:
        return (
            "no document here has both reference markers and the list that they lead to, so there is nothing to audit"
        )
    return "\n\n".join("\n".join(_AuditText(each, columns, whole).lines()) for each in found)


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 run", "2 runs"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


class _AuditText:
    def __init__(self, found: Findings, columns: int, whole: bool) -> None:
        self._found = found
        self._columns = columns
        self._whole = whole

    def lines(self) -> Iterator[str]:
        yield from self._heading()
        if self._found.failure:
            yield from self._told(f"not audited, so nothing is known of its citations: {self._found.failure}")
            return
        yield from self._summary()
        if self._found.runs:
            yield from ("", bold("Runs of shifted numbers"))
        for run, rows in self._found.runs:
            yield from ("", *self._run(run, rows))
        if self._found.suspects:
            beside = " beside the runs" if self._found.runs else ""
            yield from ("", bold(f"Suspect citations{beside}, worst first"))
        for place, pair in enumerate(self._cut(self._found.suspects, SUSPECTS), 1):
            yield from ("", *self._suspect(place, pair))
        yield from self._left(self._found.suspects, SUSPECTS)
        yield from self._disagreeing()
        yield from self._bookkeeping()

    def _heading(self) -> list[str]:
        title = f"Audit of {self._found.title} ({self._found.outline.source.name})"
        return wrapped(title, self._columns, "", "  ")

    def _summary(self) -> Iterator[str]:
        found, counts = self._found, self._found.counts
        inside = f" ({found.in_runs})" if found.in_runs else ""
        told = f"{counts['fits']} fit, {counts['suspect']} suspect{inside}, {counts['cannot_tell']} can't be told"
        yield from self._told(f"{counted(len(found.pairs), 'pair')} of statement and reference: {told}")
        runs = f"{counted(len(found.runs), 'run')} of shifted numbers" if found.runs else "no run of shifted numbers"
        slips = counted(found.slips, "finding") if found.slips else "nothing found"
        yield from self._told(f"{runs}; bookkeeping of the list: {slips}")
        yield from self._told(found.checked)

        if found.verified:
            told = ", ".join(f"{count} {VERIFIED[outcome]}" for outcome, count in found.outcomes.items())
            yield from self._told(f"{counted(len(found.verified), 'citation')} of works whose words are stored: {told}")

    def _disagreeing(self) -> Iterator[str]:
        disagreeing = self._found.disagreeing
        if disagreeing:
            yield from ("", bold("Statements that a cited work may disagree with: read both"))
        for place, each in enumerate(self._cut(disagreeing, SUSPECTS), 1):
            yield from ("", *wrapped(f"“{in_cells(each.text)}”", self._columns, f"{place:>3}. ", "     "))
            says = f"[{each.cited.number}] says in its {each.cited.level}: “{in_cells(each.cited.text)}”"
            yield from self._under("", f"{says} (disagrees: {each.cited.score:.2f})")
        yield from self._left(disagreeing, SUSPECTS)

    def _run(self, run: Run, rows: Sequence[ShiftedCitation]) -> Iterator[str]:
        yield from self._told(f"{run.where} · confidence {confidence_text(run.confidence)}")
        yield from self._told(run.reason, 4)
        yield "    printed → meant"
        told = list(dict.fromkeys(self._corrected(row) for row in rows))
        yield from self._cut(told, ROWS)
        yield from self._left(told, ROWS, 6)
        if run.agrees:
            yield "    the running text cites what is meant:"
            for statement in self._cut(run.agrees, AGREEING):
                yield from self._told(f"“{in_cells(statement.text)}”", 6)
            yield from self._left(run.agrees, AGREEING, 6)

    def _corrected(self, row: ShiftedCitation) -> str:
        """One line on a corrected number; a long title is cut."""
        unsure = f" (by the shift; {row.rival} fits better)" if row.rival else "" if row.is_sure else UNSURE
        line = f"      {row.pair.reference:>3} → {row.meant:<3} {printable(self._found.titled(row.meant))}"
        room = self._columns - len(unsure)
        return (line if len(line) <= room else f"{line[: room - 1].rstrip()}…") + unsure

    def _suspect(self, place: int, pairs: Sequence[Pair]) -> Iterator[str]:
        statement = pairs[0].statement
        said = f"{self._found.before(pairs[0])} {statement.text}".strip()
        yield from wrapped(f"“{in_cells(said)}”", self._columns, f"{place:>3}. ", "     ")
        yield from wrapped(self._found.place(statement) or "the text", self._columns, "     — ", "       ")
        for pair in pairs:
            yield from self._under("", f"cites [{pair.reference}] {self._found.printed(pair.reference)}")
            yield from self._under("  why: ", f"{pair.reason} (support {pair.score:.2f})")
            for better in pair.better:
                yield from self._under(
                    "  better: ", f"[{better.number}] {better.score:.2f} {self._found.titled(better.number)}"
                )

    def _under(self, head: str, text: str) -> list[str]:
        return wrapped(text, self._columns, f"     {head}", "         " if head else "       ")

    def _bookkeeping(self) -> Iterator[str]:
        if self._found.bookkeeping:
            yield from ("", bold("Bookkeeping of the list"))
        for kind, slips in self._found.bookkeeping.items():
            yield from ("", f"  {KINDS[kind]} ({len(slips)})")
            for slip in self._cut(slips, SLIPS):
                yield from wrapped(in_cells(slip.detail), self._columns, "    - ", "      ")
            yield from self._left(slips, SLIPS, 4)

    def _told(self, text: str, indent: int = 2) -> list[str]:
        return wrapped(text, self._columns, " " * indent, " " * indent)

    def _cut(self, shown: Sequence[Shown], most: int) -> Sequence[Shown]:
        return shown if self._whole else shown[:most]

    def _left(self, shown: Sequence[object], most: int, indent: int = 2) -> Iterator[str]:
        """A line on what a cut list leaves out."""
        if not self._whole and len(shown) > most:
            yield f"{' ' * indent}… and {len(shown) - most} more; --all shows them"
