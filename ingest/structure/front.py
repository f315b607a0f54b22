"""Read what stands before the main text: title, authors, abstract, keywords, and the metadata around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evqa.language.words import squeeze
from evqa.model import BlockKind, Name
from ingest.entries.identifiers import identifiers
from ingest.entries.names import byline
from ingest.markup.patterns import RECENT_YEAR
from ingest.markup.styled import Styled
from ingest.structure.draft import DraftBlock
from ingest.structure.front_names import front_name
from ingest.structure.headings import (
    is_abstract,
    is_abstract_part,
    is_back,
    is_front,
    is_keywords,
    opens_body,
    split_heading,
)
from ingest.structure.joining import Vocabulary
from ingest.structure.piece import Piece

_ABSTRACT_LEAD = re.compile(r"\s*(?:abstract|summary)\s*(?P<sign>[:.—–-]?)\s*", re.IGNORECASE)
_KEYWORDS_LEAD = re.compile(
    r"\s*(?:key\s?-?words?(?: and phrases)?|index terms)\s*(?P<sign>[:.—–-]?)\s*", re.IGNORECASE
)
_DEEPEST = 6
_FORMAL = re.compile(
    r"distributed under|creative commons|copyright|©|all rights reserved|correspond(?:ing|ence)|e-?mail\b|\S@\S"
    r"|\breceived\b.{0,40}\baccepted\b|"
    r"these authors contributed|contributed equally|academic editor|\bORCID\b|licensee|how to cite|cite this"
    r"|https?://|\bdoi\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:Universit\w+|Department|Institut\w*|Hospital|School of|Faculty|Cent(?:er|re) (?:for|of)|College"
    r"|Laborator\w+|Division of|Academy)\b"
)
_MARKED = re.compile(rf"[(\[]\d{{1,3}}(?:\s?[,–-]\s?\d{{1,3}})*[)\]]|\(\D{{2,60}}\b{RECENT_YEAR}[a-z]?\)")
_DIGIT = re.compile(r"\d")
_STOP = re.compile(r"[.?!](?:\s|$)")
_CLOSED = re.compile(r"[.?!][)\]\"”’]*\s*$")
_DATES = (
    re.compile(rf"\bpublished\b[^\n]{{0,40}}?\b({RECENT_YEAR})\b", re.IGNORECASE),
    re.compile(rf"(?:©|\bcopyright\b|\(c\))[^\n]{{0,40}}?\b({RECENT_YEAR})\b", re.IGNORECASE),
    re.compile(rf"\(({RECENT_YEAR})\)"),
    re.compile(rf"\b({RECENT_YEAR})\s*[;,]\s*\d+\s*[:(,]"),
    re.compile(rf"\b(?:accepted|received|year|date)\b[^\n]{{0,40}}?\b({RECENT_YEAR})\b", re.IGNORECASE),
    re.compile(rf"\b10\.\d{{4,9}}/\S*?\b({RECENT_YEAR})\b"),
    re.compile(rf"\b({RECENT_YEAR})\b"),
)
# Figshare, Zenodo, Dryad, OSF, Mendeley Data, Dataverse, protocols.io: DOIs of data and registrations.
REPOSITORIES = ("10.6084/", "10.5281/", "10.5061/", "10.17605/", "10.17632/", "10.7910/", "10.17504/")
_WHOLE_DOI = re.compile(r"10\.\d{4,9}(?:\.\w+)*/\S*\d")
_LICENSE_URL = re.compile(
    r"creativecommons\.org/(?:licenses/([a-z-]+)/(\d\.\d)|publicdomain/(zero)/(\d\.\d))", re.IGNORECASE
)
_LICENSE = re.compile(r"\bCC[ -]?(BY(?:-(?:NC|ND|SA))*|0)(?:[ -]?(\d\.\d))?", re.IGNORECASE)


@dataclass(frozen=True)
class Evidence:
    """What is known of the article before its pieces are read: authors, year and DOI, empty or None if unknown."""

    author: tuple[Name, ...] = ()
    year: int | None = None
    doi: str | None = None


@dataclass(frozen=True)
class Front:
    """The blocks before the main text, the index of the piece that begins it, and what the title page says."""

    blocks: tuple[DraftBlock, ...]
    end: int
    title: str
    author: tuple[Name, ...]
    keywords: tuple[str, ...]


class _FrontReader:
    """Reads the pieces from the first to the one that opens the main text."""

    def __init__(self, pieces: Sequence[Piece], vocabulary: Vocabulary, known: Sequence[Name]) -> None:
        self._known = known
        self._families = [squeeze(name.family or "") for name in known]
        self.blocks: list[DraftBlock] = []
        self.keywords: tuple[str, ...] = ()
        self.author: tuple[Name, ...] = ()
        self.title = ""
        self._pieces = pieces
        self._join = vocabulary.joined
        self._title_at = title_index(pieces)
        self._abstract_level = 0
        self._heading_of_lines = ""
        self._is_first_line = False
        self._state = "before" if self._title_at is not None else "after"
        self._has_body_heading = any(p.kind == "heading" and _is_body(p) for p in pieces[(self._title_at or 0) + 1 :])

    def collect(self) -> int:
        """Read the pieces; return the index of the first piece of the main text."""
        for i, piece in enumerate(self._pieces):
            if not (self._heading(i, piece) if piece.kind == "heading" else self._other(piece)):
                return i
        return len(self._pieces)

    def _put(self, kind: BlockKind, piece: Piece, text: str | None = None, name: str | None = None) -> bool:
        text = self._join(piece.lines).canonical if text is None else text
        if text:
            self.blocks.append(DraftBlock(kind, text, piece.whole, level=piece.level, page=piece.page, name=name))
        if kind != "front" or name == "Authors":
            self._heading_of_lines = ""
        return True

    def _line(self, piece: Piece) -> bool:
        """Put a line of front matter under what it holds, told by its words or the heading above it.

        A heading goes on to tell of the lines below, until one says itself what it holds.
        """
        text = self._join(piece.lines).canonical
        if is_front(text):
            return self._begin_lines(piece, text)
        name = front_name(text)
        says_itself = name not in (None, "Affiliations")
        if self._is_first_line or not says_itself:
            name = self._name_below_heading(text)
        self._heading_of_lines = "" if says_itself else self._heading_of_lines
        self._is_first_line = False
        return self._put("front", piece, text, name)

    def _name_below_heading(self, text: str) -> str | None:
        return front_name(f"{self._heading_of_lines}: {text}" if self._heading_of_lines else text)

    def _begin_lines(self, piece: Piece, text: str) -> bool:
        """Put a heading, which may be that of front matter and then tells what the lines below hold."""
        self._heading_of_lines, self._is_first_line = text.rstrip(" :") if is_front(text) else "", True
        return self._put("front", piece)

    def _heading(self, i: int, piece: Piece) -> bool:
        text = piece.whole.canonical
        if i == self._title_at:
            self.title, self._state = text, "after"
            return self._put("title", piece)
        if self._state == "before":
            return self._begin_lines(piece, text)
        if is_abstract(text):
            self._state, self._abstract_level = "abstract", piece.level
            return self._put("heading", piece)
        if self._state == "abstract" and self._is_part(i, piece, text):
            return self._put("heading", piece)
        return self._label(piece, text)

    def _label(self, piece: Piece, text: str) -> bool:
        """Read a heading of front matter, which labels the next paragraph. False if it opens the main text."""
        if is_abstract_part(text) or not is_front(text):
            return False
        self._state = "keywords" if is_keywords(text) else "front"
        return self._begin_lines(piece, text)

    def _is_part(self, i: int, piece: Piece, text: str) -> bool:
        """Tell whether a heading is part of a structured abstract: deeper than the abstract's, or printed again."""
        if not is_abstract_part(text):
            return False
        later = [p for p in self._pieces[i + 1 :] if p.kind == "heading"]
        if any(is_keywords(p.whole.canonical) for p in later):
            return True
        return piece.level > self._abstract_level or any(
            split_heading(p.whole.canonical).words.lower() == text.lower() for p in later
        )

    def _other(self, piece: Piece) -> bool:
        printed = self._join(piece.lines)
        if end := _lead(printed, _KEYWORDS_LEAD):
            return self._keywords(piece, printed[end:])
        if self._state == "before":
            return self._line(piece)
        if end := _lead(printed, _ABSTRACT_LEAD):
            self._state, self._abstract_level = "abstract", _DEEPEST
            return self._put("abstract", piece, printed[end:].canonical)
        return self._by_state(piece, printed)

    def _by_state(self, piece: Piece, printed: Styled) -> bool:
        if self._state == "keywords":
            return self._keywords(piece, printed)
        if piece.kind == "table":
            return False
        if self._state == "abstract" and not is_formal(printed):
            return self._put("abstract", piece)
        if self._state == "front":
            self._state = "after"
            return self._line(piece)
        return self._loose(piece, printed)

    def _loose(self, piece: Piece, printed: Styled) -> bool:
        """Read a paragraph without a heading: main text (False), abstract, authors or other front matter."""
        if is_sentences(printed) and not is_formal(printed):
            has_abstract = any(b.kind == "abstract" for b in self.blocks)
            is_marked = _MARKED.search(printed.text) or printed.has_superscript(_DIGIT)
            if is_marked or not self._has_body_heading or (has_abstract and self._state == "done"):
                return False
            return self._put("abstract", piece) if len(printed.text.split()) >= 20 else self._line(piece)
        is_of_editors = self._name_below_heading(printed.canonical) == "Editors and reviewers"
        if not self.author and not is_of_editors and (names := self._names(piece)):
            self.author = names
            return self._put("front", piece, name="Authors")
        return self._line(piece)

    def _names(self, piece: Piece) -> tuple[Name, ...]:
        """Return the authors that a paragraph names: most of the known ones, or a list of names."""
        letters = squeeze(piece.text)
        named = sum(family in letters for family in self._families)
        return tuple(self._known) if named and named * 2 > len(self._families) else byline(piece.whole)

    def _keywords(self, piece: Piece, printed: Styled) -> bool:
        text = printed.canonical
        parts = re.split(r"\s*[;•·|]\s*" if re.search(r"[;•·|]", text) else r"\s*,\s*", text)
        self.keywords += tuple(p.strip(" .") for p in parts if p.strip(" ."))
        self._state = "done"
        return self._put("keywords", piece)


