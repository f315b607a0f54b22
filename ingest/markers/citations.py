"""Find markers in the text and bind each to the bibliography, or reject it with a reason.

No file says which style it cites in: the style whose markers reach most of the bibliography is taken.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field, replace

from evqa.errors import BackwardsError, MarkerError
from evqa.language.number_list import number_list
from evqa.model import Citation, Reference, Rejected, Sentence, Unresolved
from ingest.markers import lookalikes
from ingest.markers.authoryear import BibliographyIndex, YearMarker
from ingest.markers.lookalikes import list_items, list_mentions
from ingest.markers.markers import expand
from ingest.markers.styles import STYLES, MarkerStyle, Region
from ingest.markup.patterns import DASHES, RECENT_YEAR, UNIT, YEAR
from ingest.markup.superscript import DIGITS, lowered

_NAMED = re.compile(
    r"\b(?:[Rr]efs?\.?|(?<=in )references?|(?<=see )references?)\s"
    rf"(?P<numbers>\d{{1,3}}(?:(?:,\s?|\s?[{DASHES}]\s?|\s?(?:and|&|to)\s)\d{{1,3}}){{0,20}})"
    r"(?P<last>)(?![\w%°/-]|[.,]\d|\s?(?:%|°|[mkµμnMG]?(?:[gLlmVW]|As?|Gy|Hz|Sv)\b))"
)
_LOOKALIKE = re.compile(
    r"[(\[](?=[^()\[\]]{0,60}\d)(?:[<>≤≥≈~=±]?\s?\d[\d.,\s–—-]{0,40}\s?(?:%|°|[^\W\d_%]).{0,30}?"
    rf"|[nNpPrR]\s?[=<>≤≥].{{1,40}}?|\d{{1,3}}\s?% ?CI.{{0,40}}?|95%.{{0,40}}?|{RECENT_YEAR})[)\]]"
)
_VOLUME = re.compile(
    r"(?<![\w.:/])\d{1,4}(?:\(\d{1,4}\))?:\s?[eE]?(?:\d{3,8}(?:[–-]\d{1,7})?|\d{1,2}[–-]\d{1,4})(?![\w:])"
)
_UNIT = re.compile(UNIT)
_NAME_OF_ENTRY = re.compile(r"\b[Rr]ef(?:s|erences?)?\b")
_LONG_RANGE = 12
_IMPOSSIBLE = "a range that can't be"
_TAKEN_FOR_QUANTITIES = ("quantity", _IMPOSSIBLE)
_NEAR = 10
_STATISTIC = re.compile(r"[(\[](?:[nNpPrR]\s?[=<>≤≥]|\d{1,3}\s?% ?(?:CI|confidence))")
# Behind a name, numbers with signs of a note ("Doe1,2†") are printed plain, not raised.
_SIGNS = r"[†‡§¶*#✉∗]"
_AFFILIATION = rf"(?:\d{{1,2}}(?!\d)|{_SIGNS})"
_AFFILIATIONS = re.compile(
    rf"{STYLES['raised'].pattern.pattern}"
    rf"|(?<=[^\W\d_])(?<![{DIGITS}])(?:(?<![A-Z])(?={_SIGNS}?[,\s]?\d)|(?=\d{{1,2}}(?:,\d|,?{_SIGNS})))"
    rf"{_AFFILIATION}(?:\s?[,;]?\s?{_AFFILIATION}){{0,12}}(?!\w|[@/:.-][\w@])"
)
_YEAR = re.compile(rf"[(\[]{YEAR}[)\]]")


@dataclass
class Bound:
    """What became of the candidates for markers. `style` is None if the document has no markers.

    `doubtful`: markers rejected as quantities although nothing around them shows a quantity.
    """

    style: str | None = None
    citations: list[Citation] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Printed:
    start: int
    end: int
    printed: str


@dataclass(frozen=True)
class _MarkerCandidate:
    span: _Printed
    numbers: tuple[int, ...]
    reason: str
    region: Region
    doubt: str = ""
    is_named: bool = False
    is_item: bool = False
    is_like_marker: bool = False
    is_plain: bool = False
    backwards: tuple[int, ...] = ()


def bind(text: str, regions: Sequence[Region], sentences: Sequence[Sentence], references: Sequence[Reference]) -> Bound:
    """Bind every marker in the regions to the references, reject it or report it as unresolved, in printed order."""
    found = {name: _candidates(text, regions, style) for name, style in STYLES.items()}
    named = _named(text, regions, [c for cs in found.values() for c in cs])
    index = BibliographyIndex(references)
    years = [(f, region) for region in regions for f in _author_years(index, text, region)]
    style = _style(found, years, references)
    bound = Bound(style)
    known = {r.number for r in references}
    is_numeric = style is not None and style != "author-year"
    for name, candidates in found.items():
        of_style = _judged(candidates, known) if name == style else candidates
        for candidate in of_style:
            is_style = name == style or (is_numeric and candidate.is_named)
            _settle(bound, candidate, is_style=is_style, known=known, sentences=sentences)
    for candidate in named if is_numeric else ():
        if set(candidate.numbers) <= known:
            _settle(bound, candidate, is_style=True, known=known, sentences=sentences)
    if style == "author-year":
        _settle_years(bound, text, years, sentences)
    elif style:
        _settle_columns(bound, text, regions, references)
    _add_lookalikes(bound, text, regions)
    return _ordered(bound)


def front_lookalikes(text: str, spans: Sequence[tuple[int, int]]) -> list[Rejected]:
    """List what looks like a marker in front matter: affiliation numbers, years, volume and page."""
    found: list[Rejected] = []
    for start, end in spans:
        for pattern, reason in ((_AFFILIATIONS, "affiliation"), (_YEAR, "year"), (_VOLUME, "volume and page")):
            found += [
                Rejected(marker=m[0], start=m.start(), end=m.end(), reason=reason)
                for m in pattern.finditer(text, start, end)
            ]
    return sorted(found, key=lambda r: r.start)


def _candidates(text: str, regions: Sequence[Region], style: MarkerStyle) -> list[_MarkerCandidate]:
    matched = [(region, list(style.pattern.finditer(text, region.start, region.end))) for region in regions]
    if not style.may_number_lists:
        return [_candidate(m, region, style, "") for region, matches in matched for m in matches]
    listed = _listed(matched)
    items = {m.start() for region, ms in matched for m in list_items(ms, region.start, region.end, is_loose=True)}
    found = [(_candidate(m, r, style, listed.get(m.start(), "")), m.start() in items) for r, ms in matched for m in ms]
    return [replace(candidate, is_item=is_item) for candidate, is_item in found]


def _listed(matched: Sequence[tuple[Region, list[re.Match[str]]]]) -> dict[int, str]:
    """Map the offsets of list numbers, and of later mentions of the items, to the reason for rejecting them."""
    items = [m for region, matches in matched for m in list_items(matches, region.start, region.end)]
    last = max((int(m[0][1:-1]) for m in items), default=0)
    mentions = [m for _, matches in matched for m in list_mentions(matches, last)]
    return {m.start(): "list numbering" for m in [*items, *mentions]}


def _candidate(match: re.Match[str], region: Region, style: MarkerStyle, reason: str) -> _MarkerCandidate:
    printed = match["numbers"] + (f"–{match['last']}" if match["last"] else "")
    reason = reason or style.refusal(match, region)
    numbers: tuple[int, ...] = ()
    backwards: tuple[int, ...] = ()
    if not reason:
        try:
            numbers = expand(printed)
        except MarkerError as error:
            reason = _IMPOSSIBLE
            is_backwards = isinstance(error, BackwardsError)
            backwards = tuple(map(int, re.findall(r"\d+", lowered(printed)))) if is_backwards else ()
    unsure = "" if reason else style.doubt(match, region)
    is_named = bool(_NAME_OF_ENTRY.search(match[0]))
    return _MarkerCandidate(
        _Printed(match.start(), match.end(), match[0]),
        numbers,
        reason,
        region,
        unsure,
        is_named,
        is_like_marker=lookalikes.is_like_marker(match, region.start),
        is_plain=region.where == "text" and lookalikes.is_plain(match, region.start, region.end),
        backwards=backwards,
    )


def _named(text: str, regions: Sequence[Region], others: Sequence[_MarkerCandidate]) -> list[_MarkerCandidate]:
    """Find "Refs. 3–5" in running text outside brackets, whatever the style."""
    taken = sorted((c.span.start, c.span.end) for c in others)
    found = [(region, m) for region in regions for m in _NAMED.finditer(text, region.start, region.end)]
    loose = [(region, m) for region, m in found if not any(a <= m.start() < b for a, b in taken)]
    return [_candidate(m, region, STYLES["square"], "") for region, m in loose]


def _author_years(index: BibliographyIndex, text: str, region: Region) -> list[YearMarker]:
    found = index.find(text, region.start, region.end)
    return found or (index.in_cell(text, region.start, region.end) if region.where == "table" else [])


def _style(
    found: dict[str, list[_MarkerCandidate]],
    years: Sequence[tuple[YearMarker, Region]],
    references: Sequence[Reference],
) -> str | None:
    """Choose the style that cites most of the bibliography; None if none reaches a tenth of it."""
    known = {r.number for r in references}
    if not known:
        return None
    reach = {style: len(known & {n for c in cs for n in c.numbers}) for style, cs in found.items()}
    reach["author-year"] = len({n for f, _ in years for n in f.numbers})
    best = max(reach, key=lambda style: (reach[style], len(found.get(style, ()))))
    return best if reach[best] and reach[best] * 10 >= len(known) else None


def _judged(candidates: Sequence[_MarkerCandidate], known: Set[int]) -> list[_MarkerCandidate]:
    """Settle doubtful candidates of the document's style by its other markers.

    A doubtful candidate counts if it cites the bibliography's next number for the first time. If one number in a
    table's column has no entry, all numbers of the column are values.
    """
    seen: set[int] = {0}
    values = {c.region.column for c in candidates if c.region.column and _is_value(c, known)}
    result: list[_MarkerCandidate] = []
    for candidate in candidates:
        reason = candidate.reason
        if candidate.region.column in values and len(candidate.numbers) == 1:
            reason = reason or "value in a table"
        elif candidate.doubt and not _is_next(candidate.numbers, seen):
            reason = reason or candidate.doubt
        if not reason and candidate.region.where == "text":
            seen.update(candidate.numbers)
        result.append(replace(candidate, reason=reason))
    return result


def _is_value(candidate: _MarkerCandidate, known: Set[int]) -> bool:
    return candidate.span.printed == "(0)" or (len(candidate.numbers) == 1 and not known & set(candidate.numbers))


def _is_next(numbers: Sequence[int], seen: Set[int]) -> bool:
    fresh = [n for n in numbers if n not in seen]
    return bool(fresh) and fresh[0] - 1 in seen and fresh == list(numbers[-len(fresh) :])


def _settle(
    bound: Bound, found: _MarkerCandidate, *, is_style: bool, known: Set[int], sentences: Sequence[Sentence]
) -> None:
    if is_style and found.is_plain and known & set(found.backwards):
        bound.unresolved.append(_backwards(found, known))
        return
    reason = found.reason or ("" if is_style else _not_the_style(found))
    unknown = tuple(n for n in found.numbers if n not in known)
    resolved = tuple(n for n in found.numbers if n in known)
    if not reason and unknown and not _is_missing(found, unknown, resolved, known):
        reason = "quantity"
    if reason:
        if is_style and reason in _TAKEN_FOR_QUANTITIES and _is_doubtful(found, unknown):
            bound.doubtful.append(found.span.printed)
        if known or found.reason:
            bound.rejected.append(_rejected(found.span, reason))
        return
    if unknown:
        bound.unresolved.append(_unresolved(found, unknown))
    if resolved:
        bound.citations.append(_citation(found.span, resolved, found.region, sentences))


def _not_the_style(found: _MarkerCandidate) -> str:
    return "list numbering" if found.is_item else "not the style that this document cites in"


def _is_doubtful(found: _MarkerCandidate, unknown: Sequence[int]) -> bool:
    """Tell whether nothing shows that a rejected candidate is a quantity; in tables most numbers are."""
    is_impossible = bool(unknown) or found.reason == _IMPOSSIBLE
    return is_impossible and found.is_like_marker and found.region.where != "table" and not found.doubt


def _is_missing(found: _MarkerCandidate, unknown: Sequence[int], resolved: Sequence[int], known: Set[int]) -> bool:
    """Tell whether numbers without an entry may still be citations, rather than a quantity."""
    last = max(known, default=0)
    is_range = len(found.numbers) > _LONG_RANGE
    if found.span.printed.startswith("[") or found.is_named:
        return resolved != () or all(n <= max(999, last) for n in unknown)
    if found.region.where == "table":
        return bool(resolved) and not is_range
    if resolved:
        return not is_range or len(resolved) > len(unknown)
    is_near = all(n <= last + max(_NEAR, last // 2) for n in unknown)
    return (is_near or found.is_plain) and not is_range


def _rejected(span: _Printed, reason: str) -> Rejected:
    return Rejected(marker=span.printed, start=span.start, end=span.end, reason=reason)


def _unresolved(found: _MarkerCandidate, missing: tuple[int, ...]) -> Unresolved:
    reason = f"the bibliography has no entry {number_list(missing)}"
    return Unresolved(
        marker=found.span.printed, start=found.span.start, end=found.span.end, missing=missing, reason=reason
    )


def _backwards(found: _MarkerCandidate, known: Set[int]) -> Unresolved:
    missing = tuple(n for n in found.backwards if n not in known)
    reason = "the range runs backwards: its entries can't be told"
    return Unresolved(
        marker=found.span.printed, start=found.span.start, end=found.span.end, missing=missing, reason=reason
    )


def _citation(text_span: _Printed, numbers: tuple[int, ...], region: Region, sentences: Sequence[Sentence]) -> Citation:
    sentence = None if region.where == "table" else sentence_at(sentences, text_span.start)
    return Citation(
        marker=text_span.printed,
        start=text_span.start,
        end=text_span.end,
        sentence=sentence,
        references=numbers,
        where=region.where,
    )


def sentence_at(sentences: Sequence[Sentence], start: int) -> int | None:
    """Return the index of the sentence that holds an offset; None if there is none."""
    at = bisect_right(sentences, start, key=lambda s: s.start) - 1
    return at if at >= 0 and start < sentences[at].end else None


def _settle_years(
    bound: Bound, text: str, years: Sequence[tuple[YearMarker, Region]], sentences: Sequence[Sentence]
) -> None:
    for found, region in years:
        printed = text[found.start : found.end]
        span = _Printed(found.start, found.end, printed)
        if found.numbers:
            bound.citations.append(_citation(span, found.numbers, region, sentences))
        if found.unknown:
            reason = f"the bibliography has no entry {found.unknown[0]}"
            bound.unresolved.append(
                Unresolved(marker=printed, start=found.start, end=found.end, missing=(), reason=reason)
            )
    taken = {(c.start, c.end) for c in bound.citations}
    bound.rejected = [r for r in bound.rejected if not any(s <= r.start and r.end <= e for s, e in taken)]


def _settle_columns(bound: Bound, text: str, regions: Sequence[Region], references: Sequence[Reference]) -> None:
    """Bind bare numbers in a column of references: "23" or "12, 13" without brackets."""
    known = {r.number for r in references}
    settled = {c.start for c in bound.citations}
    for region in regions:
        printed = text[region.start : region.end]
        if not region.is_column or any(region.start <= s < region.end for s in settled):
            continue
        numbers = _bare_numbers(printed)
        if numbers and set(numbers) <= known:
            bound.citations.append(_citation(_Printed(region.start, region.end, printed), numbers, region, ()))
            bound.rejected = [r for r in bound.rejected if not region.start <= r.start < region.end]


def _bare_numbers(printed: str) -> tuple[int, ...]:
    try:
        return expand(printed)
    except MarkerError:
        return ()


def _add_lookalikes(bound: Bound, text: str, regions: Sequence[Region]) -> None:
    taken = {r.start for r in bound.rejected} | {c.start for c in bound.citations} | {u.start for u in bound.unresolved}
    for region in regions:
        for pattern, reason_of in _LOOKALIKES:
            for match in pattern.finditer(text, region.start, region.end):
                reason = reason_of(match[0])
                if reason and match.start() not in taken:
                    bound.rejected.append(
                        Rejected(marker=match[0], start=match.start(), end=match.end(), reason=reason)
                    )
                    taken.add(match.start())


def _lookalike_reason(printed: str) -> str:
    if _YEAR.fullmatch(printed):
        return "year"
    if _STATISTIC.match(printed):
        return "statistic"
    quantity = re.match(r"[(\[][<>≤≥≈~=±]?\s?\d[\d.,\s–—-]*", printed)
    return "quantity with a unit" if quantity and _UNIT.match(printed, quantity.end()) else ""


_LOOKALIKES: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (_LOOKALIKE, _lookalike_reason),
    (_VOLUME, lambda _: "volume and page"),
)


def _ordered(bound: Bound) -> Bound:
    bound.citations.sort(key=_place)
    bound.rejected.sort(key=_place)
    bound.unresolved.sort(key=_place)
    return bound


def _place(record: Citation | Rejected | Unresolved) -> tuple[int, int]:
    return record.start, record.end
