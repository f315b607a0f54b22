"""The stages of answering, and what takes the place of each when it is left out.

The product has no switches. A stage is left out by giving `ask` other steps, an open corpus other steps of matching,
the ranking other fitted weights, or a new generation other directions.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np

from evqa.answer import STEPS, Steps
from evqa.answering.choosing import claims_of
from evqa.answering.fusion import relevances
from evqa.answering.ranking import Ranked, Ranking
from evqa.corpus.corpus import Corpus
from evqa.fitted import Fitted, RankingWeights, fitted, using
from evqa.model import Claim, Passage
from evqa.question.facts.literature import Facts
from evqa.question.understanding import Understanding
from evqa.refusal.confidence import ANSWERED, NAMES, observed
from index.corpus import MATCHING, Matching, StoredCorpus
from index.disk.folder import RECORDS
from index.disk.lock import write_lock
from index.generation.publish import publish
from index.models.embedding import Flags, Floats, Integers
from index.search.directions import Directions, Spread
from index.store.store import created


@dataclass(frozen=True)
class Stage:
    """A stage and how to do without it.

    `worth`: what it does, in one line. `steps`, `matching`: the steps of answering and matching without it. `weights`:
    fitted weights of the ranking and what they are without it. `when`: whether it acts when a question is asked or
    when a generation is published, of which there is one: the directions of the token vectors.
    """

    name: str
    worth: str
    steps: Steps = STEPS
    matching: Matching = MATCHING
    weights: tuple[tuple[str, float], ...] = ()
    when: Literal["publish", "ask"] = "ask"


EVERYTHING = Stage("everything", "nothing is left out")


@contextmanager
def left_out(stage: Stage) -> Iterator[None]:
    """Other weights of the ranking are in use, where the stage is one of weights."""
    with using(_weighed(dict(stage.weights))):
        yield


def matched_without(stage: Stage, corpus: Corpus) -> Corpus:
    """The corpus without the stage, where that is one of matching in a stored corpus; else the corpus itself."""
    if stage.matching == MATCHING or not isinstance(corpus, StoredCorpus):
        return corpus
    return corpus.matching(stage.matching)


def publish_without_directions(folder: Path) -> None:
    """Publishes a stored corpus's records anew, with nothing but their length taken out of the token vectors."""
    with write_lock(folder), closing(created(folder / RECORDS)) as store:
        publish(store, folder, shared=no_directions)


def no_directions(spread: Spread) -> Directions:
    """Nothing that token vectors share."""
    return Directions(np.zeros(spread.dim, np.float32), np.zeros((0, spread.dim), np.float32))


def _weighed(weights: dict[str, float]) -> Fitted:
    """What is in use with other weights of the ranking."""
    own = fitted().ranking.model_dump()
    if missing := weights.keys() - own.keys():
        raise LookupError(f"there is no fitted weight {min(missing)!r}: mend it in eval/fitting/stages.py")
    return fitted().model_copy(update={"ranking": RankingWeights.model_validate(own | weights)})


def chosen(names: Sequence[str]) -> tuple[Stage, ...]:
    """The stages of those names in the order of the table; all without names. Raises KeyError for an unknown one."""
    known = {stage.name: stage for stage in STAGES}
    wanted = [known[name] for name in names]
    return tuple(stage for stage in STAGES if stage in wanted or not names)


def _uniform(_background: Floats, _pieces: Integers, informative: Flags) -> Floats:
    return (informative if informative.any() else np.ones_like(informative)).astype(np.float32)


def _few(ranked: Sequence[Ranked]) -> list[Ranked]:
    """A list answered as any other question is: by the best passage and two nearly as good."""
    return [each for each in ranked if each.score >= ranked[0].score - fitted().ranking.margin][: STEPS.cuts.few]


def _without_carried(passage: Passage) -> list[Claim]:
    return [claim.model_copy(update={"carried": ()}) for claim in claims_of(passage)]


