"""Find markers of author–year papers: "(Smith et al., 2020a, b; Jones and Lee, 2019)", "Smith et al. (2020)"."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from evqa.language.words import fold
from evqa.model import Reference
from ingest.markup.patterns import YEAR

_UP = r"[^\W\d_a-zß-öø-ÿ]"
_PARTICLES = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|[Dd]en|[Dd]el|[Dd]ella|[Dd]i|[Dd]a|[Dd]os|[Ll]a|[Ll]e|[Tt]er|[Tt]en|[Aa]l"
    r"|[Ee]l)[\s-]){0,3}"
)
_NAME = rf"{_PARTICLES}(?:[dDlL]['’])?{_UP}[\w'’‑/-]{{1,40}}(?:\s{_UP}[\w'’/-]{{1,40}}){{0,3}}"
_NAMES = (
    rf"(?<![^\W\d_])(?P<first>{_NAME})(?P<given>,?(?:\s?{_UP}\.-?){{1,3}})?(?P<more>(?:,?\s+(?:and|&|und)\s+(?:{_UP}\.\s?)*(?P<second>{_NAME}|colleagues|others"
    rf"|co-?workers))?"
    rf"|(?:,\s{_NAME}){{1,20}},?\s(?:and|&)\s{_NAME}|,?\s+et\.?\s+al\.?)"
)
_YEARS = (
    rf"(?P<years>{YEAR}[a-z]?(?:\s*[,;–-]?\s*(?:and|&)?\s*(?:{YEAR}[a-z]?|(?<=[a-z],)\s?[a-z]\b"
    r"|(?<=[a-z], )[a-z]\b|(?<=[a-z]–)[a-z]\b))*)(?![\d–-])"
)
_IN_GROUP = re.compile(rf"{_NAMES}(?:['’]s?)?[,.]?\s+[(\[]?{_YEARS}")
_LOOSE = re.compile(rf"{_NAMES}(?:['’]s?)?,?\s+{_YEARS}")
_CALENDAR = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*$|(?:Spring|Summer|Autumn|Fall|Winter|Between|From|Since|In)$"
)
_GROUP = re.compile(rf"[(\[](?=[^()\[\]]{{0,600}}\b{YEAR})[^()\[\]]{{4,600}}[)\]]")
_NARRATIVE = re.compile(rf"{_NAMES}(?:['’]s?)?,?\s+[(\[]{_YEARS}[)\]]")
_YEAR = re.compile(rf"({YEAR})?([a-z])?")
_OPENING, _LONGEST, _FEWEST_WORDS = 80, 160, 3
_WORDS_YEAR = re.compile(rf"\s*(?P<words>[^\d;()\[\]]{{6,120}}?),?\s+(?P<year>{YEAR})[a-z]?\s*")
_NAMES_ONLY = re.compile(r"\bet al\b|&")


@dataclass(frozen=True)
class YearMarker:
    """A printed author–year marker: its offsets, the entries that it names, and the names without an entry."""

    start: int
    end: int
    numbers: tuple[int, ...]
    unknown: tuple[str, ...]


class BibliographyIndex:
    """Finds entries by family name and year."""

    def __init__(self, references: Sequence[Reference]) -> None:
        """`references`: in printed order."""
        self._by_key: dict[tuple[str, int], list[tuple[str, Reference]]] = defaultdict(list)
        self._references = references
        for reference in references:
            for family in _families(reference):
                if reference.year:
                    self._by_key[family, reference.year].append((_suffix(reference), reference))

    def find(self, text: str, start: int, end: int) -> list[YearMarker]:
        """Find the markers between two offsets, in printed order."""
        found = [self._group(m) for m in _GROUP.finditer(text, start, end)]
        taken = [(f.start, f.end) for f in found if f is not None]
        narrative = [self._narrative(m) for m in _NARRATIVE.finditer(text, start, end)]
        open_ = [self._cited(m) for m in _LOOSE.finditer(text, start, end) if m["more"]]
        result = [f for f in found if f]
        for one in [f for f in narrative if f] + [f for f in open_ if f.numbers and not f.unknown]:
            if not any(a <= one.start < b for a, b in taken):
                result.append(one)
                taken.append((one.start, one.end))
        return sorted(result, key=lambda f: f.start)

    def in_cell(self, text: str, start: int, end: int) -> list[YearMarker]:
        """Find the markers in a cell of a table's reference column, where years may stand without brackets."""
        found = [self._cited(m) for m in _IN_GROUP.finditer(text, start, end)]
        return [f for f in found if f.numbers]

    def _group(self, group: re.Match[str]) -> YearMarker | None:
        cited = [
            cited
            for start, end in _chunks(group)
            for cited in self._named(group.string, start, end)
            or [self._cited(m) for m in _IN_GROUP.finditer(group.string, start, end)]
        ]
        numbers = tuple(dict.fromkeys(n for c in cited for n in c.numbers))
        unknown = tuple(u for c in cited for u in c.unknown)
        return YearMarker(group.start(), group.end(), numbers, unknown) if numbers or unknown else None

    def _named(self, text: str, start: int, end: int) -> list[YearMarker]:
        """Find the one entry that begins with all the words before a year, as those of groups do."""
        chunk = _WORDS_YEAR.fullmatch(text, start, end)
        words = fold(chunk["words"]) if chunk else ""
        if not chunk or len(words.split()) < _FEWEST_WORDS or _NAMES_ONLY.search(chunk["words"]):
            return []
        year = int(chunk["year"])
        named = [r.number for r in self._references if r.year == year and fold(r.raw[:_LONGEST]).startswith(words)]
        return [YearMarker(start, end, tuple(named), ())] if len(named) == 1 else []

    def _narrative(self, match: re.Match[str]) -> YearMarker | None:
        cited = self._cited(match)
        comma = match.string.find(", ", match.start(), match.end())
        if not cited.numbers and comma > 0 and (rest := _NARRATIVE.match(match.string, comma + 2, match.end())):
            # "Moreover, Smith and Lee (2001)": the word before the comma is no name.
            later = self._cited(rest)
            cited = later if later.numbers else cited
        return cited if cited.numbers or cited.unknown else None

    def _cited(self, match: re.Match[str]) -> YearMarker:
        numbers: list[int] = []
        unknown: list[str] = []
        for year, suffix in _years(match["years"]):
            hits = self._lookup(match, year, suffix)
            numbers += hits
            if not hits and not numbers and _is_surely_named(match):
                unknown.append(f"{match['first']}{match['more']} {year}{suffix}")
        return YearMarker(match.start(), match.end(), tuple(dict.fromkeys(numbers)), tuple(unknown))

    def _lookup(self, match: re.Match[str], year: int, suffix: str) -> list[int]:
        first, second, more = match["first"], match["second"], match["more"]
        names = [*_spellings(first), *_spellings(f"{first}{more}")] if second else _spellings(first)
        hits = next((h for key in names if (h := self._by_key.get((key, year)))), [])
        if not hits:
            opening = [r for r in self._references if r.year == year and _opens_with(r, names)]
            hits = [(_suffix(r), r) for r in opening] if len(opening) == 1 else []
        exact = [r for s, r in hits if s == suffix] or ([r for s, r in hits if not s or not suffix])
        exact = [r for r in exact if _fits_others(r, second, more)] or exact
        exact = [r for r in exact if _fits_given(r, match["given"])] or exact
        return list(dict.fromkeys(r.number for r in exact))


