"""Whether a question takes for granted the opposite of what a passage says: "increases" against "inhibits"."""

import re

from evqa.language.words import words

_UP = tuple(
    """increas rais enhanc promot activat stimulat upregulat elevat improv induc accelerat augment boost expand amplif
    strengthen enlarg higher larger more greater""".split()
)
_DOWN = tuple(
    """decreas reduc inhibit suppress block downregulat lower impair diminish prevent attenuat weaken abolish dampen
    worsen limit shrink smaller less fewer loosen""".split()
)
_EITHER = (*_UP, *_DOWN)
# Inhibitors and blockers are things, not directions.
_AGENTS = ("or", "ors", "er", "ers")
_DEGREES = frozenset({"higher", "larger", "greater", "lower", "lowers", "smaller", "fewer"})
_ASKS = re.compile(r"\b(?:which|what|why|how|who|where|when)\b", re.IGNORECASE)
_VERB = r"(?:is|are|was|were|do|does|did|can|could|has|have|had|should|would|will|must|may|might)\b"
# "60 Hz or below" leaves no choice, "one against the other: which" does.
_OR = r"\bor\b(?! (?:below|above|less|more|fewer|higher|lower|later|earlier|older|younger)\b)"
_OPEN = re.compile(
    rf"^\W*(?:\w+[:,] )?(?:{_VERB}|any\b)|[:,] {_VERB}|{_OR}|\bwhether\b|\b(?:against|versus|vs)\b.*\bwhich\b"
    r"|\bwhich (?:one|of (?:the|these|them))\b",
    re.IGNORECASE,
)
# What fails to rise doesn't rise, and is said of what was taken to.
_NOT = re.compile(r"\b(?:fail\w* to|not|cannot|never|neither|no)$")


def conflict(question: str, passage: str, asked: str | None = None) -> bool:
    """The question takes one direction for granted, and the passage has only the other.

    `asked`: the question without its frame words, if that is at hand. Yes-or-no questions and those that
    offer a choice take nothing for granted: the passage answers them either way.
    """
    if not takes_for_granted(question):
        return False
    wanted, said = _signs(asked or question), _signs(passage)
    # What both say tells them as little apart as what neither does.
    one, other = ({sign for stem, sign in pairs} for pairs in (wanted - said, said - wanted))
    return len(one) == 1 and len(other) == 1 and one != other


def takes_for_granted(question: str) -> bool:
    """Whether the question is put with a question word and leaves no choice."""
    return bool(_ASKS.search(question)) and not _OPEN.search(question)


def _signs(text: str) -> set[tuple[str, int]]:
    """The stems of words by which something goes up in the text, with 1, or down, with −1; turned round if negated."""
    joined = " ".join(words(text)).replace("up regulat", "upregulat").replace("down regulat", "downregulat")
    found, before = set(), ""
    for word in joined.split():
        if word.startswith(_EITHER) and (word in _DEGREES or not word.endswith(_AGENTS)):
            stem = next(each for each in _EITHER if word.startswith(each))
            sign = 1 if stem in _UP else -1
            found.add((stem, -sign if _NOT.search(before) else sign))
        before = f"{before} {word}"[-24:]
    return found
