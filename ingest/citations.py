"""Markers found in the text, bound to the bibliography, or turned down with a reason.

Nobody tells which style a document cites in: of (n), [n], superscript and author–year the one is taken that
reaches most of the bibliography.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evqa.errors import MarkerError
from evqa.model import Citation, Reference, Rejected, Sentence, Unresolved, Where
from ingest.authoryear import Found, Index
from ingest.markers import expand
from ingest.superscript import DIGITS

Style = Literal["round", "square", "raised", "author-year"]

_DASHES = "–—‐‑−-"
_LEAD = r"(?:(?:see(?: also)?|reviewed in|e\.g\.,?|cf\.|[Rr]efs?\.?|[Rr]eferences?) ){0,2}"
_LIST = rf"\d[\d\s,;&andto{_DASHES}]{{0,200}}?"
_PATTERNS: dict[Style, re.Pattern[str]] = {
    "round": re.compile(rf"\(\s*{_LEAD}{_LIST}\s*\)"),
    "square": re.compile(rf"\[\s*{_LEAD}{_LIST}\s*\](?:\s?[{_DASHES}]\s?\[\d{{1,4}}\])?"),
    "raised": re.compile(rf"[{DIGITS}]{{1,4}}(?:\s?[,;{_DASHES}]{{1,2}}\s?[{DIGITS}]{{1,4}}){{0,60}}"),
}
_LOOKALIKE = re.compile(
    r"[(\[](?=[^()\[\]]{0,60}\d)(?:[<>≤≥≈~=±]?\s?\d[\d.,\s–—-]{0,40}\s?(?:%|°|[^\W\d_%]).{0,30}?"
    r"|[nNpPrR]\s?[=<>≤≥].{1,40}?|\d{1,3}\s?% ?CI.{0,40}?|95%.{0,40}?|(?:19|20)\d\d)[)\]]"
)
_VOLUME = re.compile(
    r"(?<![\w.:/])\d{1,4}(?:\(\d{1,4}\))?:\s?[eE]?(?:\d{3,8}(?:[–-]\d{1,7})?|\d{1,2}[–-]\d{1,4})(?![\w:])"
)
_UNIT = re.compile(
    r"(?:%|°|[kcmµμnpfd]?(?:m|g|L|l|M|mol|Da|bp|Hz|Pa|s|V|A|W|J|U)(?:\b|[/²³⁻])|nt\b|kb\b|Mb\b|bp\b|h\b|hrs?\b|hours?|min\b|days?|weeks?|"
    r"months?|years?|yrs?|fold|times|patients|cells|rpm|mmHg|IU\b|ppm|×|x\s?g|°C)"
)
_COUNTED = re.compile(r"(?<![\w–-])(?!(?:19|20)\d\d\s?$)\d[\d.,·]*\s?%?\s?$")
_MEASURED = re.compile(rf"(?<![\w–-])\d[\d.,·]*\s?{_UNIT.pattern}\s?$")
_RANGE = re.compile(rf"\d\s?[t{_DASHES}]")
_STATISTIC = re.compile(r"[(\[](?:[nNpPrR]\s?[=<>≤≥]|\d{1,3}\s?% ?(?:CI|confidence))")
_YEAR = re.compile(r"[(\[](?:1[89]|20)\d\d[)\]]")
_THOUSANDS = re.compile(r"[(\[]\d{1,3}(?:,\d{3})+[)\]]")
_LABELS = re.compile(
    r"\b(?:eq(?:uation|n)?s?\.?|formula|panels?|fig(?:ure)?s?\.?|tables?|section|chapter|schemes?)\s?$",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"[=<>≤≥∑∫×]")
_ITEM_BEFORE = re.compile(r"(?:^|[:;,.]\s*|\b(?:and|or)\s+)$")
_BASE = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?)$")
_UNIT_BASE = re.compile(r"(?<![^\W\d_])(?:[kcmµμnd]?m|kg|g|s|h|L|l|mL|min|sec|cm|Da|mol|day|d|year|yr|A|V|W|K|ha)$")
_SYMBOL_BASE = re.compile(r"(?<![\w-])[RrIχηpPTQτσ]$")
_UNRAISED = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]")


@dataclass(frozen=True)
class Region:
    """A stretch of canonical text where markers are looked for. `is_column`: a cell of a table's reference column."""

    start: int
    end: int
    where: Where
    is_column: bool = False


@dataclass
class Bound:
    """What became of the markers; `style` None if the document has none."""

    style: Style | None = None
    citations: list[Citation] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    unresolved: list[Unresolved] = field(default_factory=list)


