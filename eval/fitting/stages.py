"""The stages of answering, and what takes the place of each when it is turned off.

The product has no switches. A stage is off while a function, constant or fitted weight of it is replaced by one that
does nothing; what is replaced is named by module and attribute, so that a name that is gone is noticed.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from operator import attrgetter
from typing import Any, Literal

import numpy as np

from evqa.answering.ranking import Ranked
from evqa.fitted import Fitted, RankingWeights, fitted, using
from evqa.language.framing import blanked
from evqa.question.facts.literature import Facts
from evqa.refusal.features import ANSWERED, NAMES
from index.models.embedding import Flags, Floats, Integers
from index.search.directions import Directions


@dataclass(frozen=True)
class Replacement:
    """`target`, as "module:name" or "module:Class.name", and what makes from it what takes its place."""

    target: str
    make: Callable[[Any], object]


@dataclass(frozen=True)
class Stage:
    """A stage and how to do without it.

    `worth`: what it does, in one line. `when`: whether it acts when a document is stored or when a question is asked.
    `weights`: fitted weights of the ranking and what they are without it.
    """

    name: str
    worth: str
    replaced: tuple[Replacement, ...] = ()
    weights: tuple[tuple[str, float], ...] = ()
    when: Literal["store", "ask"] = "ask"


@contextmanager
def off(stage: Stage) -> Iterator[None]:
    """Turns the stage off, and on again whatever happens. Raises LookupError where the product lacks what it names."""
    with ExitStack() as stack:
        for one in stage.replaced:
            stack.enter_context(replaced(one))
        if stage.weights:
            stack.enter_context(using(_weighed(dict(stage.weights))))
        yield


@contextmanager
def replaced(one: Replacement) -> Iterator[None]:
    """Puts something in the target's place, and the target back whatever happens."""
    owner, name = _owner(one.target)
    original = vars(owner)[name]
    setattr(owner, name, one.make(original))
    try:
        yield
    finally:
        setattr(owner, name, original)


def _owner(target: str) -> tuple[Any, str]:
    """The module or class that holds the target, and its name there."""
    module, _, path = target.partition(":")
    outer, _, name = path.rpartition(".")
    owner = import_module(module)
    owner = attrgetter(outer)(owner) if outer else owner
    if name not in vars(owner):
        raise LookupError(f"{target} isn't there any more: say in eval/fitting/stages.py what takes its place")
    return owner, name


def _weighed(weights: dict[str, float]) -> Fitted:
    """What is in use with other weights of the ranking."""
    own = fitted().ranking.model_dump()
    if missing := weights.keys() - own.keys():
        raise LookupError(
            f"there is no fitted weight {min(missing)!r}: say in eval/fitting/stages.py what takes its place"
        )
    return fitted().model_copy(update={"ranking": RankingWeights.model_validate(own | weights)})


def chosen(names: Sequence[str]) -> tuple[Stage, ...]:
    """The stages of those names in the order of the table; all without names. Raises KeyError for an unknown one."""
    known = {stage.name: stage for stage in STAGES}
    wanted = [known[name] for name in names]
    return tuple(stage for stage in STAGES if stage in wanted or not names)


def _instead(target: str, value: object) -> Replacement:
    return Replacement(target, lambda _: value)


def _asked(name: str, worth: str, target: str, value: object) -> Stage:
    """A stage of asking that `value` takes the place of."""
    return Stage(name, worth, (_instead(target, value),))


def _stored(name: str, worth: str, target: str, value: object) -> Stage:
    """A stage of storing that `value` takes the place of."""
    return Stage(name, worth, (_instead(target, value),), when="store")


def _weight(name: str, worth: str, *weights: str) -> Stage:
    """A stage that is off when its fitted weights are 0."""
    return Stage(name, worth, weights=tuple((weight, 0.0) for weight in weights))


def _always(value: object) -> Callable[..., object]:
    return lambda *_: value


def _uniform(_background: Floats, _pieces: Integers, informative: Flags) -> Floats:
    return (informative if informative.any() else np.ones_like(informative)).astype(np.float32)


