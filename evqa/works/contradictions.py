"""Find printed fields of an entry that the record of its work contradicts.

A printed field is told wrong only if both values are known, can't be spellings of one, and the found value isn't
printed anywhere else in the entry: the entry may have been read wrongly.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from evqa.language.words import FUNCTION_WORDS, words
from evqa.model import Record, Reference
from evqa.works.comparing import Found, Printed, compare
from evqa.works.records import FoundWork

Field = Literal["title", "author", "year", "journal", "volume", "page"]

# Stretches of titles this much alike are spellings or misprints of one.
SPELLING = 65
# A title less alike than this isn't the printed one reworded. It may be in another language, unless it has such words.
OTHER = 0.5
ENGLISH = frozenset("the of and with from by".split())
# Words of a title are compared from so many letters on.
SHORTEST = 3
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5"}


class Contradiction(Record):
    """A field of an entry, as printed and as found."""

    field: Field
    printed: str
    found: str


def contradictions(entry: Reference, work: FoundWork, others: Sequence[FoundWork] = ()) -> tuple[Contradiction, ...]:
    """Every printed field that the work's record contradicts. The work must be the one that the entry names.

    `others` are further records of it. A field in which one of them agrees with the entry isn't contradicted.
    """
    printed = Printed(entry)
    comparisons = [compare(printed, Found(other)) for other in others]
    return tuple(
        told
        for told in _contradictions(printed, Found(work))
        if not any(getattr(each, told.field) in ("same", "near") for each in comparisons)
    )


def _contradictions(printed: Printed, found: Found) -> Iterator[Contradiction]:
    entry, record = printed.entry, found.record
    states = compare(printed, found)
    if states.title in ("near", "differs") and is_reworded(printed, found.title, states.likeness):
        yield Contradiction(field="title", printed=entry.title or "", found=found.title)
    if states.author == "differs":
        yield Contradiction(field="author", printed=entry.first_author, found=record.author[0].surname)
    if states.year == "differs":
        yield Contradiction(field="year", printed=str(entry.year), found=str(found.year))
    if states.journal == "differs":
        yield Contradiction(field="journal", printed=entry.container_title or "", found=record.container_title or "")
    if states.volume == "differs":
        yield Contradiction(field="volume", printed=entry.volume or "", found=record.volume or "")
    if states.page == "differs":
        yield Contradiction(field="page", printed=entry.page or "", found=record.page or "")


def is_reworded(printed: Printed, found: str, likeness: float) -> bool:
    """Whether words of a printed title are others than in the found one, and not merely spelled otherwise.

    Words that only one of the titles has are no sign: they are a heading, a subtitle, or were read wrongly.
    """
    own, other = words(printed.entry.title or ""), words(found)
    if likeness < OTHER and not (ENGLISH.intersection(own) and ENGLISH.intersection(other)):
        return False
    steps = [step for step in Levenshtein.opcodes(own, other) if step.tag != "equal"]
    blocks: list[list[int]] = []
    for step in steps:
        if blocks and blocks[-1][1] == step.src_start and blocks[-1][3] == step.dest_start:
            blocks[-1][1], blocks[-1][3] = step.src_end, step.dest_end
        else:
            blocks.append([step.src_start, step.src_end, step.dest_start, step.dest_end])
    return any(
        _is_other(printed, own[first:last], other[begin:end])
        for first, last, begin, end in blocks
        if last > first and end > begin
    )


def _is_other(printed: Printed, own: list[str], other: list[str]) -> bool:
    """Whether a stretch of the printed title and that of the found one differ in a word that carries meaning."""
    if fuzz.ratio("".join(own), "".join(other)) >= SPELLING:
        return False
    told = [word for word in other if _counts(word)]
    said = [word for word in own if _counts(word)]
    if not told or not said:
        return False
    return not printed.words.issuperset(told) and [_ROMAN.get(word, word) for word in said] != told


def _counts(word: str) -> bool:
    return word not in FUNCTION_WORDS and (len(word) >= SHORTEST or word.isdecimal() or word in _ROMAN)
