"""Whether a question and a passage point opposite ways: "increases" against "inhibits"."""

from evqa.words import words

_UP = tuple(
    """increas rais enhanc promot activat stimulat upregulat elevat improv induc accelerat augment boost expand amplif
    strengthen""".split()
)
_DOWN = tuple(
    """decreas reduc inhibit suppress block downregulat lower impair diminish prevent attenuat weaken abolish dampen
    worsen limit""".split()
)
_NOT = frozenset(
    {"no", "not", "without", "never", "neither", "nor", "cannot", "free", "absence", "lack", "lacks", "un"}
)


def _signs(text: str) -> set[int]:
    """1 when something goes up in the text, −1 when something goes down."""
    found = {1 for word in words(text) if word.startswith(_UP)} | {-1 for word in words(text) if word.startswith(_DOWN)}
    joined = " ".join(words(text))
    found |= {1} if "up regulat" in joined else set()
    return found | ({-1} if "down regulat" in joined else set())


def conflict(question: str, passage: str) -> bool:
    """The question has only one direction and the passage only the other, or just one of them negates."""
    asked, said = _signs(question), _signs(passage)
    if len(asked) == 1 and len(said) == 1 and asked != said:
        return True
    return bool(_NOT & set(words(question))) and not _NOT & set(words(passage))
