"""Read what a JATS article says of its own front matter and sections; readers are measured against it.

None of these rules is shared with a reader.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree
from rapidfuzz.distance import Levenshtein

from eval.reading.jatstruth import article_of, plain_doi
from evqa.language.words import squeeze
from evqa.model import Name

ALIKE = 0.9
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
NUMBER = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5}(?=\.))[.:)]?\s+")
# Notes are printed beside or below the words that they belong to.
_SILENT = frozenset({"xref", "fn", "tex-math"})
_LATER = ("pmc-release", "nihms-submitted")


@dataclass(frozen=True)
class TrueAuthor:
    """Family and given names of an author, folded to letters and digits."""

    family: str
    given: str

    @property
    def whole(self) -> str:
        """The name as it is printed, the given names first."""
        return self.given + self.family


@dataclass(frozen=True)
class FrontTruth:
    """The truth of a title page, and the titles of an article's sections.

    `title`, `sections` and `other_titles` are folded to letters and digits. `years`: those of all its publications,
    first and later ones. `sections`: of body and back, in order. `other_titles`: headings of other parts.
    """

    title: str
    authors: tuple[TrueAuthor, ...]
    years: frozenset[int]
    doi: str
    sections: tuple[str, ...]
    other_titles: frozenset[str]


def read_front_truth(path: Path) -> FrontTruth:
    """Read the truth of a JATS file. Raises InputError if it can't be read or holds no article."""
    article = article_of(path)
    meta = article.find("front/article-meta")
    sections = [_letters(title) for title in article.xpath("(body|back)//sec/title") if _is_own(title)]
    titles = {_letters(title) for title in article.xpath(".//title")} | {"abstract", "keywords", "references"}
    if meta is None:
        return FrontTruth("", (), frozenset(), "", tuple(filter(None, sections)), frozenset(titles))
    title = meta.find("title-group/article-title")
    return FrontTruth(
        title=_letters(title) if title is not None else "",
        authors=tuple(map(_author, meta.xpath("contrib-group/contrib[@contrib-type='author']/name[1]"))),
        years=frozenset(_years(meta.findall("pub-date"))),
        doi=next((plain_doi(e.text or "") for e in meta.findall("article-id[@pub-id-type='doi']")), ""),
        sections=tuple(filter(None, sections)),
        other_titles=frozenset(titles - set(sections) - {""}),
    )


def _is_own(element: etree._Element) -> bool:
    return not any(above.tag in ("sub-article", "response", "boxed-text") for above in element.iterancestors())


def _letters(element: etree._Element) -> str:
    return squeeze(NUMBER.sub("", " ".join(_spoken(element).split())))


def _spoken(element: etree._Element) -> str:
    own = "" if element.tag in _SILENT else (element.text or "") + "".join(map(_spoken, element))
    return own + (element.tail or "" if element.getparent() is not None else "")


def _author(name: etree._Element) -> TrueAuthor:
    return TrueAuthor(squeeze(name.findtext("surname") or ""), squeeze(name.findtext("given-names") or ""))


def _years(dates: Sequence[etree._Element]) -> list[int]:
    kept = [date for date in dates if (date.get("pub-type") or date.get("date-type")) not in _LATER]
    return [int(found[0]) for date in kept if (found := YEAR.search(date.findtext("year") or ""))]


def is_alike(one: str, other: str) -> bool:
    """Whether two folded texts have a normalised edit similarity of at least .9."""
    return bool(one and other) and Levenshtein.normalized_similarity(one, other) >= ALIKE


def are_authors(found: Sequence[Name], true: Sequence[TrueAuthor]) -> bool:
    """Whether all authors are found, in order: by family name, or by all names together."""
    people = [name for name in found if name.family]
    return len(people) == len(true) and all(map(_is_author, people, true))


def _is_author(name: Name, true: TrueAuthor) -> bool:
    family, given = squeeze(name.family or ""), squeeze(name.given or "")
    return family == true.family or given + family == true.whole
