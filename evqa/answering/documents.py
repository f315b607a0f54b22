"""Compare the documents of a ranking: which hold evidence as near to the question as the best."""

from collections.abc import Sequence

from evqa.answering.ranking import Ranked

# So many documents after the best are compared with it; further ones say little, since many are always a little near.
COMPARED = 4


def nearness(ranked: Sequence[Ranked]) -> dict[str, float]:
    """The highest late-interaction score of each document, the nearest first."""
    found: dict[str, float] = {}
    for each in ranked:
        document = each.passage.document.id
        found[document] = max(found.get(document, 0.0), each.candidate.late)
    return dict(sorted(found.items(), key=lambda item: -item[1]))


def alike(ranked: Sequence[Ranked], share: float) -> tuple[str, ...]:
    """The documents between which the question can't tell, nearest first; () if it tells the best from the others.

    It can't where the next documents come on average to this share of the best one's score: its words are then found in
    one as well as in another. All of the ranking are given, as the one that is meant needn't be among the nearest.
    """
    near = nearness(ranked)
    best, *others = near.values() if near else (0.0,)
    compared = others[:COMPARED]
    is_even = bool(compared) and sum(compared) / len(compared) >= share * best
    return tuple(near) if is_even else ()
