"""Say claims in other words without changing what they say, by transformations that any text allows."""

import re
from collections.abc import Callable, Sequence
from random import Random

_BRACKETS = re.compile(r"\s*\((?![^()]*\b(?:in|only|n)\b)[^()]{1,80}\)")
_LEADING = re.compile(
    r"^(?:However|Moreover|Furthermore|In addition|Additionally|Interestingly|Notably|Therefore|Thus|Similarly|Indeed"
    r"|For example|For instance|Consequently|Importantly|Finally|Also|Of note|Nevertheless|In contrast|Overall),\s+"
)
_ADDED = ("Moreover, ", "In addition, ", "Overall, ", "Indeed, ", "Notably, ", "Furthermore, ")
_TRAILING = re.compile(
    r"^(?P<rest>[^,;:()]{30,}?) (?P<phrase>(?:during|after|before|under|within|since|among) [^,;:()]{6,60})\.$"
)
_ALTHOUGH = re.compile(
    r"^(?P<word>Although|While|Whereas|Because|Since|When|If) (?P<one>[^,;]{15,}), (?P<two>[^;]{15,})\.$"
)
_PASSIVE = re.compile(
    r"^(?P<what>[^,;:()]{4,70}) (?:was|were) (?P<verb>[a-z]{3,}ed) by (?P<who>(?:the |a |an )?[^,;:()]{3,60})\.$"
)
# Words that stand for each other in any text: general English, no terms.
_SYNONYMS = (
    ("showed", "demonstrated"),
    ("shown", "demonstrated"),
    ("show", "demonstrate"),
    ("found", "observed"),
    ("such as", "including"),
    ("due to", "because of"),
    ("approximately", "about"),
    ("in order to", "to"),
    ("therefore", "thus"),
    ("also", "in addition"),
    ("e.g.,", "for example"),
    ("while", "whereas"),
    ("utilized", "used"),
    ("required", "needed"),
    ("obtained", "acquired"),
    ("frequently", "often"),
    ("primarily", "mainly"),
    ("reduced", "decreased"),
    ("increased", "raised"),
    ("assist", "help"),
    ("entire", "whole"),
    ("method", "approach"),
    ("several", "a number of"),
    ("various", "different"),
    ("numerous", "many"),
    ("begin", "start"),
    ("rapid", "fast"),
    ("difficult", "hard"),
    ("examined", "studied"),
    ("exhibited", "showed"),
    ("displayed", "showed"),
    ("commonly", "frequently"),
    ("additional", "further"),
    ("sufficient", "enough"),
    ("currently", "at present"),
    ("is able to", "can"),
    ("are able to", "can"),
    ("following", "after"),
    ("prior to", "before"),
    ("majority of", "most of"),
    ("individuals", "people"),
)
# What each transformation makes of a sentence; the sentence itself where it doesn't apply.
Change = Callable[[str, Random], str]


def rephrased(claims: Sequence[str], random: Random, most: int = 3) -> tuple[str, tuple[str, ...]]:
    """The claims in other words, and the names of up to `most` transformations that were applied to each."""
    names: list[str] = []
    said = [_changed(claim, random, most, names) for claim in claims]
    if len(said) == 1:
        return said[0], tuple(names)
    return _joined(said, random), (*names, "joined")


def _changed(claim: str, random: Random, most: int, names: list[str]) -> str:
    changes = list(CHANGES.items())
    random.shuffle(changes)
    done = 0
    for name, change in changes:
        made = change(claim, random)
        if made != claim and done < most:
            claim, done = made, done + 1
            names.append(name)
    return claim


def _joined(said: Sequence[str], random: Random) -> str:
    first, *rest = said
    for other in rest:
        word = random.choice([", and ", "; ", ", while ", ", whereas ", "; in addition, "])
        first = first.rstrip(". ") + word + uncapitalised(_LEADING.sub("", other))
    return first


def uncapitalised(text: str) -> str:
    """The text with a small first letter, unless its first word is a name or an abbreviation."""
    word = re.match(r"[A-Z][a-z]*\b", text)
    return text[:1].lower() + text[1:] if word and word.group() in _COMMON else text


_COMMON = frozenset(
    """The A An In On At It This These Those They There We Our Their Its Some Many Most Several Both All Each Patients
    Although While However When If As For By With During After Before Since Studies Similarly Other Another
    Under""".split()
)


def _without_brackets(text: str, _: Random) -> str:
    return _BRACKETS.sub("", text)


def _without_leading(text: str, _: Random) -> str:
    made = _LEADING.sub("", text)
    return made[:1].upper() + made[1:]


def _with_leading(text: str, random: Random) -> str:
    return text if _LEADING.match(text) else random.choice(_ADDED) + uncapitalised(text)


def _fronted(text: str, _: Random) -> str:
    found = _TRAILING.match(text)
    if not found:
        return text
    phrase = found["phrase"]
    return f"{phrase[:1].upper()}{phrase[1:]}, {uncapitalised(found['rest'])}."


def _turned(text: str, _: Random) -> str:
    found = _ALTHOUGH.match(text)
    if not found:
        return text
    two = found["two"]
    return f"{two[:1].upper()}{two[1:]}, {found['word'].lower()} {found['one']}."


def _active(text: str, _: Random) -> str:
    found = _PASSIVE.match(text)
    if not found:
        return text
    who = found["who"]
    return f"{who[:1].upper()}{who[1:]} {found['verb']} {uncapitalised(found['what'])}."


def _synonym(text: str, random: Random) -> str:
    pairs = [*_SYNONYMS]
    random.shuffle(pairs)
    for one, other in pairs:
        if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text):
            return re.sub(rf"(?<![\w-]){re.escape(one)}(?![\w-])", other, text, count=1)
    return text


CHANGES: dict[str, Change] = {
    "brackets": _without_brackets,
    "leading": _without_leading,
    "added": _with_leading,
    "fronted": _fronted,
    "turned": _turned,
    "active": _active,
    "synonym": _synonym,
}