def front_matter(pieces: Sequence[Piece], vocabulary: Vocabulary, authors: Sequence[Name] = ()) -> Front:
    """Read title, authors, abstract and keywords; any other paragraph before the main text is front matter.

    `authors`: those already known.
    """
    collector = _FrontReader(pieces, vocabulary, authors)
    end = collector.collect()
    return Front(tuple(collector.blocks), end, collector.title, collector.author, collector.keywords)


def title_index(pieces: Sequence[Piece]) -> int | None:
    """Return the index of the title: the longest of the highest headings before the first part. None without one."""
    candidates: list[int] = []
    for i, piece in enumerate(pieces):
        if piece.kind != "heading":
            continue
        text = piece.whole.canonical
        if is_front(text) and not is_abstract_part(text):
            continue
        if opens_body(text) and not (
            piece.level == 1 and not candidates and split_heading(text).number is None and len(text.split()) > 3
        ):
            break
        candidates.append(i)
    if not candidates:
        return None
    highest = min(pieces[i].level for i in candidates)
    at_top = [i for i in candidates if pieces[i].level == highest]
    if highest == 1 or len(at_top) == 1:
        return at_top[0] if highest > 1 or len(at_top) == 1 else _longest(pieces, at_top)
    return at_top[0]


def _longest(pieces: Sequence[Piece], places: list[int]) -> int:
    """Choose among several '#' headings: the first if it may be a title, for a file may mark all parts alike."""
    first = places[0]
    return first if len(pieces[first].text.split()) >= 3 else max(places, key=lambda i: len(pieces[i].text))


