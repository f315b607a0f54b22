"""Small words that carry much of a statement's meaning, and what they govern.

A cue is found in a text with the content words around it. A cue of a claim counts for a sentence that uses those words;
a cue of a sentence is backed by a claim that has one of its kind around the same words.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from evqa.phrasing.reading import Reading, Word, has_word


class Cue(NamedTuple):
    """A cue at a place among the tokens: its kind, the words nearest behind it (`head`) and all around (`around`)."""

    kind: str
    at: int
    head: tuple[str, ...]
    around: tuple[str, ...]


Kinds = Mapping[str, re.Pattern[str]]


def cues(reading: Reading, kinds: Kinds, head: int, reach: int) -> list[Cue]:
    """The cues of some kinds, each kind given by a pattern of whole words, in order.

    `head`, `reach`: how many words are taken for the head, and on each side for those around.
    """
    found = []
    for word in reading.words:
        kind = next((kind for kind, pattern in kinds.items() if pattern.fullmatch(word.form)), None)
        if kind:
            after, before = _sides(reading, word, kinds)
            around = (*after[:reach], *before[:reach])
            found.append(Cue(kind, word.at, tuple(after[:head] or before[:head]), around))
    return found


def _sides(reading: Reading, word: Word, kinds: Kinds) -> tuple[list[str], list[str]]:
    """The content words of a cue's clause behind it and before it, the nearest first, other cues left out.

    Where its clause ends with it, the next word of the text stands behind it.
    """
    first, last = reading.clause(word.at)
    telling = [each for each in reading.content if not any(kind.fullmatch(each.form) for kind in kinds.values())]
    after = [each.form for each in telling if word.at < each.at < last]
    before = [each.form for each in reversed(telling) if first <= each.at < word.at]
    return after or [each.form for each in telling if each.at >= last][:1], before


def is_used(cue: Cue, claim: Reading, sentence: Reading) -> bool:
    """Whether a sentence uses what the cue of a claim governs: the next word, and half of those behind it.

    Of what stands in brackets it has to use nearly all.
    """
    if not cue.head:
        return False
    if claim.is_in_brackets(cue.at):
        return sum(has_word(word, sentence.forms) for word in cue.around) >= 0.75 * len(cue.around)
    held = [has_word(word, sentence.forms) for word in cue.head]
    return held[0] and 2 * sum(held) >= len(held)


def overlap(one: Iterable[str], other: Sequence[str]) -> int:
    """How many of the first words have a form among the others."""
    return sum(has_word(word, other) for word in one)
