"""The forms in which numbered markers are printed: (n), [n], superscript. To add one, add an entry to STYLES."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from evqa.model import Where
from ingest.markers import lookalikes
from ingest.markup.patterns import DASHES
from ingest.markup.superscript import DIGITS

_LIST = rf"(?P<numbers>\d[\d\s,;&andto{DASHES}]{{0,200}}?)"
_REVIEW = r"[Ss]ee|[Rr]eview(?:ed|s)?|e\.g\.,?|cf\.|[Rr]efs?\.?|[Rr]eferences?"
_LEAD = (
    rf"(?:(?:[A-Za-z][A-Za-z'’-]{{0,20}},?\s){{0,4}}?(?:{_REVIEW})[,:]?\s"
    rf"(?:(?:also|in|by|for|example|the|{_REVIEW}),?\s){{0,4}})?"
)
_FLOAT = r"(?:[Ss]upplementa\w+\s)?(?:Tables?|Figures?|Figs?\.?|Box|Section|Appendix)\s?S?\d{1,2}[A-Za-z]?"
_ASIDE = (
    rf"(?:,?\s?;?\s?(?:and\s)?(?:(?:[Ss]ee|[Rr]eviewed)\s[^()\[\]]{{0,60}}|{_FLOAT}[^()\[\]]{{0,30}}|refs?\.? therein"
    r"|references? (?:cited )?therein|for (?:a |an )?(?:recent |extensive )?reviews?|this (?:study|work|review|paper)"
    r"|unpublished[^()\[\]]{0,40}|personal[^()\[\]]{0,40}|among others))?"
)
_INNER = rf"\s*(?:{_FLOAT}(?:;|,\s(?=[Rr]ef))\s)?{_LEAD}{_LIST}{_ASIDE}\s*"
_TABLE_HEAD = "number in a table's head"
# A single raised digit in a table's head refers to a note.
_IN_HEAD = re.compile(rf"[{DIGITS}]{{2,3}}(?!\s).*|[{DIGITS}]+\W.+")


@dataclass(frozen=True)
class Region:
    """A stretch of canonical text where markers are looked for. `is_column`: a cell of a table's reference column.

    `column`: which table and which of its columns a cell belongs to. `is_head`: the cell heads its column.
    """

    start: int
    end: int
    where: Where
    is_column: bool = False
    column: tuple[int, int] | None = None
    is_head: bool = False


@dataclass(frozen=True)
class MarkerStyle:
    """How some documents print their markers.

    `pattern`: finds them; the group `numbers` holds what is cited, "3, 5–7", the group `last` the end of a range whose
    ends have brackets of their own. `refusal`: why a match is no marker, "" if it can be one. `doubt`: why it may be a
    quantity, "" if nothing says so. `may_number_lists`: whether lists are numbered in this form too.
    """

    pattern: re.Pattern[str]
    refusal: Callable[[re.Match[str], Region], str]
    doubt: Callable[[re.Match[str], Region], str] = lambda _match, _region: ""
    may_number_lists: bool = True


def _in_round_brackets(match: re.Match[str], region: Region) -> str:
    if region.is_head:
        return _TABLE_HEAD
    is_cell = region.where == "table"
    return lookalikes.reason(match, region.start, region.end, is_cell=is_cell) or _in_square_brackets(match, region)


def _in_square_brackets(match: re.Match[str], region: Region) -> str:
    return lookalikes.number_of_something(match, region.start, region.end, is_text=region.where == "text")


def _raised(match: re.Match[str], region: Region) -> str:
    if region.is_head and not _IN_HEAD.fullmatch(match[0]):
        return _TABLE_HEAD
    return lookalikes.raised_reason(match, region.start, region.end, is_cell=region.where == "table")


STYLES: dict[str, MarkerStyle] = {
    "round": MarkerStyle(
        re.compile(rf"\({_INNER}\)(?:\s?[{DASHES}]\s?\((?P<last>\d{{1,4}})\))?"),
        refusal=_in_round_brackets,
        doubt=lambda match, region: lookalikes.doubt(match, region.start, region.end),
    ),
    "square": MarkerStyle(
        re.compile(rf"\[{_INNER}\](?:\s?[{DASHES}]\s?\[(?P<last>\d{{1,4}})\])?"),
        refusal=_in_square_brackets,
    ),
    "raised": MarkerStyle(
        re.compile(
            rf"(?P<numbers>[{DIGITS}]{{1,4}}(?:(?:\s?[,;⁻{DASHES}]{{1,2}}\s?|\s)[{DIGITS}]{{1,4}}){{0,60}})(?P<last>)?"
        ),
        refusal=_raised,
        may_number_lists=False,
    ),
}