def _is_body(piece: Piece) -> bool:
    text = piece.whole.canonical
    return not (is_abstract(text) or is_keywords(text) or is_front(text) or is_back(text)) or is_abstract_part(text)


def _lead(printed: Styled, words: re.Pattern[str]) -> int:
    """Return the end of an opening "Abstract" or "Keywords" that emphasis or a sign sets off; 0 without."""
    found = words.match(printed.text)
    is_set_off = found and (found["sign"] or any(s.end <= found.end() for s in printed.emphasised()))
    return found.end() if found and is_set_off else 0


def is_sentences(printed: Styled) -> bool:
    """Tell whether a paragraph is running text, not names, addresses or dates."""
    text = printed.text
    words = text.split()
    if len(words) < 6 or not _STOP.search(text) or not _CLOSED.search(text[: printed.closing_superscript()]):
        return False
    spelled = [w for w in words if w[0].isalpha()]
    return sum(w[0].islower() for w in spelled) * 3 >= len(spelled) and not (_PLACE.search(text) and len(words) < 40)


def is_formal(printed: Styled) -> bool:
    """Tell whether a paragraph holds a title page's formal words: licence, dates, addresses."""
    text = printed.with_addresses()
    return bool(_FORMAL.search(text)) and len(text.split()) < 200


def printed_year(text: str) -> int | None:
    """Find the year of publication in a title page: the published date, else copyright, citation, other dates."""
    return next((int(found[1]) for pattern in _DATES if (found := pattern.search(text))), None)


def printed_doi(text: str) -> str | None:
    """Return the first DOI in a text."""
    return identifiers(text, [])[0]


def own_doi(parts: Sequence[str]) -> str | None:
    """Return the document's DOI among those on its title page; a data repository's only if there is no other."""
    found = [doi for part in parts if (doi := printed_doi(part)) and is_whole(doi)]
    return next((doi for doi in found if not doi.startswith(REPOSITORIES)), found[0] if found else None)


def is_whole(doi: str) -> bool:
    """Tell whether a DOI may be whole: what a line's end leaves of an article's has no number."""
    return doi.startswith(REPOSITORIES) or bool(_WHOLE_DOI.match(doi))


def printed_license(text: str) -> str | None:
    """Return the licence as "CC BY 4.0", without version if none is printed; None without a licence."""
    if url := _LICENSE_URL.search(text):
        return f"CC {url[1].upper()} {url[2]}" if url[1] else f"CC0 {url[4]}"
    if named := _LICENSE.search(text):
        name = "CC0" if named[1] == "0" else f"CC {named[1].upper()}"
        return f"{name} {named[2]}" if named[2] else name
    return None
