"""What an audit has against the citations in an answer. The printed numbers stay as they are."""

from collections.abc import Iterator, Mapping, Sequence

from evqa.corpus.corpus import Corpus
from evqa.model import Claim, Doubt, Home

# So many characters of a statement are enough to know it by.
SHOWN = 60


def doubted(claims: Sequence[Claim], homes: Mapping[str, Home], corpus: Corpus) -> list[Claim]:
    """The claims, each with the doubts about the numbers that it prints or that are carried to it.

    `homes`: the documents of the passages that the claims stand in. A cited paper prints no numbers of the review.
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
    """The lines of all doubts, each once, in order of the claims."""
    return tuple(dict.fromkeys(doubt.warning for claim in claims for doubt in claim.doubts))


def _line(reference: int, better: Sequence[int], text: str) -> str:
    instead = f"; {better[0]} does" if better else ""
    return f"ref {reference} doesn't seem to fit this statement{instead}: “{_short(text)}”"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else words[:SHOWN].rsplit(" ", 1)[0] + " …"
