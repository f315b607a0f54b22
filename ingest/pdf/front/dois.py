"""Find the DOIs on the first pages, in running heads, links and fields, and weigh which is the article's own."""

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evqa.language.words import squeeze
from ingest.entries.identifiers import dois
from ingest.pdf.front.opening import Opening
from ingest.structure.front import REPOSITORIES, is_whole

_CITED = re.compile(r"\b(?:cite|citation)\b", re.IGNORECASE)
_SAID = re.compile(r"\bdoi\b[\s:.]*$|doi\.org/?\s*$|digital object identifier\W*$", re.IGNORECASE)
NAMES = (
    "margin", "margins", "first page", "title page", "fields", "link", "said", "cited", "first", "times",
    "long paragraph",
)  # fmt: skip
_LONG = 60


@dataclass(frozen=True)
class Doi:
    """A DOI and how it is told: the `NAMES` that hold of one of its places."""

    value: str
    signs: frozenset[str]
    times: int
    order: int


def own_dois(opening: Opening, end: int) -> list[Doi]:
    """Return the DOIs that may be the article's own; one that another only begins is none.

    `end`: the paragraph that ends the title page's matter.
    """
    signs: dict[str, set[str]] = defaultdict(set)
    times: dict[str, int] = defaultdict(int)
    for value, found in _found(opening, end):
        if is_whole(value):
            signs[value] |= found
            times[value] += 1
    whole = [one for one in signs if not _is_cut(one, signs) and not _is_of_data(one, signs[one])]
    return [Doi(one, frozenset(signs[one]), times[one], order) for order, one in enumerate(whole)]


def _is_of_data(one: str, signs: set[str]) -> bool:
    """Tell whether a DOI is that of data or of a registration, and not of a preprint that a repository holds."""
    return one.startswith(REPOSITORIES) and not signs & {"margin", "fields"}


def _is_cut(one: str, others: dict[str, set[str]]) -> bool:
    """Tell whether another DOI goes on where this one ends."""
    longer = [other for other in others if other != one and other.startswith(one)]
    return any(_is_told_better(others[other], others[one]) for other in longer)


def _is_told_better(longer: set[str], shorter: set[str]) -> bool:
    """Tell whether a longer DOI counts: words of the next line may have been joined to the shorter one."""
    return "fields" not in shorter or "fields" in longer


def _found(opening: Opening, end: int) -> Iterator[tuple[str, set[str]]]:
    first = opening.paragraphs[0].page if opening.paragraphs else 0
    for i, paragraph in enumerate(opening.paragraphs):
        place = {*["first page"] * (paragraph.page == first), *["title page"] * (i < end)}
        place |= {"long paragraph"} if len(paragraph.text.split()) > _LONG else set()
        place |= {"cited"} if _CITED.search(paragraph.text) else set()
        text = paragraph.text
        for at, value in dois(text):
            yield value, place | ({"said"} if _SAID.search(text[:at]) else set())
        for span in paragraph.printed.spans:
            if span.style == "link":
                yield from ((value, place | {"link"}) for _, value in dois(span.address))
    yield from _in_margins(opening)
    printed = "".join(opening.letters) + "".join(opening.heads)
    for value in opening.known.metadata.dois:
        if squeeze(value) in printed or not printed:
            yield value, {"fields"}


def _in_margins(opening: Opening) -> Iterator[tuple[str, set[str]]]:
    """Yield the DOIs of running heads and feet, without a page number printed right behind them."""
    told = [(line, at, value) for line in opening.margins for at, value in dois(line.text)]
    whole = without_page_numbers([value for _, _, value in told])
    for line, at, value in told:
        again = {other.page for other, _, found in told if whole[found] == whole[value]}
        signs = {"margin", *["margins"] * (len(again) > 1)}
        yield whole[value], signs | ({"said"} if _SAID.search(line.text[:at]) else set())


def without_page_numbers(values: Sequence[str]) -> dict[str, str]:
    """Return what each DOI is without the digits in which DOIs of different pages differ at their end."""
    common = os.path.commonprefix(list(values))  # noqa: RUF071 – characters are meant
    rests = {value[len(common) :] for value in values}
    are_pages = len(rests) > 1 and all(rest.isdigit() for rest in rests) and is_whole(common)
    return {value: common if are_pages else value for value in values}


def doi_features(doi: Doi, others: list[Doi]) -> tuple[float, ...]:
    """Weigh a DOI: a value for each of `NAMES`."""
    measured = {
        "first": float(doi.order == min(other.order for other in others)),
        "times": min(doi.times, 4) / 4,
    }
    return tuple(measured.get(name, float(name in doi.signs)) for name in NAMES)
