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
class JudgedRanking:
    """A ranking of documents, best first, and the gain of every relevant document."""

    gains: Mapping[str, int]
    ranking: Sequence[str] = field(default=())


def shown_in(anchors: Sequence[str], texts: Iterable[str]) -> list[frozenset[int]]:
    """For each passage text, the places of the squeezed anchors that it holds."""
    return [
        frozenset(place for place, anchor in enumerate(anchors) if anchor in squeezed)
        for squeezed in map(squeeze, texts)
    ]


def passage_scores(questions: Sequence[tuple[int, Shown]]) -> list[Scores]:
    """hit@1, hit@3, hit@5, MRR and nDCG@10 of each question, given as its number of anchors and the anchors shown.

    hit@k: 1 when an anchor is inside one of the first k passages, else 0. Also called success@k: Craswell & Hawking,
    Overview of the TREC 2002 web track.
    MRR: 1 / rank of the first passage that holds an anchor, 0 if none does; its mean is the mean reciprocal rank.
    Voorhees, The TREC-8 question answering track report, 1999.
    nDCG@10: every distinct anchor has gain 1. Anchors are ranked in the order in which they are first shown. A passage
    with several new anchors takes as many places; a passage without a new one takes one place of gain 0. So neither
    long nor repeated passages are favoured, and 1 means that the first passages show all anchors.
    Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4), 2002.
    """
    from ir_measures import RR, Success, nDCG

    passages = {"hit@1": Success @ 1, "hit@3": Success @ 3, "hit@5": Success @ 5, "MRR": RR}
    of_passages = calculated(passages, [by_passage(shown) for _, shown in questions])
    of_anchors = calculated({"nDCG@10": nDCG @ 10}, [by_anchor(shown, anchors) for anchors, shown in questions])
    return [scores | more for scores, more in zip(of_passages, of_anchors, strict=True)]


def by_passage(shown: Shown) -> JudgedRanking:
    """Passages as documents, relevant if they hold an anchor.

    One more document is relevant and never returned, so that every ranking has a relevant document.
    """
    gains = {str(rank): 1 for rank, anchors in enumerate(shown) if anchors}
    return JudgedRanking(gains | {"missing": 1}, [str(rank) for rank in range(len(shown))])


def by_anchor(shown: Shown, anchors: int) -> JudgedRanking:
    """Anchors as documents of gain 1, ranked in the order in which they are first shown."""
    seen: set[int] = set()
    ranking: list[str] = []
    for rank, anchors_shown in enumerate(shown):
        ranking.extend([f"anchor {new}" for new in sorted(anchors_shown - seen)] or [f"nothing at {rank}"])
        seen |= anchors_shown
    return JudgedRanking({f"anchor {number}": 1 for number in range(anchors)}, ranking)


def calculated(measures: Mapping[str, Any], judged: Sequence[JudgedRanking]) -> list[Scores]:
    """The scores of each ranking by measures of ir_measures, under the names given. An empty ranking scores 0."""
    import ir_measures

    qrels = [
        ir_measures.Qrel(str(place), name, gain)
        for place, ranking in enumerate(judged)
        for name, gain in ranking.gains.items()
    ]
    run = [
        ir_measures.ScoredDoc(str(place), name, -rank)
        for place, ranking in enumerate(judged)
        for rank, name in enumerate(ranking.ranking)
    ]
    scores: dict[str, Scores] = defaultdict(dict)
    names = {measure: name for name, measure in measures.items()}
    for metric in ir_measures.iter_calc(list(measures.values()), qrels, run):
        scores[metric.query_id][names[metric.measure]] = float(metric.value)
    return [{name: scores[str(place)][name] for name in measures} for place in range(len(judged))]
