"""Alter a quotation in one place, so that it says something else: a word, a number or a negation."""

import re
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

_NUMBER = re.compile(r"(?<![\w.,(\[–-])\d+(?:\.\d+)?(?![\w,)\]–-]|\.\d)")
_WORD = re.compile(r"(?<![\w'’-])[A-Za-z]{4,}(?![\w'’-])")
_NEGATABLE = re.compile(r"(?<![\w'’-])(?:is|are|was|were|can|may|could|has|have|did|does)(?= [a-z])")
_NEGATION = re.compile(r"(?<![\w'’-])(?:not|no|never|without) ")
KINDS = ("word", "number", "negation")


class Altered(NamedTuple):
    """A quotation with one alteration: its kind, what stands there now and what was printed, "" for nothing."""

    text: str
    kind: str
    quoted: str
    printed: str


def altered(text: str, vocabulary: Sequence[str], random: Random) -> Altered:
    """The text altered by one of the kinds that it allows; by a word where it allows no other."""
    kinds = list(KINDS)
    random.shuffle(kinds)
    makers = {"word": _word, "number": _number, "negation": _negation}
    found = (made for kind in kinds if (made := makers[kind](text, vocabulary, random)))
    return next(found, Altered(text, "", "", ""))


def _word(text: str, vocabulary: Sequence[str], random: Random) -> Altered | None:
    places = list(_WORD.finditer(text))
    if not places:
        return None
    place = random.choice(places)
    other = random.choice([word for word in vocabulary if word.lower() != place.group().lower()])
    return _replaced(text, place.start(), place.end(), other, "word")


def _number(text: str, _: Sequence[str], random: Random) -> Altered | None:
    places = list(_NUMBER.finditer(text))
    if not places:
        return None
    place = random.choice(places)
    figure = random.randrange(len(place.group()))
    while not place.group()[figure].isdigit():
        figure = random.randrange(len(place.group()))
    digit = random.choice([c for c in "123456789" if c != place.group()[figure]])
    return _replaced(
        text, place.start(), place.end(), place.group()[:figure] + digit + place.group()[figure + 1 :], "number"
    )


def _negation(text: str, _: Sequence[str], random: Random) -> Altered | None:
    if places := list(_NEGATION.finditer(text)):
        place = random.choice(places)
        return Altered(text[: place.start()] + text[place.end() :], "negation", "", place.group().strip())
    if places := list(_NEGATABLE.finditer(text)):
        at = random.choice(places).end()
        return Altered(f"{text[:at]} not{text[at:]}", "negation", "not", "")
    return None


def _replaced(text: str, start: int, end: int, other: str, kind: str) -> Altered:
    return Altered(text[:start] + other + text[end:], kind, other, text[start:end])
