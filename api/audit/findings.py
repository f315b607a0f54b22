"""An audit as it is read: by document, runs first, then what is suspect beside them, worst first, then bookkeeping."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile

from api.audit.auditing import citing
from api.bibliography.citing import Citing
from api.text.entry import entry_text
from evqa.audit.records import Audit, AuditedStatement, Bookkeeping, Kind, Pair, Run, Verdict
from evqa.corpus.corpus import Corpus
from evqa.model import Outcome, Outline, Reference, Section, Verified
from evqa.works.standing import checked_text
from evqa.works.verdicts import OUTCOMES

# In the order of the report.
KINDS: dict[Kind, str] = {
    "standing": "Works with a notice",
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
    "contradicted": "Print and record disagree",
    "other_work": "The DOI of another work",
    "not_found": "Known to no source asked",
    "misread": "Perhaps read wrongly",
}
VERDICTS: dict[Verdict, str] = {"suspect": "suspect", "cannot_tell": "can’t tell", "fits": "fits"}


@dataclass(frozen=True)
class ShiftedCitation:
    """A citation in a run of shifted numbers: the pair as printed, and the number that is meant instead."""

    pair: Pair
    meant: int

    @property
    def is_sure(self) -> bool:
        """Whether the printed number is certainly wrong; the number of a broad work may be right as well."""
        return self.pair.verdict == "suspect"

    @property
    def rival(self) -> int | None:
        """The entry that fits the statement better than the one the shift leads to; None if there is none."""
        best = self.pair.better[0].number if self.pair.better else self.meant
        return best if best != self.meant else None


@dataclass(frozen=True)
class Findings:
    """What the audit found in one document.

    Each run has its citations in printed order. `suspects` are the suspect pairs outside all runs, worst first, grouped
    by statement. `bookkeeping` is grouped by kind in the order of KINDS. `entries` are the document's, by number.
    `context` has the sentences before a suspect statement to which its number is carried, by the statement's start.
    `verified`: what stored works say of the statements that cite them. `failure` says why the document couldn't be
    audited; "" if it was.
    """

    outline: Outline
    pairs: tuple[Pair, ...]
    runs: tuple[tuple[Run, tuple[ShiftedCitation, ...]], ...]
    suspects: tuple[tuple[Pair, ...], ...]
    bookkeeping: Mapping[Kind, Sequence[Bookkeeping]]
    entries: Mapping[int, Reference]
    context: Mapping[int, str]
    verified: tuple[Verified, ...] = ()
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
    def checked(self) -> str:
        """How many of the entries were checked for notices, in words."""
        return checked_text(self.entries.values(), datetime.now(UTC).date())

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """Statements by what a work that they cite says of them."""
        found = Counter(each.cited.verdict for each in self.verified)
        return {outcome: found[outcome] for outcome in OUTCOMES}

    @property
    def disagreeing(self) -> list[Verified]:
        """The statements that a cited work seems to disagree with, the surest first."""
        found = [each for each in self.verified if each.cited.verdict == "disagrees"]
        return sorted(found, key=lambda each: (-each.cited.score, each.start))

    @property
    def in_runs(self) -> str:
        """How many of the suspects belong to a run, in words; "" if none does."""
        suspects = self.counts["suspect"]
        told = suspects - sum(map(len, self.suspects))
        number = "all" if told == suspects else str(told)
        return f"{number} of them in {'a run' if len(self.runs) == 1 else 'runs'}" if told else ""

    @property
    def slips(self) -> int:
        """Number of bookkeeping findings."""
        return sum(map(len, self.bookkeeping.values()))

    def titled(self, number: int) -> str:
        """Title and year of an entry, or the entry as printed if its title isn't known."""
        entry = self.entries.get(number)
        if entry is None:
            return "no such entry"
        return f"{entry.title} ({entry.year})" if entry.title and entry.year else entry.title or entry.raw

    def printed(self, number: int) -> str:
        """An entry in full."""
        entry = self.entries.get(number)
        return entry_text(entry) if entry else "no such entry"

    def before(self, pair: Pair) -> str:
        """The sentences before a suspect to which its number is carried; "" if there are none."""
        return self.context.get(pair.statement.start, "")

    def place(self, statement: AuditedStatement | Verified) -> str:
        """The place of a statement, such as "Table 1 · 4 Resistance to therapy"."""
        label = statement.label if isinstance(statement, AuditedStatement) else None
        inside = [each for each in self.outline.sections if each.start <= statement.start < each.end]
        innermost = max(inside, key=lambda each: (each.level, each.start), default=None)
        return " · ".join(part for part in (label, _heading(innermost)) if part)


def findings(audit: Audit, corpus: Corpus) -> tuple[Findings, ...]:
    """The findings of each audited document, in order of ingestion."""
    entries: defaultdict[str | None, dict[int, Reference]] = defaultdict(dict)
    for entry in corpus.references():
        entries[entry.document].setdefault(entry.number, entry)
    statements = Citing(corpus)
    return tuple(_of(audit, outline, entries[outline.document.id], statements) for outline in citing(corpus))


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
        verified=tuple(each for each in audit.verified if each.document == document),
        failure="; ".join(each.reason for each in audit.failed if each.document == document),
    )


def _carried(pair: Pair, entries: Mapping[int, Reference], statements: Citing) -> str:
    """The sentences right before the pair's statement to which its number is carried."""
    entry = entries.get(pair.reference)
    earlier = (
        [each for each in statements.statements(entry) if each.statement.end <= pair.statement.start] if entry else []
    )
    found = list(takewhile(lambda each: each.carried, reversed(earlier)))
    return " ".join(each.text for each in reversed(found))


def rows(run: Run, pairs: Sequence[Pair]) -> tuple[ShiftedCitation, ...]:
    """The citations in a run whose numbers it corrects: those of its table, or of the text between its ends."""
    inside = [pair for pair in pairs if run.start <= pair.statement.start and pair.statement.end <= run.end]
    is_table = any(_label(pair) == run.where for pair in inside)
    place = run.where if is_table else None
    return tuple(
        ShiftedCitation(pair, run.mapping[str(pair.reference)])
        for pair in inside
        if _label(pair) == place and str(pair.reference) in run.mapping
    )


def by_statement(pairs: Sequence[Pair]) -> tuple[tuple[Pair, ...], ...]:
    """The pairs grouped by statement, in order of first occurrence."""
    found: defaultdict[tuple[int, int], list[Pair]] = defaultdict(list)
    for each in pairs:
        found[each.statement.start, each.statement.end].append(each)
    return tuple(map(tuple, found.values()))


def _label(pair: Pair) -> str | None:
    """Label of the pair's table; None outside tables."""
    return pair.statement.label if pair.statement.where == "table" else None


def _heading(section: Section | None) -> str:
    return " ".join(part for part in (section.number, section.title) if part) if section else ""
