"""The keys under which entries are exported, as people write them: clarke2014exercise."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from evqa.language.words import FUNCTION_WORDS, fold
from evqa.model import Reference

# Letters that don't decompose into a plain one and a mark.
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
# A shorter piece says too little alone: "IL-6" is il6, "exercise-induced" is exercise.
TELLING = 3
LONGEST_WORD = 20


def entry_keys(references: Sequence[Reference], among: Iterable[Reference] = ()) -> list[str]:
    """A key for each entry, in the order given: family name of the first author, year, first word of the title.

    `among`: all entries of the corpus. Those that would share a key get a letter behind it in that order, so that an
    entry keeps its key however few are exported.
    """
    known: dict[tuple[str | None, int, str], list[str]] = {}
    used: Counter[str] = Counter()
    for reference in among:
        known.setdefault(_identity(reference), []).append(_told_apart(_plain(reference), used))
    return [_taken(known, reference) or _told_apart(_plain(reference), used) for reference in references]


def _identity(reference: Reference) -> tuple[str | None, int, str]:
    return reference.document, reference.number, reference.raw


def _taken(known: dict[tuple[str | None, int, str], list[str]], reference: Reference) -> str | None:
    """The next key of an entry: the same may be printed twice."""
    keys = known.get(_identity(reference))
    return keys.pop(0) if keys else None


def _plain(reference: Reference) -> str:
    person = reference.author[0] if reference.author else None
    family = _letters(person.family) if person and person.family else _first_word(reference.first_author)
    year, word = str(reference.year or ""), _first_word(reference.title or "")
    if family or word:
        return f"{family}{year}{word}" if family else f"{word}{year}"
    return f"ref{reference.number}"


def _first_word(text: str) -> str:
    """The first word that says something, without what stands behind a hyphen: "The IL-6 axis" is il6."""
    for word in text.split():
        letters = _letters(word)
        if letters and not letters.isdigit() and letters not in FUNCTION_WORDS:
            first = next((piece for piece in map(_letters, re.split(r"[-‐–—/]", word)) if piece), "")
            return (first if len(first) >= TELLING else letters)[:LONGEST_WORD]
    return ""


def _letters(text: str) -> str:
    """Only letters from a to z and digits, Greek spelled out, accents dropped."""
    return re.sub(r"[^a-z0-9]", "", fold(text.lower().translate(_LETTERS)))


def _told_apart(key: str, used: Counter[str]) -> str:
    """The key with "b", "c" … "z", "aa" … behind it if others before have it; no other entry has the result."""
    while used[key]:
        used[key] += 1
        key = f"{key}{_suffix(used[key])}"
    used[key] += 1
    return key


def _suffix(count: int) -> str:
    """The letters of a count from 1: a, b … z, aa, ab …"""
    letters = ""
    while count:
        count, place = divmod(count - 1, 26)
        letters = chr(ord("a") + place) + letters
    return letters
