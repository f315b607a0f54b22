"""Printed entries whose work is known, with their DOIs taken out, and faults put into them."""

import hashlib
import random
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

from evqa.language.words import FUNCTION_WORDS, fold
from evqa.model import Date, Name, Reference
from evqa.works.same_work import plain_doi
from ingest.entries.csl import reference
from ingest.jats.xml import article_in
from ingest.markup.styled import Styled
from ingest.reader import READERS, source_of

READINGS = ("tagged", "printed", "pdf")
# The fault of an entry that prints the title of one work and all else of another.
SWAPPED = "swapped title"
# Entries of an article's PDF and XML whose texts are this much alike are one.
SAME_ENTRY = 80
_ABBREVIATED = (
    "journal-id[@journal-id-type='nlm-ta']",
    "journal-id[@journal-id-type='iso-abbrev']",
    "abbrev-journal-title",
)
_IDENTIFIERS = re.compile(
    r"(?:\[?\bdoi\b\W{0,3})?(?:https?://\S*(?:\s[\d.]{0,9}/\S+)?|\b10\.\d{4,9}/\S+)"
    r"|\b(?:PMC?ID|PubMed|CrossRef|Google Scholar)\b\W{0,3}(?:PMC)?\d*",
    re.IGNORECASE,
)


class Known(NamedTuple):
    """An entry of an article with the DOI of its work, in lower case, and how it was read.

    `reading`: "tagged" as the article's XML marks it up, "printed" as read from its printed text alone, "pdf" as read
    from the article's PDF file. The entry itself has neither DOI nor any other identifier.
    """

    article: str
    doi: str
    reading: str
    entry: Reference


def articles(folder: Path) -> dict[str, tuple[Reference, ...]]:
    """The bibliographies of the XML articles of a folder, by name. Raises InputError if an article can't be read."""
    found = {}
    for path in sorted(folder.glob("*.xml")):
        data = path.read_bytes()
        found[path.stem] = READERS[".xml"](data, source_of(path.name, data)).references
    return found


def journal_names(folder: Path) -> list[tuple[str, str]]:
    """Abbreviation and name of each journal in which the XML articles of a folder appeared, as the files tag them."""
    found = set()
    for path in sorted(folder.glob("*.xml")):
        article = article_in(path.read_bytes(), path.name)
        name = article.findtext(".//journal-title")
        short = [each.text for kind in _ABBREVIATED for each in article.iterfind(f".//journal-meta//{kind}")]
        found |= {(each, name) for each in short if each and name}
    return sorted(found)


def is_fitted_on(article: str) -> bool:
    """Whether an article belongs to the half that weights and rules are fitted on: by the SHA-256 of its name, even."""
    return int(hashlib.sha256(article.encode()).hexdigest(), 16) % 2 == 0


def known(bibliographies: dict[str, tuple[Reference, ...]], is_kept: Callable[[str], bool]) -> Iterator[Known]:
    """Every entry that has a DOI, of the articles that are kept, in both readings."""
    for article, entries in bibliographies.items():
        for entry in entries if is_kept(article) else ():
            if entry.DOI and entry.title:
                tagged = without_identifiers(entry)
                yield Known(article, plain_doi(entry.DOI), "tagged", tagged)
                yield Known(article, plain_doi(entry.DOI), "printed", as_printed(tagged))


def read_from_pdf(
    folder: Path, bibliographies: dict[str, tuple[Reference, ...]], is_kept: Callable[[str], bool]
) -> Iterator[Known]:
    """The entries as they are read from the articles' PDF files. An entry's work is that of the same number in the XML.

    Entries whose text isn't nearly the same there are left out: lists of both files may be numbered differently.
    """
    for path in sorted(folder.glob("*.pdf")):
        if path.stem not in bibliographies or not is_kept(path.stem):
            continue
        data = path.read_bytes()
        tagged = {entry.number: entry for entry in bibliographies[path.stem]}
        for entry in READERS[".pdf"](data, source_of(path.name, data)).references:
            same = tagged.get(entry.number)
            if same and same.DOI and fuzz.token_set_ratio(fold(entry.raw), fold(same.raw)) >= SAME_ENTRY:
                yield Known(path.stem, plain_doi(same.DOI), "pdf", as_printed(without_identifiers(entry)))


