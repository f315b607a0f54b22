"""Find the journals that a question names, in full or abbreviated: "Planta Medica", "J Exp Bot"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evqa.derived import derived
from evqa.language.wordings import WORK, Stretch
from evqa.language.words import fold, words
from evqa.model import Reference

_SMALL = frozenset("of the and in for on a an".split())
_LETTERS = {"j": "journal", "n": "new", "z": "zeitschrift"}


@dataclass(frozen=True)
class Container:
    """A container title as the bibliography prints it, and where the question names it."""

    title: str
    where: Stretch


@dataclass(frozen=True)
class _Token:
    text: str
    folded: str
    start: int
    end: int


def find_containers(question: str, entries: Sequence[Reference]) -> tuple[Container, ...]:
    """Container titles of the bibliography that the question names; the longest where they overlap."""
    tokens = [_Token(m[0], fold(m[0]), m.start(), m.end()) for m in re.finditer(r"[^\W_]+", question)]
    capitalised = [token.folded for token in tokens if token.text[0].isupper()]
    titles, by_start = _titles(entries)
    likely = {place for asked in capitalised for start in _starts(asked) for place in by_start.get(start, ())}
    found: list[Container] = []
    for title, wanted in (titles[place] for place in sorted(likely)):
        where = _named(tokens, wanted, question)
        if where and all(where == other.where or _are_apart(where, other.where) for other in found):
            found.append(Container(title, where))
    return tuple(found)


@derived
def _titles(entries: Sequence[Reference]) -> tuple[list[tuple[str, list[str]]], dict[str, list[int]]]:
    """Container titles, longest first, each with the words that must be named; and their places by the first letters
    of the first such word.
    """
    titles = {entry.container_title for entry in entries if entry.container_title}
    ordered = sorted(titles, key=lambda each: (-len(words(each)), each))
    found = [(title, [w for w in words(re.sub(r"\([^)]*\)", " ", title)) if w not in _SMALL]) for title in ordered]
    by_start: dict[str, list[int]] = {}
    for place, (_, wanted) in enumerate(found):
        by_start.setdefault(wanted[0][:_START] if wanted else "", []).append(place)
    return found, by_start


# A word and its abbreviation share this many first letters, unless the abbreviation is a single letter.
_START = 2


def _starts(asked: str) -> set[str]:
    """The beginnings of words that `_is_same` may accept for a word of the question."""
    single = {letter for letter, word in _LETTERS.items() if word == asked}
    return {asked[:_START], _LETTERS.get(asked, asked)[:_START], *single}


def _are_apart(one: Stretch, other: Stretch) -> bool:
    return one[1] <= other[0] or one[0] >= other[1]


def _named(tokens: Sequence[_Token], wanted: Sequence[str], question: str) -> Stretch | None:
    """Where the question names the journal. A single word such as "Nature" needs "in" or "the … article"."""
    for place, token in enumerate(tokens):
        end = _spelt(tokens, place, wanted) if token.text[0].isupper() else None
        if end is not None and (len(wanted) > 1 or _is_journal(question, token.start, end)):
            return token.start, end
    return None


def _spelt(tokens: Sequence[_Token], place: int, wanted: Sequence[str]) -> int | None:
    """The end of the words that spell the journal from a place on, small words skipped; None if they don't."""
    end = None
    for word in wanted:
        while end is not None and place < len(tokens) and tokens[place].folded in _SMALL:
            place += 1
        if place >= len(tokens) or not _is_same(tokens[place].folded, word, len(wanted)):
            return None
        end = tokens[place].end
        place += 1
    return end


def _is_same(asked: str, printed: str, many: int) -> bool:
    """Equal, or in a title of several words one the beginning of the other ("Extracell", "Extracellular").

    Single letters only abbreviate the usual words ("J Exp Bot", "N Engl J Med").
    """
    abbreviates = (
        (len(printed) > 1 and asked.startswith(printed))
        or _LETTERS.get(printed) == asked
        or (len(asked) > 1 and printed.startswith(asked))
    )
    return asked == printed or (many > 1 and (abbreviates or _LETTERS.get(asked) == printed))


def _is_journal(question: str, start: int, end: int) -> bool:
    """Whether a one-word name is used as a journal's, and isn't the beginning of a longer name."""
    if re.match(r"\s+[A-Z][a-z]", question[end:]):  # "Nature" in "Nature Medicine"
        return False
    before, after = question[:start].rstrip().lower(), question[end:].lstrip().lower()
    return bool(re.search(r"\b(?:in|from|by|of|or|journal)$", before) or re.match(rf"{WORK}\b", after))