def _fits_others(reference: Reference, second: str | None, more: str) -> bool:
    """Tell whether an entry has as many authors as the marker says, and the second one's name."""
    if second:
        others = reference.author[1:2]
        return len(reference.author) == 2 and bool(set(_spellings(second)) & set(_folded(others[0].family or "")))
    return len(reference.author) > 2 if "al" in more else len(reference.author) == 1


def _chunks(group: re.Match[str]) -> list[tuple[int, int]]:
    """Return the parts of a bracket between semicolons, without the bracket."""
    cuts = [group.start(), *(m.start() for m in re.finditer(";", group[0][:-1])), group.end() - 1]
    cuts[1:-1] = [group.start() + cut for cut in cuts[1:-1]]
    return [(a + 1, b) for a, b in pairwise(cuts)]


def _opens_with(reference: Reference, names: Sequence[str]) -> bool:
    """Tell whether an entry begins with a name, or with given names and that name: its authors may be misread."""
    opening = fold(reference.raw[:_OPENING]).replace("’", "'")
    given = r"(?:(?!and\s|et\s)[\w.'-]+\s){0,3}"
    return any(re.match(rf"{given}{re.escape(name)}(?!\w)", opening) for name in names if len(name) > 1)


def _fits_given(reference: Reference, given: str | None) -> bool:
    initials = re.findall(r"\w", given or "")
    printed = re.findall(r"[^\W\d_]", (reference.author[0].given or "") if reference.author else "")
    return all(a.lower() == b.lower() for a, b in zip(initials, printed, strict=False))


def _is_surely_named(match: re.Match[str]) -> bool:
    """Tell whether names and year can only be a marker: "and" also joins months and parts of a group's name."""
    if re.search(r"al\.?$", match["more"]):
        return True
    names = [match["first"], match["second"] or ""]
    return not any(" " in name or _CALENDAR.match(name) for name in names) and bool(match["second"])


def _years(printed: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    year = 0
    for match in _YEAR.finditer(printed):
        if match[0] and (match[1] or match[2]):
            year = int(match[1]) if match[1] else year
            found.append((year, match[2] or ""))
    return [f for f in found if f[0]]


def _suffix(reference: Reference) -> str:
    found = re.search(rf"\b{reference.year}([a-z])\b", reference.raw)
    return found[1] if found else ""


def _families(reference: Reference) -> list[str]:
    if not reference.author:
        return []
    name = reference.author[0]
    # Groups share words at the end of their names ("… Taiwan", "… Health"), so only whole names tell them apart.
    keys = [fold(name.surname)] if name.literal else _folded(name.surname)
    if name.literal:
        initials = "".join(w[0] for w in name.literal.split() if w[0].isupper())
        keys += [fold(initials)] if len(initials) > 1 else []
    return list(dict.fromkeys(keys))


def _folded(family: str) -> list[str]:
    bare = fold(family).replace("’", "'")
    return [bare, bare.split()[-1]] if bare else []


def _spellings(name: str) -> list[str]:
    """Return a name as printed, then without words that may precede it ("See Smith")."""
    words = fold(name).replace("’", "'").split()
    return [" ".join(words[i:]) for i in range(len(words))]
