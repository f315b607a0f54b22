"""Whether a citation stands where the article's XML has it: the words before the marker.

The last five words before the marker are compared, in the XML those of its own paragraph, title or cell (so they
may be fewer; a marker that opens its cell has none and isn't compared). On both sides words are runs of letters and
digits, folded; other markers are left out; so are, right before any marker, the names of the authors that it cites
("Smith et al." before "(2020)") and words that introduce it ("see", "ref"); a marker of names and years inside a
bracket stands where the bracket opens. A word that a line break has cut or joined is no other word:

- exact: the text before the marker ends in the same letters and digits as those words do, blanks and hyphens aside;
- agreeing: exact, or all words but one are equal, place by place from the marker backwards, or the normalised edit
  similarity (1 - Levenshtein distance / longer length) of those letters and digits is at least .9.
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from rapidfuzz.distance import Levenshtein

from eval.reading.jatstruth import Entry, Mention
from eval.reading.printed import INTRODUCING, has_bracket, without_names, without_open_bracket
from evqa.language.words import words
from evqa.model import Citation, Document

WORDS = 5
REACH = 600
ALIKE = 0.9
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[A-Z])")


def words_before(text: str, entry: Entry, count: int = WORDS) -> tuple[str, ...]:
    """Up to `count` folded words at the end of a text from which other markers have been left out."""
    return tuple(words(without_names(text, entry.families))[-count:])


def sentence_words(mention: Mention, entry: Entry) -> tuple[str, ...]:
    """Those of the words before a true marker that surely belong to its own sentence.

    A full stop right before a marker ends its sentence, unless the marker opens one with the authors' names.
    """
    before = mention.before.rstrip() if mention.is_numbered else f"{mention.before}A"
    own = SENTENCE_END.split(before)[-1]
    return words_before(own if mention.is_numbered else own[:-1], entry)


class Unmarked:
    """A document's text without its bound markers. `entries` are the true entries by the document's numbers."""

    def __init__(self, document: Document, entries: Mapping[int, Entry]) -> None:
        self._document = document
        self._entries = entries
        self._citations = sorted(document.citations, key=lambda citation: citation.start)

    def before(self, citation: Citation, is_numbered: bool) -> str:
        """The text before a marker, or the bracket that its names stand in, as far back as 600 characters."""
        text = self.between(max(0, citation.start - REACH), citation.start)
        return text if is_numbered or has_bracket(citation.marker) else without_open_bracket(text)

    def between(self, start: int, end: int) -> str:
        """A stretch of text without the markers in it and the names of their authors right before them."""
        kept, at = "", start
        for citation in self._citations:
            if at <= citation.start and citation.end <= end:
                families = self._families(citation)
                kept = without_names(kept + self._document.text[at : citation.start], families)
                kept += f" {_remark(citation.marker, families)} "
                at = citation.end
        return kept + self._document.text[at:end]

    def _families(self, citation: Citation) -> set[str]:
        cited = (self._entries[number] for number in citation.references if number in self._entries)
        return {name for entry in cited for name in entry.families}

    def statement(self, citation: Citation) -> str:
        """The sentence, or else the table row, that the document binds a citation to; nothing if neither."""
        if citation.sentence is not None:
            bound = self._document.sentences[citation.sentence]
            return self.between(bound.start, bound.end)
        rows = (row for table in self._document.tables for row in table.rows)
        return next((self.between(r.start, r.end) for r in rows if r.start <= citation.start < r.end), "")


def _remark(marker: str, families: AbstractSet[str]) -> str:
    """What a marker says besides numbers, years and names: "HGGT" of "(HGGT; Li et al., 2003)"."""
    said = (word for word in words(marker) if not word[0].isdigit() and len(word) > 1)
    return " ".join(word for word in said if word not in families and word not in INTRODUCING)


def is_exact(true: Sequence[str], found: Sequence[str]) -> bool:
    """Whether the found words before a marker end as the true ones do."""
    return "".join(found).endswith("".join(true))


def agrees(true: Sequence[str], found: Sequence[str]) -> bool:
    """Whether the found words before a marker end as the true ones do, or nearly."""
    equal = sum(a == b for a, b in zip(reversed(true), reversed(found), strict=False))
    if is_exact(true, found) or equal >= max(1, len(true) - 1):
        return True
    joined = "".join(true)
    return Levenshtein.normalized_similarity(joined, "".join(found)[-len(joined) :]) >= ALIKE


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