@dataclass(frozen=True)
class _Span:
    start: int
    end: int
    printed: str


@dataclass(frozen=True)
class _Candidate:
    span: _Span
    numbers: tuple[int, ...]
    reason: str
    region: Region


def bind(text: str, regions: Sequence[Region], sentences: Sequence[Sentence], references: Sequence[Reference]) -> Bound:
    """Every marker in the regions bound to the references, rejected or unresolved, in order of place."""
    found = {style: _candidates(text, regions, style) for style in _PATTERNS}
    index = Index(references)
    years = [(f, region) for region in regions for f in _author_years(index, text, region)]
    style = _style(found, years, references)
    bound = Bound(style)
    for name, candidates in found.items():
        for candidate in candidates:
            _settle(bound, candidate, is_style=name == style, references=references, sentences=sentences)
    if style == "author-year":
        _settle_years(bound, text, years, sentences)
    elif style:
        _settle_columns(bound, text, regions, references)
    _add_lookalikes(bound, text, regions)
    return _ordered(bound)


def front_lookalikes(text: str, spans: Sequence[tuple[int, int]]) -> list[Rejected]:
    """What resembles a marker in front matter: affiliation numbers, years, volume and page."""
    found: list[Rejected] = []
    for start, end in spans:
        for pattern, reason in ((_PATTERNS["raised"], "affiliation"), (_YEAR, "year"), (_VOLUME, "volume and page")):
            found += [
                Rejected(marker=m[0], start=m.start(), end=m.end(), reason=reason)
                for m in pattern.finditer(text, start, end)
            ]
    return sorted(found, key=lambda r: r.start)


def _candidates(text: str, regions: Sequence[Region], style: Style) -> list[_Candidate]:
    result: list[_Candidate] = []
    for region in regions:
        matches = list(_PATTERNS[style].finditer(text, region.start, region.end))
        listed = _list_items(matches, region) if style != "raised" else set()
        for match in matches:
            reason = "list numbering" if match.start() in listed else _context_reason(match, region, style)
            result.append(_candidate(match, region, reason))
    return result


def _candidate(match: re.Match[str], region: Region, reason: str) -> _Candidate:
    printed = match[0]
    numbers: tuple[int, ...] = ()
    if not reason:
        try:
            numbers = expand(printed)
        except MarkerError as error:
            reason = "a range that can't be" if "range" in str(error) else "not a list of numbers"
    return _Candidate(_Span(match.start(), match.end(), printed), numbers, reason, region)


def _list_items(matches: Sequence[re.Match[str]], region: Region) -> set[int]:
    """Starts of "(1) …; (2) …": consecutive numbers from 1 on, each but the first set off, each followed by a word."""
    singles = [m for m in matches if re.fullmatch(r"[(\[]\d{1,2}[)\]]", m[0]) and _opens_item(m, region)]
    listed: set[int] = set()
    run: list[re.Match[str]] = []
    for match in singles:
        number = int(match[0][1:-1])
        if run and number == int(run[-1][0][1:-1]) + 1 and _is_set_off(match, region):
            run.append(match)
        else:
            run = [match] if number == 1 else []
        if len(run) >= 2:
            listed |= {m.start() for m in run}
    return listed


def _opens_item(match: re.Match[str], region: Region) -> bool:
    return bool(re.match(r"\s*[^\W\d_]", match.string[match.end() : min(match.end() + 3, region.end)]))


def _is_set_off(match: re.Match[str], region: Region) -> bool:
    return bool(_ITEM_BEFORE.search(match.string[max(region.start, match.start() - 8) : match.start()]))


def _context_reason(match: re.Match[str], region: Region, style: Style) -> str:
    before = match.string[max(region.start, match.start() - 40) : match.start()]
    after = match.string[match.end() : min(match.end() + 3, region.end)]
    if style == "raised":
        return _raised_reason(before, match[0], after)
    if style == "round" and (reason := _round_reason(match[0], before, after, region)):
        return reason
    if _LABELS.search(before):
        return "number of something printed"
    is_last = not match.string[match.end() : region.end].strip()
    is_equation = is_last and region.where == "text" and _FORMULA.search(before) and match[0][1:-1].isdigit()
    return "equation number" if is_equation else ""


def _round_reason(printed: str, before: str, after: str, region: Region) -> str:
    if _YEAR.fullmatch(printed):
        return "year"
    is_counted = region.where == "table" and _COUNTED.search(before)
    if is_counted or (_MEASURED.search(before) and _RANGE.search(printed)) or _THOUSANDS.fullmatch(printed):
        return "quantity"
    return "a function's argument" if before[-1:].isalnum() and after[:1].isalnum() else ""


