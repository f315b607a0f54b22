"""An audit as it is read: by document, runs first, then what is suspect beside them, worst first, then bookkeeping."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from api.auditing import citing
from api.citing import Citing
from api.entry_text import entry_text
from evqa.audit_records import Audit, AuditedStatement, Bookkeeping, Kind, Pair, Run, Verdict
from evqa.model import Outline, Reference, Section
from evqa.retriever import Retriever

# In the order in which they are told.
KINDS: dict[Kind, str] = {
    "beyond_list": "Unresolved markers",
    "numbering": "Numbers of the list",
    "never_cited": "Listed, but never cited",
    "duplicate": "One work under two numbers",
    "out_of_order": "First cited out of order",
    "doubled_doi": "Two DOIs printed as one",
    "malformed_doi": "Not a DOI",
    "year_conflict": "Year and DOI disagree",
    "volume_conflict": "Volume and DOI disagree",
    "uncited_claim": "Findings of others without a citation",
}
VERDICTS: dict[Verdict, str] = {"suspect": "suspect", "cannot_tell": "can’t tell", "fits": "fits"}


@dataclass(frozen=True)
class Row:
    """A citation in a run: the pair as printed, and the number that is meant in place of the printed one."""

    pair: Pair
    meant: int

    @property
    def is_sure(self) -> bool:
        """Whether the printed number can't be right as well, as that of a broad work might."""
        return self.pair.verdict == "suspect"

    @property
    def rival(self) -> int | None:
        """The entry that fits the statement better still than the one that the shift leads to, if any does."""
        best = self.pair.better[0].number if self.pair.better else self.meant
        return best if best != self.meant else None


@dataclass(frozen=True)
class Findings:
    """What was found in one document.

    `runs` have their rows in printed order; `suspects` are those in no run, worst first, those of one statement
    together; `bookkeeping` is grouped by kind in the order of KINDS; `entries` are the document's by number. `failure`
    says why the document couldn't be audited; "" where it was.
    """

    outline: Outline
    pairs: tuple[Pair, ...]
    runs: tuple[tuple[Run, tuple[Row, ...]], ...]
    suspects: tuple[tuple[Pair, ...], ...]
    bookkeeping: Mapping[Kind, Sequence[Bookkeeping]]
    entries: Mapping[int, Reference]
    context: Mapping[int, str]
    failure: str = ""

    @property
    def title(self) -> str:
        """Title of the document."""
        return self.outline.document.title

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """Pairs by verdict."""
        found = Counter(each.verdict for each in self.pairs)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def in_runs(self) -> str:
        """How many of the suspects are told with a run, in words; "" where none is."""
        suspects = self.counts["suspect"]
        told = suspects - sum(map(len, self.suspects))
        number = "all" if told == suspects else str(told)
        return f"{number} of them in {'a run' if len(self.runs) == 1 else 'runs'}" if told else ""

    @property
    def slips(self) -> int:
        """How many findings of bookkeeping there are."""
        return sum(map(len, self.bookkeeping.values()))

    def titled(self, number: int) -> str:
        """Title and year of an entry; as printed where the title isn't known."""
        entry = self.entries.get(number)
        if entry is None:
            return "no such entry"
        return f"{entry.title} ({entry.year})" if entry.title and entry.year else entry.title or entry.raw

    def printed(self, number: int) -> str:
        """An entry in full."""
        entry = self.entries.get(number)
        return entry_text(entry) if entry else "no such entry"

    def before(self, pair: Pair) -> str:
        """The sentences before a suspect's to which its number is carried; "" where there are none."""
        return self.context.get(pair.statement.start, "")

    def place(self, statement: AuditedStatement) -> str:
        """Where a statement stands: "Table 1 · 4 Resistance to therapy"."""
        inside = [each for each in self.outline.sections if each.start <= statement.start < each.end]
        innermost = max(inside, key=lambda each: (each.level, each.start), default=None)
        return " · ".join(part for part in (statement.label, _heading(innermost)) if part)


def findings(audit: Audit, retriever: Retriever) -> tuple[Findings, ...]:
    """The findings of each audited document, in order of ingestion."""
    entries: defaultdict[str | None, dict[int, Reference]] = defaultdict(dict)
    for entry in retriever.references():
        entries[entry.document].setdefault(entry.number, entry)
    statements = Citing(retriever)
    return tuple(_of(audit, outline, entries[outline.document.id], statements) for outline in citing(retriever))


def _of(audit: Audit, outline: Outline, entries: Mapping[int, Reference], statements: Citing) -> Findings:
    document = outline.document.id
    pairs = tuple(each for each in audit.pairs if each.document == document)
    runs = tuple((run, rows(run, pairs)) for run in audit.runs if run.document == document)
    told = {id(row.pair) for _, found in runs for row in found}
    suspects = [each for each in pairs if each.verdict == "suspect" and id(each) not in told]
    kept = [each for each in audit.bookkeeping if each.document == document]
    return Findings(
        outline=outline,
        pairs=pairs,
        runs=runs,
        suspects=by_statement(sorted(suspects, key=lambda each: each.score)),
        bookkeeping={kind: found for kind in KINDS if (found := [each for each in kept if each.kind == kind])},
        entries=entries,
        context={each.statement.start: _carried(each, entries, statements) for each in suspects},
        failure="; ".join(each.reason for each in audit.failed if each.document == document),
    )


def _carried(pair: Pair, entries: Mapping[int, Reference], statements: Citing) -> str:
    """The sentences right before the pair's to which its number is carried."""
    entry = entries.get(pair.reference)
    earlier = (
        [each for each in statements.statements(entry) if each.statement.end <= pair.statement.start] if entry else []
    )
    found = list(takewhile(lambda each: each.carried, reversed(earlier)))
    return " ".join(each.text for each in reversed(found))


def rows(run: Run, pairs: Sequence[Pair]) -> tuple[Row, ...]:
    """The citations in a run: those of its table, or of the text between its ends, whose numbers it corrects."""
    inside = [each for each in pairs if run.start <= each.statement.start and each.statement.end <= run.end]
    is_table = any(_label(each) == run.where for each in inside)
    held = [each for each in inside if _label(each) == (run.where if is_table else None)]
    return tuple(Row(each, meant) for each in held if (meant := run.mapping.get(str(each.reference))) is not None)


def by_statement(pairs: Sequence[Pair]) -> tuple[tuple[Pair, ...], ...]:
    """The pairs of each statement, statements and pairs in the order in which they come first."""
    found: defaultdict[tuple[int, int], list[Pair]] = defaultdict(list)
    for each in pairs:
        found[each.statement.start, each.statement.end].append(each)
    return tuple(map(tuple, found.values()))


def _label(pair: Pair) -> str | None:
    """Label of the table that the pair stands in."""
    return pair.statement.label if pair.statement.where == "table" else None


def _heading(section: Section | None) -> str:
    return " ".join(part for part in (section.number, section.title) if part) if section else ""