def _prints_number(passage: Passage) -> bool:
    return any(each.references for each in passage.sentences)


def _held(name: str, asked: Understanding, ranking: Ranking, corpus: Corpus) -> tuple[float, ...] | None:
    """Features with one of them held at what an answered question has."""
    values = observed(asked, ranking, corpus)
    at = NAMES.index(name)
    return None if values is None else (*values[:at], ANSWERED[at], *values[at + 1 :])


def _with_problems_ignored(asked: Understanding, ranking: Ranking, corpus: Corpus) -> tuple[float, ...] | None:
    kind = replace(asked.kind, by="number") if asked.numbers else asked.kind
    return observed(replace(asked, problems=(), kind=kind), ranking, corpus)


def _finders(**other: object) -> Steps:
    return replace(STEPS, finders=replace(STEPS.finders, **other))  # type: ignore[arg-type]


def _scoring(**other: object) -> Steps:
    return replace(STEPS, scoring=replace(STEPS.scoring, **other))  # type: ignore[arg-type]


def _cuts(**other: object) -> Steps:
    return replace(STEPS, cuts=replace(STEPS.cuts, **other))  # type: ignore[arg-type]


def _weight(name: str, worth: str, *weights: str) -> Stage:
    """A stage that is left out when its fitted weights are 0."""
    return Stage(name, worth, weights=tuple((weight, 0.0) for weight in weights))


_UNDERSTANDING = (
    Stage("parts", "the part that is named", _finders(parts=lambda *_: ())),
    Stage("position", "how a part begins or ends", _finders(position=lambda *_: None)),
    Stage("numbers", "reference numbers in the question", _finders(numbers=lambda _: None)),
    Stage("author-uses", "what an author's works are cited for", _finders(uses=lambda *_: None)),
    Stage("facts", "facts about entries", _finders(facts=lambda *_: Facts())),
    Stage("slips", "slips in words that say where to look", _finders(mended=lambda text, _: text)),
    Stage("abbreviations", "written out in the question", _scoring(written_out=lambda text, _: text)),
)
_MATCHING = (
    Stage("directions", "what all token vectors share is taken out of them", when="publish"),
    Stage("word-weights", "rare words count more", matching=replace(MATCHING, weights=_uniform)),
    Stage(
        "statements",
        "a long passage is as near as its nearest statements",
        matching=replace(MATCHING, nearness=lambda _statements, _rows, _questions, whole: whole),
    ),
)
_RANKING = (
    Stage("saturation", "from a cosine on a word is there", weights=(("saturation", 1.0),)),
    Stage(
        "fusion",
        "vectors and words count in long passages",
        _scoring(relevances=partial(relevances, longness=lambda _: 0.0)),
    ),
    _weight("length-cost", "longer passages lose a little", "length_cost"),
    _weight("entries", "entries lose, or gain where they are asked for", "entry", "listed_entry"),
)
_CHOOSING = (
    Stage("list-cut", "a list ends at the largest drop in score", _cuts(listed=_few)),
    Stage("margin", "passages nearly as good as the best answer, too", _cuts(few=1)),
    Stage(
        "carried",
        "numbers carried to a sentence from a later one",
        replace(
            STEPS,
            claims_of=_without_carried,
            cuts=replace(STEPS.cuts, cites=_prints_number),
        ),
    ),
)
_REFUSING = (
    *(
        Stage(
            f"refusal-{name.replace('_', '-')}",
            f"{name} as a feature of confidence",
            replace(STEPS, observed=partial(_held, name)),
        )
        for name in NAMES
    ),
    Stage("rule-absent", "what is named isn't there", replace(STEPS, observed=_with_problems_ignored)),
    Stage(
        "rule-unknown",
        "no word is understood",
        replace(STEPS, observed=partial(observed, understood=lambda *_: True)),
    ),
)
STAGES = (*_UNDERSTANDING, *_MATCHING, *_RANKING, *_CHOOSING, *_REFUSING)
