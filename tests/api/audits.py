"""A hand-made audit."""

from collections.abc import Sequence

from api.audit.findings import Findings, ShiftedCitation
from evqa.audit.records import AuditedStatement, Better, Bookkeeping, Pair, Run
from evqa.model import CitedSentence, Home, Integrity, Outcome, Outline, Reference, Section, Source, Verified

SAID = "They carry PD-L1 (2)."


def found_in(references: Sequence[Reference], suspects: int, said: str = SAID, rival: int | None = None) -> Findings:
    """Findings in a document of three entries: a run of one row, so many suspect statements, and a bad DOI."""
    row = Pair(
        document="d-1",
        statement=AuditedStatement(text="Leukemia\tPD-L1\t(3)", start=10, end=28, where="table", label="Table 1"),
        reference=3,
        score=0.2,
        verdict="suspect",
        reason="the numbers of Table 1 are shifted: 1 is meant",
        better=(Better(number=rival, score=0.99),) if rival else (),
    )
    doubted = [_suspect(said, 200 + 40 * place) for place in range(suspects)]
    fitting = _suspect(SAID, 900).model_copy(update={"verdict": "fits", "score": 0.9, "better": ()})
    slip = Bookkeeping(document="d-1", kind="malformed_doi", references=(1,), detail="1 prints what is no DOI: 10.x")
    return Findings(
        outline=_outline(),
        pairs=(row, *doubted, fitting),
        runs=((_run(doubted[:1]), (ShiftedCitation(row, 1),)),),
        suspects=tuple((each,) for each in doubted),
        bookkeeping={"malformed_doi": [slip]},
        entries={each.number: each for each in references},
        context={200: "Vesicles are small."},
    )


def told_of(verdict: Outcome, text: str = "They lack PD-L1.") -> Verified:
    """What the second entry's work says of a statement."""
    cited = CitedSentence(number=2, level="abstract", text=text, score=0.71, verdict=verdict)
    return Verified(document="d-1", text=SAID, start=200, end=221, cited=cited)


def _suspect(said: str, start: int) -> Pair:
    return Pair(
        document="d-1",
        statement=AuditedStatement(text=said, start=start, end=start + 21, section="4", where="text"),
        reference=2,
        score=0.07,
        verdict="suspect",
        reason="nothing here meets it; 1 fits better",
        better=(Better(number=1, score=0.98),),
    )


def _run(agreeing: Sequence[Pair]) -> Run:
    return Run(
        document="d-1",
        where="Table 1",
        offset=-2,
        rows=6,
        of=6,
        mapping={"3": 1},
        confidence=0.97,
        reason="6 of 6 rows fit the entry 2 further back",
        start=10,
        end=28,
        agrees=tuple(each.statement for each in agreeing),
    )


def _outline() -> Outline:
    return Outline(
        document=Home(id="d-1", title="A review of vesicles"),
        source=Source(name="vesicles.md", sha256="0" * 64, media_type="text/markdown"),
        sections=(Section(number="4", title="Resistance to therapy", start=100, end=5000),),
        integrity=Integrity(references=3, contiguous=True, citations=3),
    )
