"""Find what may be the list of authors, in print and in the file's fields, and weigh it."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from evqa.language.words import squeeze
from evqa.model import Name
from ingest.entries.names import leading_authors
from ingest.markup.styled import Styled
from ingest.pdf.front.opening import Opening, rarely_printed
from ingest.pdf.front.people import People, people
from ingest.pdf.lines.line import Line, apart
from ingest.structure.front_names import front_name

Kind = Literal["paragraphs", "grid", "fields", "citation"]
_SAME, _LEVEL = 0.3, 0.3
_MOST_PARAGRAPHS, _LEAST = 12, 0.5
_MOST_NAMES = 400
_CITED = re.compile(
    r"\W*(?:\S+\s+){0,12}?(?:how to cite|to cite|cite this|please cite|citation)\b[^:]{0,40}:\s*", re.IGNORECASE
)
_NOT_AUTHORS = frozenset({"Editors and reviewers", "Citation", "Copyright", "Licence", "Funding", "History"})
_ABOVE = re.compile(
    r"\b(?:edit|review)(?:ed|ors?|ers?)\b|\bhandling\b|\bcorrespond|\bcite\b|\bcitation\b", re.IGNORECASE
)
NAMES = (
    "count", "rare", "share", "others", "raised", "distance", "before title", "other page", "in front", "size",
    "bold", "formal", "formal above", "again", "head", "fields", "cited", "joins", "grid", "from fields",
    "from citation", "title", "whole", "cut",
)  # fmt: skip


@dataclass(frozen=True)
class Byline:
    """A list of authors as one source gives it. `at`: the paragraphs that print it, none for the file's fields."""

    kind: Kind
    read: People
    at: range = range(0)
    lines: tuple[Styled, ...] = ()

    @property
    def names(self) -> tuple[Name, ...]:
        """The names in printed order."""
        return self.read.names

    @cached_property
    def families(self) -> tuple[str, ...]:
        """The letters of each family name."""
        return tuple(squeeze(name.family or "") for name in self.names)


@dataclass(frozen=True)
class Told:
    """What fields and citation lines say of the authors, by their family names; and the title's place."""

    fields: frozenset[str]
    cited: frozenset[str]
    title: range


def bylines(opening: Opening, title: range) -> list[Byline]:
    """Return what may be the list of authors."""
    found = [*_paragraphs(opening, title), *_grids(opening, title), *_fields(opening), *_citations(opening)]
    sections = {squeeze(item.title) for item in opening.known.outline}
    return [one for one in found if 0 < len(one.names) <= _MOST_NAMES and not _are_sections(one, sections)]


def _are_sections(one: Byline, sections: Set[str]) -> bool:
    """Tell whether the names are titles of sections in a table of contents."""
    return 2 * sum(squeeze(f"{name.given or ''}{name.family}") in sections for name in one.names) > len(one.names)


def told_of(candidates: Sequence[Byline], title: range) -> Told:
    """Return what fields and citation lines say, of all candidates."""
    fields = frozenset(family for one in candidates if one.kind == "fields" for family in one.families)
    cited = frozenset(family for one in candidates if one.kind == "citation" for family in one.families)
    return Told(fields, cited, title)


def _paragraphs(opening: Opening, title: range) -> Iterator[Byline]:
    """Yield paragraphs of names, and such paragraphs below each other set alike."""
    printed = opening.paragraphs
    for start in range(len(printed)):
        if start in title or opening.people[start].share < _LEAST:
            continue
        for end in range(start + 1, min(start + _MOST_PARAGRAPHS, len(printed)) + 1):
            if end - 1 in title or (end - start > 1 and not _goes_on(opening, end - 1)):
                break
            lines = tuple(line.printed for p in printed[start:end] for line in p.lines)
            read = opening.people[start] if end == start + 1 else people(list(lines))
            yield Byline("paragraphs", read, range(start, end), lines)


def _goes_on(opening: Opening, at: int) -> bool:
    """Tell whether a paragraph goes on with the names of the one before it."""
    before, here = opening.paragraphs[at - 1], opening.paragraphs[at]
    is_alike = before.page == here.page and abs(before.size - here.size) < _SAME and before.is_bold == here.is_bold
    return is_alike and opening.people[at].share >= _LEAST