def _raised_reason(before: str, printed: str, after: str) -> str:
    is_single = bool(re.fullmatch(rf"[{DIGITS}]+", printed))
    base = _BASE.search(before)
    if before.endswith("⁻") or (base and not re.fullmatch(r"(?:19|20)\d\d", base[1])):
        return "exponent"
    if is_single and printed in "²³⁴" and (_UNIT_BASE.search(before) or _SYMBOL_BASE.search(before)):
        return "exponent"
    if is_single and after[:1] in tuple("⁺⁻+"):
        return "charge"
    if is_single and after[:1].isalpha() and (not before or before[-1] in " ([-–/"):
        return "isotope"
    return "footnote" if not before.strip() and is_single else ""


def _author_years(index: Index, text: str, region: Region) -> list[Found]:
    found = index.find(text, region.start, region.end)
    return found or (index.in_cell(text, region.start, region.end) if region.where == "table" else [])


def _style(
    found: dict[Style, list[_Candidate]], years: Sequence[tuple[Found, Region]], references: Sequence[Reference]
) -> Style | None:
    """The style that cites most of the bibliography; None if none reaches a tenth of it."""
    known = {r.number for r in references}
    if not known:
        return None
    reach = {style: len(known & {n for c in cs for n in c.numbers}) for style, cs in found.items()}
    reach["author-year"] = len({n for f, _ in years for n in f.numbers})
    best = max(reach, key=lambda style: (reach[style], len(found.get(style, ()))))
    return best if reach[best] and reach[best] * 10 >= len(known) else None


def _settle(
    bound: Bound, found: _Candidate, *, is_style: bool, references: Sequence[Reference], sentences: Sequence[Sentence]
) -> None:
    known = {r.number for r in references}
    reason = found.reason or ("" if is_style else "not the style that this document cites in")
    unknown = tuple(n for n in found.numbers if n not in known)
    resolved = tuple(n for n in found.numbers if n in known)
    if not reason and not resolved and not _is_near(found.span.printed, unknown, known):
        reason = "quantity"
    if reason:
        if known or found.reason:
            bound.rejected.append(_rejected(found.span, reason))
        return
    if unknown:
        bound.unresolved.append(_unresolved(found, unknown))
    if resolved:
        bound.citations.append(_citation(found.span, resolved, found.region, sentences))


def _rejected(span: _Span, reason: str) -> Rejected:
    return Rejected(marker=span.printed, start=span.start, end=span.end, reason=reason)


def _is_near(printed: str, unknown: Sequence[int], known: set[int]) -> bool:
    """Whether numbers beyond the list can still be meant as entries: anywhere near its end."""
    last = max(known)
    limit = max(99, last + last // 2) if printed.startswith("(") else max(999, last)
    return all(n <= limit for n in unknown)


def _unresolved(found: _Candidate, missing: tuple[int, ...]) -> Unresolved:
    listed = ", ".join(map(str, missing[:5]))
    reason = f"the bibliography has no entry {listed}"
    return Unresolved(
        marker=found.span.printed, start=found.span.start, end=found.span.end, missing=missing, reason=reason
    )


def _citation(text_span: _Span, numbers: tuple[int, ...], region: Region, sentences: Sequence[Sentence]) -> Citation:
    sentence = None if region.where == "table" else _sentence_at(sentences, text_span.start)
    return Citation(
        marker=text_span.printed,
        start=text_span.start,
        end=text_span.end,
        sentence=sentence,
        references=numbers,
        where=region.where,
    )


def _sentence_at(sentences: Sequence[Sentence], start: int) -> int | None:
    at = bisect_right(sentences, start, key=lambda s: s.start) - 1
    return at if at >= 0 and start < sentences[at].end else None


def _settle_years(
    bound: Bound, text: str, years: Sequence[tuple[Found, Region]], sentences: Sequence[Sentence]
) -> None:
    for found, region in years:
        printed = text[found.start : found.end]
        span = _Span(found.start, found.end, printed)
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
    """Bare numbers in a column of references: "23" or "12, 13" without brackets."""
    known = {r.number for r in references}
    settled = {c.start for c in bound.citations}
    for region in regions:
        printed = text[region.start : region.end]
        if not region.is_column or any(region.start <= s < region.end for s in settled):
            continue
        numbers = _bare_numbers(printed)
        if numbers and set(numbers) <= known:
            bound.citations.append(_citation(_Span(region.start, region.end, printed), numbers, region, ()))


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
