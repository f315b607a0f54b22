"""Read the numbers that close a printed entry: year, volume, issue and pages, in any style's order."""

import re
from dataclasses import dataclass

from ingest.markup.patterns import RECENT_YEAR

_DASH = r"\s?[-–—‐‑−]{1,2}\s?"
_YEAR = r"(?:1[5-9]\d|20[0-4])\d"
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Spring|Summer|Autumn|Fall|Winter)[a-z]{0,6}\b\.?"
_LEAF = r"[A-Za-z]{0,3}\d[\dA-Za-z]*(?:\.e?\d+)*"
_ROMAN = rf"[ivxlc]{{1,8}}{_DASH}[ivxlc]{{1,8}}\b|[IVXLC]{{1,8}}{_DASH}[IVXLC]{{1,8}}\b"
_RANGE = rf"(?:{_LEAF}{_DASH}{_LEAF}|{_ROMAN})(?:[\s.]e\d+)?"
_PAGES = rf"(?:{_RANGE}|{_LEAF})(?:,\s?(?:{_RANGE})){{0,4}}"
_TOKEN = re.compile(
    rf"(?:vol(?:ume)?s?|bd|т)\b\.?\s*(?P<volume>\d+[A-Za-z]?(?:[-–/]\d+)?|[IVXLC]{{1,8}}\b)"
    rf"|(?:(?:no|nr|n|iss|issue|number)s?\b[.°]?|№)\s*(?P<issue>\d[\w–/.-]{{0,12}}\b|\d)"
    rf"|(?:pp|p|с|s(?=\.\s)|pages?|pgs?)\b[.:]{{0,2}}\s*(?P<page>{_PAGES})|(?:pp?)(?P<glued>\d+(?:{_DASH}\d+)?)\b"
    rf"|(?P<extent>\d{{1,4}}\s?(?:pp?|pages)\b\.?)"
    rf"|(?:e?article|art|paper)\.?\s*(?:(?:ID|no|number)\.?:?\s*)?(?P<article>[A-Za-z]{{0,4}}\d[\w.-]{{0,30}}|ID\s\d+)"
    rf"|ID:?\s(?P<id>\d{{3,12}})|pii:?\s*(?P<pii>\w[\w()./-]{{2,30}})"
    rf"|(?P<supplement>(?:Suppl(?:ement)?|Spec(?:ial)?|Pt|Part)\b\.?(?:\s(?:No|Issue)\b\.?)?\s?[\dA-Z]{{0,3}}\b)"
    rf"|\((?P<inside>[^()]{{1,60}})\)"
    rf"|(?P<month>{_MONTHS}(?:[-–/]{_MONTHS})?(?:\s\d{{1,2}}(?:[-–]\d{{1,2}})?(?=\s*[,;.:]))?)"
    rf"|(?P<range>{_RANGE})(?!\w)"
    rf"|(?P<number>\d+[A-Za-z]?(?:/\d+)?)(?![\w%‰°])"
    rf"|(?P<locator>[A-Za-z]{{1,8}}[-._]?\d[\w.-]{{0,20}})",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[\s.,;:–]{0,6}")
_BEGINNINGS = re.compile(
    r"(?:(?<=\S)|^)[\s.,;:]{1,6}(?=\(?\d|\(?(?:vol|no|pp?|art|ID|bd|т|с|s(?=\.\s\d))\b|№|\(?[A-Z][a-z]{2,8}\.? \d{4}\)?"
    r"|vol\.?\d|[IVXLC]+[-–][IVXLC]|\(Suppl)"
    rf"|(?<=[A-Za-z)])(?={RECENT_YEAR};\s?\d)|(?<=[a-z.])(?=\({RECENT_YEAR}\))",
    re.IGNORECASE,
)
_YEAR_INSIDE = re.compile(
    rf"(?:[A-Z][A-Za-z.]{{2,9}}[\s,]{{1,2}}(?:\d{{1,2}}[\s,]{{1,2}})?)?({_YEAR})[a-z]?(?:[,\s][^()]{{0,25}})?$"
)
_ISSUE_INSIDE = re.compile(r"\d|suppl|spec|issue|\bpt\b|\bpart\b", re.IGNORECASE)
_NOT_ISSUE = re.compile(r"[:;]|\b(?:ed|eds|edition|in press)\b", re.IGNORECASE)
_IS_YEAR = re.compile(rf"{_YEAR}[a-z]?$")
_AFTERWORD = re.compile(
    r"[\W_]*(?:(?:article\s)?in\s(?:press|[A-Z][a-z]+)\b(?:,? with [^.]{1,60})?"
    r"|epub.{0,80}|discussion.{0,60}|quiz.{0,40}"
    r"|author reply.{0,40}|abstract\b.{0,60}|erratum.{0,120}|online ahead.{0,40}|ahead of print.{0,20}"
    r"|published\b.{0,60})?[\W_]*$",
    re.IGNORECASE,
)  # fmt: skip
_MOST_TOKENS = 14
_MOST_PLACES = 60


@dataclass(frozen=True)
class Imprint:
    """Year, volume, issue and page, where they begin in the text, and whether nothing follows them."""

    start: int
    end: int
    closes: bool
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None

    @property
    def told(self) -> int:
        """How many of the four are known."""
        return sum(value is not None for value in (self.year, self.volume, self.issue, self.page))

    @property
    def is_of_article(self) -> bool:
        """Volume and page, or either beside the other's issue: what a paper in a journal has."""
        return self.volume is not None and (self.page is not None or self.issue is not None)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    before: str


def imprint(text: str, known_year: int | None = None) -> Imprint:
    """Find the numbers that close a text. Without numbers the result is empty and starts at the text's end.

    Of several runs of numbers the most complete wins, if possible one with nothing behind it; of equals the first.
    """
    none = Imprint(len(text), len(text), True)
    runs = [run for place in _places(text) if (run := _run(text, place, known_year)) and _counts(run, text)]
    return max(runs, key=_weight, default=none)


def _counts(run: Imprint, text: str) -> bool:
    """Tell whether numbers close the entry; a lone number amid words needs a bracket, semicolon or label."""
    is_apart = text[run.start : run.end].lstrip(" .,").startswith((";", "(", "p", "P", "vol", "Vol"))
    return run.told > 1 or (run.told == 1 and (run.closes or is_apart))


def _weight(run: Imprint) -> int:
    return 2 * run.told + 3 * run.closes


def _places(text: str) -> list[int]:
    starts = [0] if re.match(r"[\s.,;:]*(?:\(?\d|vol|pp?\b)", text, re.IGNORECASE) else []
    starts += [found.start() for found in _BEGINNINGS.finditer(text)]
    return starts[-_MOST_PLACES:]


def _run(text: str, place: int, known_year: int | None) -> Imprint | None:
    tokens: list[_Token] = []
    at = place
    while len(tokens) < _MOST_TOKENS:
        separator = _SEPARATOR.match(text, at)
        found = _TOKEN.match(text, separator.end()) if separator else None
        if not separator or not found or not _belongs(found, tokens, separator[0]):
            break
        tokens.append(_Token(found.lastgroup or "", (found[found.lastgroup or 0] or found[0]).strip(), separator[0]))
        at = found.end()
    if not tokens:
        return None
    return _Roles(known_year).assigned(tokens, place, at, bool(_AFTERWORD.match(text, at)))


def _belongs(found: re.Match[str], before: list[_Token], separator: str) -> bool:
    """Tell whether a token fits here: brackets hold a year or an issue, a locator follows a number."""
    if inside := found["inside"]:
        if _YEAR_INSIDE.match(inside):
            return True
        follows = bool(before) and before[-1].kind in ("number", "range", "volume", "inside")
        return follows and not _NOT_ISSUE.search(inside) and (not separator or bool(_ISSUE_INSIDE.search(inside)))
    if found["locator"] or found["supplement"] or found["month"]:
        return bool(before) and (not found["locator"] or any(c.isdigit() for c in before[-1].text + before[0].text))
    return True


class _Roles:
    """Which token is what, told by labels, brackets, order and the marks between."""

    def __init__(self, known_year: int | None) -> None:
        self.known_year = known_year
        self.told: dict[str, str] = {}
        self.bare: list[_Token] = []

    def assigned(self, tokens: list[_Token], start: int, end: int, closes: bool) -> Imprint:
        for at, token in enumerate(tokens):
            self._labelled(token, tokens[at - 1] if at else None)
        self._year()
        self._others()
        year = self.told.get("year")
        numerals = {name: _numeral(self.told[name]) for name in ("volume", "issue", "page") if name in self.told}
        return Imprint(start, end, closes, int(year[:4]) if year else None, **numerals)

    def _labelled(self, token: _Token, last: _Token | None) -> None:
        if token.kind in ("number", "range", "locator"):
            self.bare.append(token)
        elif token.kind == "inside":
            self._inside(token.text, last, token.before)
        elif token.kind in ("volume", "issue", "page"):
            self.told.setdefault(token.kind, token.text)
        elif token.kind in ("article", "id", "pii", "glued"):
            self.told.setdefault("page", token.text)
        elif token.kind == "supplement":
            self.told.setdefault("issue", token.text)

    def _inside(self, inside: str, last: _Token | None, before: str) -> None:
        found = _YEAR_INSIDE.match(inside)
        is_issue = bool(last and last.kind == "number" and not before and (self.known_year or inside < "1900"))
        if found and "year" not in self.told and not is_issue:
            self.told["year"] = found[1]
        else:
            self.told.setdefault("issue", re.sub(r"^(?:no|nr|issue)\b\.?\s*", "", inside, flags=re.IGNORECASE))

    def _year(self) -> None:
        if self.known_year:
            if len(self.bare) > 1 and self.bare[0].text == str(self.known_year):
                self.bare.pop(0)
            return
        if "year" in self.told or not self.bare:
            return
        first, last = self.bare[0], self.bare[-1]
        labelled = "volume" in self.told or "page" in self.told
        if _IS_YEAR.match(first.text) and not (labelled and _IS_YEAR.match(last.text)):
            self.told["year"] = self.bare.pop(0).text
        elif _IS_YEAR.match(last.text) and ":" not in last.before:
            self.told["year"] = self.bare.pop().text

    def _others(self) -> None:
        """Tell volume, issue and page apart. A lone number is a page after a colon or volume, or if it is a range."""
        bare = self.bare
        if len(bare) == 1 and ("volume" in self.told or _is_page(bare[0], "page" in self.told)):
            self.told.setdefault("page", bare[0].text)
        elif bare:
            self.told.setdefault("volume", bare[0].text)
            if len(bare) > 2:
                self.told.setdefault("issue", bare[1].text)
            if len(bare) > 1:
                self.told.setdefault("issue" if "page" in self.told else "page", bare[min(len(bare), 3) - 1].text)


def _is_page(token: _Token, has_page: bool) -> bool:
    if has_page:
        return False
    ends = [int(number) for number in re.findall(r"\d+", token.text)[:2]]
    is_double_volume = len(ends) == 2 and ends[1] == ends[0] + 1 and ":" not in token.before
    return (token.kind != "number" and not is_double_volume) or ":" in token.before


def _numeral(printed: str) -> str:
    """Return a number as printed, with "-" for any dash."""
    return re.sub(r"\s*[–—‐‑−-]{1,2}\s*", "-", " ".join(printed.split())).strip(".,:- ")
