"""Whether a question takes for granted the opposite of what a passage says: "increases" against "inhibits"."""

import re

from evqa.words import words

_UP = tuple(
    """increas rais enhanc promot activat stimulat upregulat elevat improv induc accelerat augment boost expand amplif
    strengthen enlarg higher larger more greater""".split()
)
_DOWN = tuple(
    """decreas reduc inhibit suppress block downregulat lower impair diminish prevent attenuat weaken abolish dampen
    worsen limit shrink smaller less fewer loosen""".split()
)
# Inhibitors and blockers are things, not directions.
_AGENTS = ("or", "ors", "er", "ers")
_DEGREES = frozenset({"higher", "larger", "greater", "lower", "lowers", "smaller", "fewer"})
_ASKS = re.compile(r"\b(?:which|what|why|how|who|where|when)\b", re.IGNORECASE)
_VERB = r"(?:is|are|was|were|do|does|did|can|could|has|have|had|should|would|will|must|may|might)\b"
_OPEN = re.compile(rf"^\W*(?:\w+[:,] )?(?:{_VERB}|any\b)|[:,] {_VERB}|\bor\b|\bwhether\b", re.IGNORECASE)


def conflict(question: str, passage: str, asked: str | None = None) -> bool:
    """The question takes one direction for granted, and the passage has only the other.

    `asked`: the question without its frame words, if that is at hand. Yes-or-no questions and those that
    offer a choice take nothing for granted: the passage answers them either way.
    """
    if not takes_for_granted(question):
        return False
    wanted, said = _signs(asked or question), _signs(passage)
    return len(wanted) == 1 and len(said) == 1 and wanted != said


def takes_for_granted(question: str) -> bool:
    """Whether the question is put with a question word and leaves no choice."""
    return bool(_ASKS.search(question)) and not _OPEN.search(question)


def _signs(text: str) -> set[int]:
    """1 when something goes up in the text, −1 when something goes down."""
    joined = " ".join(words(text)).replace("up regulat", "upregulat").replace("down regulat", "downregulat")
    spoken = [word for word in joined.split() if word in _DEGREES or not word.endswith(_AGENTS)]
    up = {1 for word in spoken if word.startswith(_UP)}
    return up | {-1 for word in spoken if word.startswith(_DOWN)}