def _ranked_by(score: int) -> tuple[Replacement, ...]:
    """Late interaction's score replaced by another of the three: dense (0) or lexical (1)."""

    def ranked(original: Callable[..., object]) -> object:
        return lambda self, rows, scores, *rest: original(self, rows, scores[[0, 1, score]], *rest)

    return Replacement("index.corpus:StoredCorpus._ranked", ranked), _instead(
        "evqa.answering.fusion:_length", lambda _: 0.0
    )


def _no_directions(spread: Any) -> Directions:
    dimension = len(vars(spread)["_sum"])
    return Directions(np.zeros(dimension, np.float32), np.zeros((0, dimension), np.float32))


def _few(ranked: Sequence[Ranked]) -> list[Ranked]:
    """A list answered as any other question is: by the best passage and two nearly as good."""
    return [each for each in ranked if each.score >= ranked[0].score - fitted().ranking.margin][:3]


def _nothing_carried(claim: Callable[..., Any]) -> Callable[..., Any]:
    return lambda passage, statement: claim(passage, statement).model_copy(update={"carried": ()})


def _prints_number(passage: Any) -> bool:
    return any(each.references for each in passage.sentences)


def _without_problems(confidence: Callable[..., float]) -> Callable[..., float]:
    return lambda asked, *rest: confidence(replace(asked, problems=()), *rest)


def _held(name: str) -> Callable[[Any], object]:
    """Features with one of them held at what an answered question has."""
    answered = dict(zip(NAMES, ANSWERED, strict=True))[name]

    def holding(features: Callable[..., tuple[float, ...]]) -> object:
        return lambda *given: tuple((dict(zip(NAMES, features(*given), strict=True)) | {name: answered}).values())

    return holding


_NEVER = re.compile(r"(?!)")
_PARTS = {
    "several": ("_several", "“Tables 1 and 2”"),
    "labels": ("by_label", "“Table 2”, “the figure on …”"),
    "numbers": ("by_number", "“section 3.1”"),
    "phrases": ("by_phrase", "“the section on dosing”"),
    "titles": ("by_title", "headings by their own words"),
    "roles": ("by_role", "“the methods”, “the abstract”"),
    "places": ("by_place", "“the closing part”"),
}
_FACTS: dict[str, tuple[str, object]] = {
    "authors": ("find_authors", ()),
    "years": ("find_years", None),
    "journals": ("find_containers", ()),
    "kinds": ("find_kinds", ()),
    "order": ("_ordered", None),
}

