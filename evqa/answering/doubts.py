"""What an audit has against the citations in an answer, in words. The printed numbers stay as they are."""

from collections.abc import Iterator, Mapping, Sequence

from evqa.corpus.corpus import Corpus
from evqa.model import Claim, Home

# So much of a statement is enough to know it by.
SHOWN = 60


def doubts(claims: Sequence[Claim], homes: Mapping[str, Home], corpus: Corpus) -> tuple[str, ...]:
    """A line for each number of a claim that doesn't seem to fit, each once, in order of the claims.

    `homes`: the documents of the passages that the claims stand in. Cited papers have no numbers of the review's.
    """
    return tuple(dict.fromkeys(line for claim in claims for line in _of(claim, homes[claim.passage], corpus)))


def _of(claim: Claim, home: Home, corpus: Corpus) -> Iterator[str]:
    if home.kind == "paper":
        return
    printed = {*claim.references, *claim.carried}
    for each in corpus.suspects(home.id) if printed else ():
        if each.reference in printed and each.start <= claim.start and claim.end <= each.end:
            yield _line(each.reference, each.better, claim.text)


def _line(reference: int, better: Sequence[int], text: str) -> str:
    instead = f"; {better[0]} does" if better else ""
    return f"ref {reference} doesn't seem to fit this statement{instead}: “{_short(text)}”"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= SHOWN else words[:SHOWN].rsplit(" ", 1)[0] + " …"
