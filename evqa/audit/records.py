"""The records of an audit of a document's citations."""

from typing import Literal

from pydantic import Field

from evqa.model import Record, Suspect, Verified, Where

Verdict = Literal["fits", "cannot_tell", "suspect"]
Kind = Literal[
    "never_cited",
    "out_of_order",
    "duplicate",
    "numbering",
    "beyond_list",
    "malformed_doi",
    "doubled_doi",
    "year_conflict",
    "volume_conflict",
    "uncited_claim",
    "contradicted",
    "other_work",
    "not_found",
    "standing",
    "misread",
]


class AuditedStatement(Record):
    """A sentence, table row or caption that cites, by code points of its document's canonical text.

    `carried_from`: where the first of the sentences before it begins to which its numbers are carried.
    """

    text: str
    start: int
    end: int
    carried_from: int | None = None
    section: str | None = None
    where: Where
    label: str | None = None


class Better(Record):
    """An entry that fits a statement better, with the support that it gives it (0..1)."""

    number: int
    score: float = Field(ge=0, le=1)


class Pair(Record):
    """A statement and one entry that it cites.

    `score` is the support that the entry gives the statement, in 0..1, higher is better; `better` are entries for a
    suspect, best first. `known`: what of the entry's work was looked at, its title alone or its text, too.
    """

    document: str
    statement: AuditedStatement
    reference: int
    score: float = Field(ge=0, le=1)
    verdict: Verdict
    reason: str
    known: Literal["title", "text"] = "title"
    better: tuple[Better, ...] = ()


class Run(Record):
    """Citations in one table or stretch of text whose numbers are shifted by the same offset.

    `offset`: by how much most of them are short of the entry that fits; `mapping`: from each number printed in the
    run to the one that is meant; `rows` of the `of` citing statements there are in the run, which stand between
    `start` and `end` and begin at `statements`, as those of the pairs do. `agrees`: statements of the running text
    that cite a mapped number for the same. `confidence`: how likely the numbers are wrong, and not only read wrongly;
    `rests_on`: what speaks for that, in words.
    """

    document: str
    where: str
    offset: int
    rows: int
    of: int
    mapping: dict[str, int]
    confidence: float = Field(ge=0, le=1)
    reason: str
    start: int
    end: int
    statements: tuple[int, ...] = ()
    rests_on: tuple[str, ...] = ()
    agrees: tuple[AuditedStatement, ...] = ()


class Bookkeeping(Record):
    """A fault of the bibliography or its numbers: of which kind, which entries, and the details in words."""

    document: str
    kind: Kind
    references: tuple[int, ...] = ()
    detail: str
    start: int | None = None
    end: int | None = None


class FailedAudit(Record):
    """A document that couldn't be audited, and why, on one line."""

    document: str
    reason: str


class Audit(Record):
    """The findings of one document, or of a whole corpus, in printed order.

    `verified`: statements that cite a work of which anything is stored, with what that says. `failed`: documents of
    which nothing is known, because their audit failed.
    """

    pairs: tuple[Pair, ...] = ()
    runs: tuple[Run, ...] = ()
    bookkeeping: tuple[Bookkeeping, ...] = ()
    verified: tuple[Verified, ...] = ()
    failed: tuple[FailedAudit, ...] = ()

    @property
    def suspects(self) -> tuple[Suspect, ...]:
        """The suspect pairs in printed order. Each begins with the first sentence that its number is carried to."""
        return tuple(
            Suspect(
                start=each.statement.start if each.statement.carried_from is None else each.statement.carried_from,
                end=each.statement.end,
                reference=each.reference,
                score=each.score,
                reason=each.reason,
                better=tuple(one.number for one in each.better),
            )
            for each in self.pairs
            if each.verdict == "suspect"
        )