_UNDERSTANDING = (
    _asked("parts", "the part that is named", "evqa.question.understanding:find_parts", lambda *_: ()),
    *(
        _asked(f"parts-{name}", f"of these: {worth}", f"evqa.question.scope.parts:{finder}", lambda *_: ())
        for name, (finder, worth) in _PARTS.items()
    ),
    _asked("main-text", "“main text” leaves out abstract and tables", "evqa.question.understanding:_MAIN_TEXT", _NEVER),
    _asked("position", "how a part begins or ends", "evqa.question.understanding:_position", lambda *_: None),
    _asked(
        "printed-order", "without a topic, what is named as printed", "evqa.answering.ranking:has_topic", lambda _: True
    ),
    _asked("numbers", "reference numbers in the question", "evqa.question.understanding:find_numbers", lambda _: None),
    _asked("author-uses", "what an author's works are cited for", "evqa.question.understanding:_used", lambda *_: None),
    _asked("facts", "facts about entries", "evqa.question.understanding:find_facts", lambda *_: Facts()),
    *(
        _asked(f"facts-{name}", f"of these: {name}", f"evqa.question.facts.literature:{finder}", _always(nothing))
        for name, (finder, nothing) in _FACTS.items()
    ),
    _asked(
        "frame-words",
        "words that only say that a source is wanted are dropped",
        "evqa.question.understanding:content",
        lambda question, taken: " ".join(blanked(question, taken).split()),
    ),
    _asked(
        "slips", "slips in words that say where to look", "evqa.question.understanding:mended", lambda text, _: text
    ),
    _asked("respelling", "words as the corpus spells them", "evqa.answering.ranking:respelled", lambda text, _: text),
    _asked("abbreviations", "written out in the question", "evqa.answering.ranking:written_out", lambda text, _: text),
)
_INDEXING = (
    _stored("abbreviations-indexed", "written out in passages", "ingest.passages:written_out", lambda text, _: text),
    _stored(
        "marker-removal",
        "printed markers aren't indexed",
        "ingest.passages:_Maker._without_markers",
        lambda maker, start, end: vars(maker)["_document"].text[start:end],
    ),
    _stored(
        "column-names",
        "a row's cells are named by their columns",
        "ingest.passages:_named_cells",
        lambda _, cells: "; ".join(cell for cell in cells if cell),
    ),
    _stored(
        "entry-fields",
        "of an entry only title, authors, container and year are indexed",
        "ingest.passages:_described",
        lambda entry: entry.raw,
    ),
    _stored(
        "directions",
        "what all token vectors share is taken out of them",
        "index.search.directions:Spread.directions",
        _no_directions,
    ),
    _stored(
        "beginning",
        "what a long passage begins with counts more among its words",
        "index.generation.publish:led",
        lambda text, _: text,
    ),
)
_RANKING = (
    _asked("word-weights", "rare words count more", "index.corpus:weights", _uniform),
    Stage("saturation", "from a cosine on a word is there", weights=(("saturation", 1.0),)),
    Stage("late-over-dense", "late interaction, against sentence vectors alone", _ranked_by(0)),
    Stage("late-over-bm25", "late interaction, against BM25 alone", _ranked_by(1)),
    _asked("fusion", "vectors and words count in long passages", "evqa.answering.fusion:_length", lambda _: 0.0),
    _asked(
        "statements",
        "a long passage is as near as its nearest statements",
        "index.search.statements:Statements.nearness",
        lambda _statements, _rows, _questions, whole: whole,
    ),
    _weight("length-cost", "longer passages lose a little", "length_cost"),
    _weight("citing", "statements with a number gain where a source is asked for", "citing"),
    _asked("spelling", "sentences that write an abbreviation out gain", "evqa.answering.ranking:SPELLING", 0.0),
    _asked("defining", "sentences that say what a word means gain", "evqa.answering.ranking:DEFINING", 0.0),
    _weight("entries", "entries lose, or gain where they are asked for", "entry", "listed_entry"),
    _asked(
        "order-of-use",
        "text before rows before the entry of a number",
        "evqa.answering.ranking:_rank_of_use",
        lambda *_: 0,
    ),
)
_CHOOSING = (
    _asked("list-cut", "a list ends at the largest drop in score", "evqa.answering.choosing:_listed", _few),
    _asked("margin", "passages nearly as good as the best answer, too", "evqa.answering.choosing:FEW", 1),
    _asked(
        "source-margin",
        "a margin of their own for questions that ask for a source",
        "evqa.answering.choosing:_margin",
        lambda _: fitted().ranking.margin,
    ),
    _asked(
        "citing-only", "where a source is asked for, only what cites", "evqa.answering.choosing:cites", lambda _: True
    ),
    _asked(
        "alike", "entries answer with entries, text with text", "evqa.answering.choosing:_is_alike", lambda *_: True
    ),
    Stage(
        "carried",
        "numbers carried to a sentence from a later one",
        (
            Replacement("evqa.answering.choosing:_claim", _nothing_carried),
            _instead("evqa.answering.choosing:cites", _prints_number),
            _instead("evqa.answering.ranking:cites", _prints_number),
        ),
    ),
)
_REFUSING = (
    *(
        Stage(
            f"refusal-{name.replace('_', '-')}",
            f"{name} as a feature of confidence",
            (Replacement("evqa.refusal.features:features", _held(name)),),
        )
        for name in NAMES
    ),
    Stage("rule-absent", "what is named isn't there", (Replacement("evqa.answer:_confidence", _without_problems),)),
    _asked("rule-unknown", "no word is understood", "evqa.refusal.features:is_understood", lambda *_: True),
    _asked("rule-undefined", "a word's meaning is asked and isn't told", "evqa.answer:_leaves_open", lambda *_: False),
)
STAGES = (*_UNDERSTANDING, *_INDEXING, *_RANKING, *_CHOOSING, *_REFUSING)