def _grids(opening: Opening, title: range) -> Iterator[Byline]:
    """Yield the names that stand alone in lines of one style between title and text, row by row."""
    end = opening.end_of_front(title.stop)
    cells = [(i, cell) for i in range(title.stop, end) for line in opening.paragraphs[i].lines for cell in apart(line)]
    named = [(i, cell, read) for i, cell in cells if (read := people([cell.printed])).share == 1]
    styles = dict.fromkeys((round(cell.size, 1), cell.is_all_bold, cell.page) for _, cell, _ in named)
    for style in list(styles)[:4]:
        held = [
            (i, cell, read) for i, cell, read in named if (round(cell.size, 1), cell.is_all_bold, cell.page) == style
        ]
        ordered = _by_rows([cell for _, cell, _ in held])
        reads = {id(cell): read for _, cell, read in held}
        names = tuple(name for cell in ordered for name in reads[id(cell)].names)
        rows = range(min(i for i, _, _ in held), max(i for i, _, _ in held) + 1)
        yield Byline("grid", People(names), rows, tuple(cell.printed for cell in ordered))


def _by_rows(cells: Sequence[Line]) -> list[Line]:
    """Sort cells by rows from the top, each from the left."""
    rows: list[list[Line]] = []
    for cell in sorted(cells, key=lambda cell: -cell.baseline):
        if rows and abs(rows[-1][0].baseline - cell.baseline) < _LEVEL * cell.size:
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return [cell for row in rows for cell in sorted(row, key=lambda cell: cell.x0)]


def _fields(opening: Opening) -> Iterator[Byline]:
    told = opening.known.metadata.authors
    if told:
        listed = list(told)
        if all(one.count(",") == 1 for one in listed):
            listed = [" ".join(reversed([part.strip() for part in one.split(",")])) for one in listed]
        yield Byline("fields", people([Styled("; ".join(listed))]))


def _citations(opening: Opening) -> Iterator[Byline]:
    for i, paragraph in enumerate(opening.paragraphs):
        if (found := _CITED.match(paragraph.text)) and (
            names := [name for name in leading_authors(paragraph.text[found.end() :]).names if name.family]
        ):
            yield Byline("citation", People(tuple(names)), range(i, i + 1))


def byline_features(opening: Opening, one: Byline, told: Told) -> tuple[float, ...]:
    """Weigh a candidate: a value for each of `NAMES`."""
    held = [opening.paragraphs[i] for i in one.at]
    families = one.families
    elsewhere = "\n".join(letters for i, letters in enumerate(opening.letters) if i not in one.at)
    count = len(families)
    is_printed = bool(held) and one.kind != "citation"
    title = [opening.paragraphs[i] for i in told.title]
    above = opening.paragraphs[one.at.start - 1].text if is_printed and one.at.start else ""
    text = " ".join(p.text for p in held)
    first = families[0]
    return (
        min(count, 12) / 12,
        rarely_printed(" ".join(f"{name.given or ''} {name.family}" for name in one.names), opening.frequency),
        one.read.share,
        min(one.read.others, 5) / 5,
        float(any(span.style == "raised" for line in one.lines for span in line.spans)),
        min(max(0, one.at.start - told.title.stop), 10) / 10 if is_printed else 0.0,
        float(is_printed and one.at.start < told.title.start),
        float(is_printed and bool(title) and held[0].page != title[0].page),
        float(is_printed and told.title.stop <= one.at.start < opening.end_of_front(told.title.stop)),
        held[0].size / opening.size - 1 if is_printed else 0.0,
        float(is_printed and all(p.is_bold for p in held)),
        float(is_printed and front_name(text) in _NOT_AUTHORS),
        float(bool(_ABOVE.search(above)) and len(above.split()) < 6),
        sum(family in elsewhere for family in families) / count,
        float(any(head.startswith(first) and len(first) > 2 for head in opening.heads)),
        _share(families, told.fields) if one.kind != "fields" else 0.0,
        _share(families, told.cited) if one.kind != "citation" else 0.0,
        float(is_printed and one.kind == "paragraphs" and _is_part(opening, one)),
        float(one.kind == "grid"),
        float(one.kind == "fields"),
        float(one.kind == "citation"),
        float(bool(told.title)),
        float(one.read.others == 0),
        float(one.read.is_cut or (one.kind == "citation" and " et al" in text)),
    )  # fmt: skip


def _share(families: Sequence[str], told: Set[str]) -> float:
    """Return how many of all family names both tell."""
    return sum(family in told for family in families) / max(len(families), len(told))


def _is_part(opening: Opening, one: Byline) -> bool:
    """Tell whether the names go on before or behind a candidate."""
    return _may_go_on(opening, one.at.start) or _may_go_on(opening, one.at.stop)


def _may_go_on(opening: Opening, at: int) -> bool:
    return 0 < at < len(opening.paragraphs) and opening.people[at - 1].share >= _LEAST and _goes_on(opening, at)
