"""Measures of a ranking, by ir_measures.

`shown[r]` is the set of a question's anchors (0, 1, …) inside passage r. An anchor is inside a text when its squeezed
form is inside the squeezed text.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from evqa.language.words import squeeze

Shown: TypeAlias = Sequence[frozenset[int]]
Scores: TypeAlias = dict[str, float]


@dataclass(frozen=True)
class Judged:
    """A ranking of documents, best first, beside the gain of every document that is worth finding."""

    gains: Mapping[str, int]
    ranking: Sequence[str] = field(default=())


def shown_in(anchors: Sequence[str], texts: Iterable[str]) -> list[frozenset[int]]:
    """For each passage text in order, which of the squeezed anchors it holds."""
    return [
        frozenset(place for place, anchor in enumerate(anchors) if anchor in squeezed)
        for squeezed in map(squeeze, texts)
    ]


def passage_scores(questions: Sequence[tuple[int, Shown]]) -> list[Scores]:
    """hit@1, hit@3, hit@5, MRR and nDCG@10 of each question, given as its number of anchors and what was shown.

    hit@k: 1 when an anchor is inside one of the first k passages, else 0. Also called success@k: Craswell & Hawking,
    Overview of the TREC 2002 web track.
    MRR: 1 / rank of the first passage that holds an anchor, 0 if none does; its mean is the mean reciprocal rank.
    Voorhees, The TREC-8 question answering track report, 1999.
    nDCG@10: every distinct anchor is to be found once and has gain 1. The ranking is that of the anchors as they are
    first shown: a passage that shows several new ones takes as many places, one that shows no new one takes a place of
    gain 0. So neither long nor repeated passages are favoured, and 1 means that the first passages show all anchors.
    Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4), 2002.
    """
    from ir_measures import RR, Success, nDCG

    passages = {"hit@1": Success @ 1, "hit@3": Success @ 3, "hit@5": Success @ 5, "MRR": RR}
    found = calculated(passages, [by_passage(shown) for _, shown in questions])
    gained = calculated({"nDCG@10": nDCG @ 10}, [by_anchor(shown, anchors) for anchors, shown in questions])
    return [one | other for one, other in zip(found, gained, strict=True)]


def by_passage(shown: Shown) -> Judged:
    """Passages as documents, relevant when they hold an anchor; one more is relevant and never returned."""
    gains = {str(rank): 1 for rank, anchors in enumerate(shown) if anchors}
    return Judged(gains | {"missing": 1}, [str(rank) for rank in range(len(shown))])


def by_anchor(shown: Shown, anchors: int) -> Judged:
    """Anchors as documents of gain 1, in the order in which they are first shown."""
    seen: set[int] = set()
    ranking: list[str] = []
    for rank, found in enumerate(shown):
        ranking.extend([f"anchor {new}" for new in sorted(found - seen)] or [f"nothing at {rank}"])
        seen |= found
    return Judged({f"anchor {number}": 1 for number in range(anchors)}, ranking)


def calculated(measures: Mapping[str, Any], judged: Sequence[Judged]) -> list[Scores]:
    """Each ranking's scores by the measures of ir_measures, under the names given. An empty ranking scores 0."""
    import ir_measures

    qrels = [
        ir_measures.Qrel(str(place), name, gain) for place, one in enumerate(judged) for name, gain in one.gains.items()
    ]
    run = [
        ir_measures.ScoredDoc(str(place), name, -rank)
        for place, one in enumerate(judged)
        for rank, name in enumerate(one.ranking)
    ]
    found: dict[str, Scores] = defaultdict(dict)
    names = {measure: name for name, measure in measures.items()}
    for metric in ir_measures.iter_calc(list(measures.values()), qrels, run):
        found[metric.query_id][names[metric.measure]] = float(metric.value)
    return [{name: found[str(place)][name] for name in measures} for place in range(len(judged))]
