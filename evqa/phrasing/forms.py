"""Tell whether two words are forms of one word: "inhibits" and "inhibition", not "nitrate" and "nitrite"."""

from functools import lru_cache

# Endings of one word's forms behind the letters that they share, in groups: "", "s" and "ed" of "treat".
_INFLECTED = (
    ("", "s", "es", "ed", "ing", "er", "ers", "d", "r", "rs", "n", "en"),
    ("e", "es", "ed", "ing", "er", "ers", "en"),
    ("y", "ies", "ied", "ying"),
    ("um", "a", "ums"),
    ("us", "i", "uses"),
    ("is", "es"),
    ("on", "a"),
    ("a", "ae", "as"),
    ("ix", "ices"),
    ("ex", "ices"),
)
_DERIVED = frozenset(
    """e s es ed ing er ers or ors ion ions ation ations ition itions ition ative itive ive ively al ally ial ially ity
    ities y ies ied ment ments ance ances ancy ancies ence ences ency encies ant ants ent ents able ible ably ibly
    ability ibility ly nt nts ic ical ically ization isation izations isations ize ise ized ised izes ises izing
    ising ness ful fully ous ously th de des ded ding ication ications icant ify ifies ified ure ures age ages ted
    ting t ts ts d tion tions sion sions ption ptions te tes ce ces cy""".split()
) | {""}
_SHORTEST = 4
_IRREGULAR = {
    form: root
    for root, forms in {
        "grow": "grew grown growth",
        "give": "gave given",
        "take": "took taken",
        "rise": "rose risen",
        "lose": "lost loss",
        "choose": "chose chosen choice",
        "lead": "led",
        "bind": "bound",
        "break": "broke broken",
        "hold": "held",
        "build": "built",
        "feed": "fed",
        "lie": "lay lain",
        "arise": "arose arisen",
        "spread": "spreads",
        "mouse": "mice",
        "child": "children",
        "woman": "women",
        "man": "men",
        "tooth": "teeth",
        "foot": "feet",
        "die": "death deaths dying",
        "live": "life alive",
        "high": "height",
        "long": "length",
        "wide": "width",
        "strong": "strength",
        "deep": "depth",
        "good": "well",
        "receive": "receipt",
        "conclude": "conclusion",
        "analyse": "analysis analyses analyze analyzed analyzing",
        "describe": "description",
        "absorb": "absorption",
        "half": "halves halved",
        "virus": "viral viruses",
        "therapy": "therapeutic therapies",
        "evade": "evasion",
        "explain": "explanation explanations",
        "recognise": "recognition recognitions",
        "leaf": "leaves",
        "person": "people",
        "datum": "data",
        "do": "done did",
    }.items()
    for form in forms.split()
}


@lru_cache(maxsize=65536)
def same_word(one: str, other: str) -> bool:
    """Whether two folded words are forms of one word."""
    one, other = (_british(_IRREGULAR.get(word, word)) for word in (one, other))
    if one == other:
        return True
    most = _shared(one, other)
    for shared in range(most, 1, -1):
        ends = (one[shared:], other[shared:])
        if _inflected(ends, shared) or _doubled(one, other, shared):
            return True
        if shared >= max(_SHORTEST, most - 4) and all(end in _DERIVED for end in ends):
            return True
    return False


def _inflected(ends: tuple[str, str], shared: int) -> bool:
    if shared < 3:
        return all(end in ("e", "es", "ed", "ing") for end in ends)
    return any(all(end in group for end in ends) for group in _INFLECTED)


def _doubled(one: str, other: str, shared: int) -> bool:
    """Whether one is the other with its last letter twice before an ending: "stop" and "stopping"."""
    long, short = (one, other) if len(one) > len(other) else (other, one)
    return len(short) == shared >= 3 and long[shared:] in {f"{short[-1]}{tail}" for tail in ("ed", "ing", "er", "ers")}


def _british(word: str) -> str:
    """One spelling of what is spelled in two ways: "tumour", "haemoglobin", "randomised", "fibre"."""
    word = word.replace("ae", "e").replace("oe", "e") if len(word) > 5 else word
    if len(word) > 4 and word.endswith(("our", "ours")):
        word = word.replace("our", "or")
    return word.replace("ys", "yz") if word.endswith(("yse", "ysed", "yses", "ysing")) else _zed(word)


def _zed(word: str) -> str:
    for end in ("ise", "ised", "ises", "ising", "isation", "isations"):
        if word.endswith(end) and len(word) > len(end) + 3:
            return f"{word[: -len(end)]}iz{end[2:]}"
    return word


def _shared(one: str, other: str) -> int:
    """How many letters two words share at their beginning."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count
