"""Add to the claims of an answer which of their citations an audit doubts. The printed numbers stay as they are."""

from collections.abc import Iterator, Mapping, Sequence

from evqa.corpus.corpus import Corpus
from evqa.model import Claim, Doubt, Home

# A warning quotes at most this many characters of the statement.
SHOWN = 60


def doubted(claims: Sequence[Claim], homes: Mapping[str, Home], corpus: Corpus) -> list[Claim]:
    """The claims with their doubts: which of the numbers printed in a claim, or carried to it, don't seem to fit.

    `homes`: the document of each claim's passage, by the passage's id. Claims from cited papers have no doubts, as
    papers don't print the review's numbers.
    """
    return [
        claim.model_copy(update={"doubts": found})
        if (found := tuple(_doubts(claim, homes[claim.passage], corpus)))
        else claim
        for claim in claims
    ]


def _doubts(claim: Claim, home: Home, corpus: Corpus) -> Iterator[Doubt]:
    if home.kind == "paper":
        return
    printed = {*claim.references, *claim.carried}
    for suspect in corpus.suspects(home.id) if printed else ():
        if suspect.reference in printed and suspect.start <= claim.start and claim.end <= suspect.end:
            yield Doubt(
                reference=suspect.reference,
                score=suspect.score,
                reason=suspect.reason,
                better=suspect.better,
                warning=_line(suspect.reference, suspect.better, claim.text),
            )


def warnings(claims: Sequence[Claim]) -> tuple[str, ...]:
    """The warnings of all doubts, each once, in order of the claims."""
    return tuple(dict.fromkeys(doubt.warning for claim in claims for doubt in claim.doubts))


def _line(reference: int, better: Sequence[int], text: str) -> str:
    instead = f"; {better[0]} does" if better else ""
    return f"ref {reference} doesn't seem to fit this statement{instead}: “{shortened(text)}”"


def shortened(text: str) -> str:
    """The text on one line, cut after a word where it is longer than a warning may quote."""
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else words[:SHOWN].rsplit(" ", 1)[0] + " …"
