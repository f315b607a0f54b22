"""Whether a citation stands where the article's XML has it: the words before the marker.

The last five words before the marker are compared, in the XML those of its own paragraph, title or cell (so they
may be fewer; a marker that opens its cell has none and isn't compared). On both sides words are runs of letters and
digits, folded; other markers are left out, and so are, right before the marker, the names of the entry's authors
("Smith et al." before "(2020)") and words that introduce a marker ("see", "ref"). A word that a line break has cut or
joined is no other word:

- exact: the text before the marker ends in the same letters and digits as those words do, blanks and hyphens aside;
- agreeing: exact, or all words but one are equal, place by place from the marker backwards, or the normalised edit
  similarity (1 - Levenshtein distance / longer length) of those letters and digits is at least .9.
"""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz.distance import Levenshtein

from eval.jatstruth import Entry
from evqa.model import Document, Sentence, TableRow
from evqa.words import words

WORDS = 5
REACH = 400
ALIKE = 0.9
INTRODUCING = frozenset(
    "see also e g eg cf ref refs reference references et al and colleagues coworkers co workers".split()
)
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[A-Z])")


def last_words(text: str, entry: Entry, count: int = WORDS) -> tuple[str, ...]:
    """Up to `count` folded words at the end of a text from which markers have been left out."""
    found = words(text)
    while found and (found[-1] in INTRODUCING or found[-1] in entry.families):
        found.pop()
    return tuple(found[-count:])


def sentence_words(text: str, entry: Entry) -> tuple[str, ...]:
    """Those of the last words that surely belong to the marker's own sentence."""
    return last_words(SENTENCE_END.split(text)[-1], entry)


def text_before(document: Document, at: int) -> str:
    """The canonical text before a place, up to 400 characters, without the markers in it."""
    return without_markers(document, max(0, at - REACH), at)


def without_markers(document: Document, start: int, end: int) -> str:
    """A stretch of canonical text, each bound marker in it replaced by a blank."""
    inside = [c for c in document.citations if start <= c.start and c.end <= end]
    kept, at = [], start
    for citation in sorted(inside, key=lambda c: c.start):
        if citation.start >= at:
            kept.append(document.text[at : citation.start])
            at = citation.end
    return " ".join([*kept, document.text[at:end]])


def is_exact(true: Sequence[str], before: str, entry: Entry) -> bool:
    """Whether the text before a marker ends as the true words do."""
    return "".join(last_words(before, entry, REACH)).endswith("".join(true))


def agrees(true: Sequence[str], before: str, entry: Entry) -> bool:
    """Whether the text before a marker ends in the true words, or nearly."""
    found = last_words(before, entry, REACH)
    equal = sum(a == b for a, b in zip(reversed(true), reversed(found), strict=False))
    if is_exact(true, before, entry) or equal >= max(1, len(true) - 1):
        return True
    joined = "".join(true)
    return Levenshtein.normalized_similarity(joined, "".join(found)[-len(joined) :]) >= ALIKE


def statement_of(document: Document, sentence: int | None, at: int) -> str:
    """The sentence, or else the table row, that the reader binds a citation at a place to, without markers."""
    if sentence is not None:
        bound: Sentence | TableRow = document.sentences[sentence]
        return without_markers(document, bound.start, bound.end)
    rows: Iterable[TableRow] = (row for table in document.tables for row in table.rows)
    return next((without_markers(document, r.start, r.end) for r in rows if r.start <= at < r.end), "")


def most_pairs(edges: Sequence[Sequence[int]]) -> int:
    """The largest number of pairs when each left node takes one of the right nodes listed for it, none twice."""
    taken: dict[int, int] = {}

    def _place(left: int, seen: set[int]) -> bool:
        for right in edges[left]:
            if right not in seen:
                seen.add(right)
                if right not in taken or _place(taken[right], seen):
                    taken[right] = left
                    return True
        return False

    return sum(_place(left, set()) for left in range(len(edges)))
