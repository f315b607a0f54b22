"""Check that a citation is where the article's XML has it, by the words before its marker.

The last five words before the marker are compared. In the XML they come from its own paragraph, title or cell, so there
may be fewer; a marker that opens its cell has none and isn't compared. On both sides:

- words are runs of letters and digits, folded;
- other markers are left out;
- names of the cited authors right before a marker are left out ("Smith et al." before "(2020)"), and so are words that
  introduce it ("see", "ref");
- a marker of names and years inside a bracket starts where the bracket opens.

Line breaks may cut or join words, so two levels are measured:

- exact: the text before the marker ends in the same letters and digits, ignoring blanks and hyphens;
- agreeing: exact; or all words but one are equal, counted from the marker backwards; or the normalised edit similarity
  (1 - Levenshtein distance / longer length) of those letters and digits is at least .9.
"""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from rapidfuzz.distance import Levenshtein

from eval.reading.jatstruth import Mention, TrueEntry
from eval.reading.printed import INTRODUCING, has_bracket, without_names, without_open_bracket
from evqa.language.words import words
from evqa.model import Citation, Document

WORDS = 5
REACH = 600
ALIKE = 0.9
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[A-Z])")


def words_before(text: str, entry: TrueEntry, count: int = WORDS) -> tuple[str, ...]:
    """Up to `count` folded words at the end of a text that has no other markers."""
    return tuple(words(without_names(text, entry.families))[-count:])


def sentence_words(mention: Mention, entry: TrueEntry) -> tuple[str, ...]:
    """The words before a true marker that certainly belong to its own sentence.

    A full stop right before a marker ends its sentence, unless the marker opens one with the authors' names.
    """
    before = mention.before.rstrip() if mention.is_numbered else f"{mention.before}A"
    own = SENTENCE_END.split(before)[-1]
    return words_before(own if mention.is_numbered else own[:-1], entry)


class Unmarked:
    """The text of a document without its markers. `entries` are the true entries, by the document's numbers."""

    def __init__(self, document: Document, entries: Mapping[int, TrueEntry]) -> None:
        self._document = document
        self._entries = entries
        self._citations = sorted(document.citations, key=lambda citation: citation.start)

    def before(self, citation: Citation, is_numbered: bool) -> str:
        """Up to 600 characters before a marker, or before the bracket around its names."""
        text = self.between(max(0, citation.start - REACH), citation.start)
        return text if is_numbered or has_bracket(citation.marker) else without_open_bracket(text)

    def between(self, start: int, end: int) -> str:
        """A part of the text without its markers and without the authors' names right before them."""
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
        """The sentence, or else the table row, that the document assigns to a citation; "" if there is neither."""
        if citation.sentence is not None:
            bound = self._document.sentences[citation.sentence]
            return self.between(bound.start, bound.end)
        rows = (row for table in self._document.tables for row in table.rows)
        return next((self.between(r.start, r.end) for r in rows if r.start <= citation.start < r.end), "")


def _remark(marker: str, families: AbstractSet[str]) -> str:
    """The other words of a marker, without numbers, years and names: "HGGT" of "(HGGT; Li et al., 2003)"."""
    said = (word for word in words(marker) if not word[0].isdigit() and len(word) > 1)
    return " ".join(word for word in said if word not in families and word not in INTRODUCING)


def is_exact(true: Sequence[str], found: Sequence[str]) -> bool:
    """Whether the words found before a marker end like the true ones."""
    return "".join(found).endswith("".join(true))


def agrees(true: Sequence[str], found: Sequence[str]) -> bool:
    """Whether the words found before a marker end like the true ones, or nearly so."""
    equal = sum(a == b for a, b in zip(reversed(true), reversed(found), strict=False))
    if is_exact(true, found) or equal >= max(1, len(true) - 1):
        return True
    joined = "".join(true)
    return Levenshtein.normalized_similarity(joined, "".join(found)[-len(joined) :]) >= ALIKE


def most_pairs(edges: Sequence[Sequence[int]]) -> int:
    """The size of a maximum matching: `edges` lists for each left node the right nodes that it may take."""
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