def without_identifiers(entry: Reference) -> Reference:
    """An entry without DOI, PMID and address, in its fields and in what is printed."""
    raw = " ".join(_IDENTIFIERS.sub(" ", entry.raw).split()).rstrip(" .,;[(") + "."
    return entry.model_copy(update={"DOI": None, "PMID": None, "URL": None, "raw": raw})


def as_printed(entry: Reference) -> Reference:
    """An entry as it is read from its printed text alone."""
    return reference(entry.number, Styled(entry.raw)).model_copy(update={"raw": entry.raw})


def altered(one: Known, field: str, others: Sequence[Reference], chance: random.Random) -> Known | None:
    """An entry with a wrong value in one field, in what is printed, too; None if it doesn't print the field.

    Wrong titles have one or two of their words replaced, wrong authors and journals are those of other entries.
    """
    entry = one.entry
    other = others[chance.randrange(len(others))]
    made = _FAULTS[field](entry, other, chance)
    if made is None:
        return None
    old, new, update = made
    if len(re.findall(rf"(?<!\w){re.escape(old)}(?!\w)", entry.raw)) != 1 or old == new:
        return None
    raw = re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, entry.raw)
    wrong = entry.model_copy(update={**update, "raw": raw})
    return one._replace(entry=as_printed(wrong) if one.reading == "printed" else wrong)


_Made = tuple[str, str, dict[str, object]] | None


def _year(entry: Reference, _: Reference, chance: random.Random) -> _Made:
    if not entry.issued or not entry.year:
        return None
    wrong = entry.year + chance.choice((-10, -5, -4, -3, -2, 2, 3, 4, 5, 10))
    return str(entry.year), str(wrong), {"issued": Date(date_parts=((wrong,),))}


def _volume(entry: Reference, _: Reference, chance: random.Random) -> _Made:
    volume = entry.volume or ""
    if not volume.isdecimal():
        return None
    wrong = str(max(1, int(volume) + chance.choice((-10, -2, -1, 1, 2, 10))))
    return volume, wrong, {"volume": wrong}


def _page(entry: Reference, _: Reference, chance: random.Random) -> _Made:
    first = (entry.page or "").split("-")[0]
    if not first.isdecimal():
        return None
    wrong = str(int(first) + chance.choice((3, 9, 10, 27, 100, 1000)))
    return first, wrong, {"page": (entry.page or "").replace(first, wrong, 1)}


def _author(entry: Reference, other: Reference, _: random.Random) -> _Made:
    if not entry.author or not entry.author[0].family or not other.author or not other.author[0].family:
        return None
    wrong = Name(family=other.author[0].family, given=entry.author[0].given)
    return entry.author[0].family, other.author[0].family, {"author": (wrong, *entry.author[1:])}


def _journal(entry: Reference, other: Reference, _: random.Random) -> _Made:
    if not entry.container_title or not other.container_title:
        return None
    return entry.container_title, other.container_title, {"container_title": other.container_title}


def _title(entry: Reference, other: Reference, chance: random.Random) -> _Made:
    title = entry.title or ""
    spare = telling(other.title or "")
    own = telling(title)
    if len(own) < 3 or len(spare) < 2:
        return None
    wrong = title
    for word in chance.sample(own, chance.choice((1, 2))):
        wrong = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", lambda _: chance.choice(spare), wrong, count=1)
    return title, wrong, {"title": wrong}


def _swapped_title(entry: Reference, other: Reference, _: random.Random) -> _Made:
    if not entry.title or not other.title:
        return None
    return entry.title, other.title, {"title": other.title}


def telling(title: str) -> list[str]:
    """The words of a title that say what it is about, as they are printed."""
    return [word for word in re.findall(r"[^\W\d_]{4,}", title) if word.lower() not in FUNCTION_WORDS]


_FAULTS: dict[str, Callable[[Reference, Reference, random.Random], _Made]] = {
    "year": _year,
    "volume": _volume,
    "page": _page,
    "title": _title,
    "author": _author,
    "journal": _journal,
}
FAULTS = tuple(_FAULTS)
_FAULTS[SWAPPED] = _swapped_title
