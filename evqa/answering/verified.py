"""Add to the claims of an answer what the works say themselves that they cite."""

from collections.abc import Iterator, Mapping, Sequence

from evqa.corpus.corpus import Corpus
from evqa.model import CitedSentence, Claim, Home


def with_cited(claims: Sequence[Claim], homes: Mapping[str, Home], corpus: Corpus) -> list[Claim]:
    """The claims with the nearest sentence of each cited work of which anything is stored, and the verdict on it.

    `homes`: the document of each claim's passage, by the passage's id.
    """
    return [
        claim.model_copy(update={"cited": found})
        if (found := tuple(_cited(claim, homes[claim.passage], corpus)))
        else claim
        for claim in claims
    ]


def _cited(claim: Claim, home: Home, corpus: Corpus) -> Iterator[CitedSentence]:
    if home.kind == "paper":
        return
    printed = {*claim.references, *claim.carried}
    told: set[int] = set()
    for each in corpus.verified(home.id) if printed else ():
        number = each.cited.number
        if number in printed and number not in told and each.start <= claim.start and claim.end <= each.end:
            told.add(number)
            yield each.cited
