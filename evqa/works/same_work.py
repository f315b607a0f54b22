"""Decide whether a paper and an entry of a bibliography are the same work: by DOI, else title, year and author."""

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from evqa.language.words import squeeze
from evqa.works.keys import ADDRESS

# Titles are compared by their folded letters and digits. NEAR is the least similarity (docs/decisions/0008) and
# LONGEST_DIFFERENCE the longest stretch that may differ: scanners misread letters, other works have other words.
NEAR = 0.9
LONGEST_DIFFERENCE = 2
# Titles of fewer letters than SHORT are easily similar. Equal titles of fewer than TERSE don't decide alone.
SHORT = 30
TERSE = 15
HEAD = 20

By = Literal["doi", "title"]

_SUBTITLE = re.compile(r"\s*(?:[:?!]|\.\s|\s[-–—]\s|[–—])\s*")
_RETRACTED = re.compile(r"^\W*retracted(?: article)?\W+", re.IGNORECASE)
_NOTICE = r"(?:corrections?|corrigend\w+|errat\w+|addendum|retraction|repl(?:y|ies)|response|comments?|letter|re)"
_ASIDE = re.compile(
    rf"^\W*(?:(?:authors?|editor)['’]?s?\s+)?{_NOTICE}\b(?:\s+(?:to|on|of|for|from)\b|\W*$|\s*[:.–—-])"
    rf"|[:.,;(\[–—-]\s*(?:an?\s+|the\s+)?(?:(?:authors?|editor)['’]?s?\s+)?{_NOTICE}\b\W*$",
    re.IGNORECASE,
)
_ROMAN = frozenset("i ii iii iv v vi vii viii ix x".split())


@dataclass(frozen=True, slots=True)
class Work:
    """The data that identify a work. Text is folded to letters and digits; "" and None mean unknown.

    `head`: the title before its subtitle. `numerals`: numbers of the title, sorted. `is_aside`: it is a
    correction, a reply or a comment. `printed`: the whole entry, where no title was found in it.
    """

    doi: str
    title: str
    head: str
    numerals: tuple[str, ...]
    is_aside: bool
    year: int | None
    family: str
    printed: str = ""


@dataclass(frozen=True, slots=True)
class WorkLikeness:
    """How similar two works are (0 to 1), by DOI or by title, and whether they are the same."""

    by: By
    score: float
    is_same: bool


def work(title: str, doi: str, year: int | None, family: str, printed: str = "") -> Work:
    """A work from its bibliographic data as printed; `family` is the first author's."""
    title = _RETRACTED.sub("", title)
    head = _SUBTITLE.split(title, maxsplit=1)[0]
    full = squeeze(title)
    numerals = [word for word in re.findall(r"\d+|[^\W\d_]+", title) if word.isdigit() or word.lower() in _ROMAN]
    return Work(
        doi=plain_doi(doi),
        title=full,
        head=squeeze(head) if squeeze(head) != full else "",
        numerals=tuple(sorted(numeral.lower() for numeral in numerals)),
        is_aside=bool(_ASIDE.search(title)),
        year=year,
        family=squeeze(family),
        printed="" if full else squeeze(printed),
    )


def plain_doi(printed: str) -> str:
    """A DOI in lower case, without address and closing punctuation: "https://doi.org/10.1/AB." is "10.1/ab"."""
    return ADDRESS.sub("", printed).strip().rstrip(".,;)]").lower()


def compared(paper: Work, entry: Work) -> WorkLikeness:
    """How alike a paper and an entry are. A title alone decides only if it is long and nothing contradicts it."""
    if paper.doi and paper.doi == entry.doi:
        return WorkLikeness("doi", 1.0, is_same=True)
    score = fuzz.ratio(paper.title, entry.title) / 100
    if paper.is_aside != entry.is_aside or not paper.title:
        return WorkLikeness("title", score, is_same=False)
    if entry.printed:
        found = len(paper.title) >= SHORT and paper.title in entry.printed
        return WorkLikeness("title", float(found), found and not _is_contradicted(paper, entry))
    if score < NEAR or not is_misprint(paper, entry):
        is_cut = is_cut_title(paper, entry) and _is_backed(paper, entry)
        return WorkLikeness("title", 1.0 if is_cut else score, is_cut)
    return WorkLikeness("title", score, _is_enough(paper, entry))


def _is_enough(paper: Work, entry: Work) -> bool:
    """Whether nearly equal titles are enough to call both the same work."""
    is_short = len(entry.title) < (TERSE if paper.title == entry.title else SHORT)
    has_other_doi = bool(paper.doi and entry.doi)
    return _is_backed(paper, entry) if is_short or has_other_doi else not _is_contradicted(paper, entry)


def is_misprint(paper: Work, entry: Work) -> bool:
    """Whether the titles have the same numbers and differ only in short stretches, or in words lost at the end."""
    if paper.numerals != entry.numerals:
        return False
    if paper.title.startswith(entry.title) or entry.title.startswith(paper.title):
        return True
    steps = Levenshtein.opcodes(paper.title, entry.title)
    for is_equal, run in groupby(steps, key=lambda step: step.tag == "equal"):
        stretch = list(run)
        source = stretch[-1].src_end - stretch[0].src_start
        if not is_equal and max(source, stretch[-1].dest_end - stretch[0].dest_start) > LONGEST_DIFFERENCE:
            return False
    return True


def is_cut_title(paper: Work, entry: Work) -> bool:
    """Whether one title is the other without its subtitle."""
    one, other = (paper.head, entry.title), (paper.title, entry.head)
    return any(head == whole and len(head) >= HEAD for head, whole in (one, other))


def _is_backed(paper: Work, entry: Work) -> bool:
    """Whether the first author is the same and the years differ by at most one."""
    return _years_apart(paper, entry) in (0, 1) and bool(paper.family) and paper.family == entry.family


def _is_contradicted(paper: Work, entry: Work) -> bool:
    """Whether first author and year both differ (or no year is known), or the years differ by more than three."""
    differ = bool(paper.family and entry.family) and paper.family != entry.family
    apart = _years_apart(paper, entry)
    return (differ and apart not in (0, 1)) or (apart or 0) > 3


def _years_apart(paper: Work, entry: Work) -> int | None:
    return abs(paper.year - entry.year) if paper.year and entry.year else None
