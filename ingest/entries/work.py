"""Read the work that an entry prints after its authors: title, source and numbers."""

import re
from dataclasses import dataclass, replace

from ingest.entries.books import chapter, is_house, published, thesis, without_edition, without_editors
from ingest.entries.emphasis import opening
from ingest.entries.imprint import Imprint, imprint
from ingest.entries.journals import is_journal
from ingest.entries.titles import bare, parted
from ingest.markup.patterns import WORK_YEAR
from ingest.markup.styled import Styled

_BARE_YEAR = rf"{WORK_YEAR}[a-z]?"
_EARLY_YEAR = re.compile(
    rf"[\s.,:;]*(?:[\[(]({_BARE_YEAR})(?:[,\s–-][^()]{{0,30}})?[)\]]|({_BARE_YEAR})(?=[.,:;]\s+(?:[“\"]?[^\W\d]|\d[^;:()]{{0,12}}\s[a-z])))\s*[.,:;]?\s*"
)
_ANY_YEAR = re.compile(r"(?<![\d–/.-])\(?((?:1[89]\d|20[0-4])\d)[a-z]?\)?(?![\d–-])")
_QUOTED = re.compile(
    r"[\s.,:]*(?:“(?P<curly>.{5,600}?)[,.]?[”\"]|\"(?P<straight>.{5,600}?)[,.]?[\"”]|[‘'](?P<single>.{5,600}?)[,.?!]?[’'])"
    r"(?=\s*[,.(]|\s*$|\s*(?:in\b|[A-Z*(\d]))[,.]?\s*"
)
_BRACKETED = re.compile(
    r"\s*\[(?:Internet|Online|Article in \w+|In \w+|eBook|Data\s?set|Web page|Homepage on the Internet)\]",
    re.IGNORECASE,
)
_LEAVES = re.compile(r"\s*\((?:[^()]{1,30},\s)?pp?\.\s?(\w[\w.]*(?:\s?[-–]\s?\w[\w.]*)?)\)")
_CONFERENCE = re.compile(r"\b(?:Proceedings|Conference|Congress|Symposium|Workshop|Annual Meeting|Convention)\b")
_PATENT = re.compile(r"\b[Pp]atent\b.{0,20}\d")
_NOISE = " .,;:("


@dataclass(frozen=True)
class Work:
    """What an entry says of a work; "" and None where it says nothing. `type` is a CSL type or ""."""

    title: str = ""
    container: str = ""
    publisher: str = ""
    type: str = ""
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None


def printed_work(rest: str, printed: Styled, emphasised: str, by_commas: bool) -> Work:
    """Read an entry without its authors and identifiers.

    `printed`: the whole entry with its styles. `emphasised`: the emphasised words before the numbers. `by_commas`: a
    comma follows the authors, so that commas may separate the other fields too.
    """
    early = _EARLY_YEAR.match(rest)
    year = int((early[1] or early[2])[:4]) if early else None
    rest = _BRACKETED.sub("", rest[early.end() :] if early else rest).strip(" .:,;")
    work = _read(rest, printed, emphasised, year, by_commas and not early)
    if work.year is None:
        years = _ANY_YEAR.findall(rest)
        work = replace(work, year=year or (int(years[-1]) if years else None))
    return work


def _read(rest: str, printed: Styled, emphasised: str, year: int | None, by_commas: bool) -> Work:
    if titled := _set_apart(rest):
        return _with_source(*titled, year)
    book = opening(printed, rest)
    if book and book != emphasised:
        return _book(book, rest[len(book) :], year)
    at = rest.rfind(emphasised) if emphasised else -1
    if at > 4 and not rest[:at].rstrip().endswith(("In", "In:", "in", "in:")):
        return _numbered(Work(title=bare(rest[:at]), container=emphasised), imprint(rest[at + len(emphasised) :], year))
    if part := chapter(rest):
        return _chapter(*part, year)
    written = thesis(rest)
    return _thesis(*written, year) if written else _plain(rest, year, by_commas)


def _set_apart(rest: str) -> tuple[str, str] | None:
    """A title in quotation marks or before " // ", and its source."""
    quoted = _QUOTED.match(rest)
    if quoted and not (quoted["single"] and rest[quoted.end() :][:1].islower()):
        title = next(part for part in (quoted["curly"], quoted["straight"], quoted["single"]) if part)
        return title.strip(), rest[quoted.end() :]
    title, parting, source = rest.partition(" // ")
    return (bare(title), source) if parting else None


def _with_source(title: str, source: str, year: int | None) -> Work:
    """The work of a title in quotation marks: the rest is its source."""
    source = source.strip(" .,;")
    inside = re.match(r"[Ii]n:?\s+(?=[A-Z“\"])", source)
    if inside:
        return _chapter(title, source[inside.end() :], year)
    if written := thesis(". " * 6 + source):
        return _thesis(title, written[1], year)
    numbers = imprint(source, year)
    head = source[: numbers.start].strip(_NOISE)
    if not numbers.is_of_article and not numbers.page:
        named, publisher = published(head)
        if publisher:
            return _numbered(Work(title=title, container=named.strip(_NOISE), publisher=publisher), numbers)
    return _numbered(Work(title=title, container=head), numbers)


def _chapter(title: str, source: str, year: int | None) -> Work:
    source = without_editors(source)
    leaves = _LEAVES.search(source)
    if leaves:
        source = source[: leaves.start()] + source[leaves.end() :]
    numbers = imprint(source, year)
    head = source[: numbers.start]
    if leaves:
        numbers = replace(numbers, page=leaves[1].replace("–", "-"))
    elif not numbers.page and (pages := re.search(r"[\s(,]+pp?\.\s?([\w.]+(?:\s?[-–]\s?[\w.]*\w)?)", head)):
        numbers = Imprint(
            numbers.start, numbers.end, True, numbers.year, numbers.volume, numbers.issue, pages[1].replace("–", "-")
        )
        head = head[: pages.start()] + head[pages.end() :].replace(")", "", 1)
    named, publisher = published(head)
    kind = "paper-conference" if _CONFERENCE.search(named) else "chapter"
    is_article = numbers.is_of_article and numbers.volume is not None and not publisher
    named = bare(without_edition(named)).strip("(")
    return _numbered(Work(bare(title), named, publisher, "" if is_article and kind == "chapter" else kind), numbers)


def _thesis(title: str, source: str, year: int | None) -> Work:
    numbers = imprint(source, year)
    head = source[: numbers.start].strip(" .,;:()[]")
    named, publisher = published(head)
    return _numbered(Work(title=bare(title), publisher=publisher or named, type="thesis"), numbers)


def _book(title: str, source: str, year: int | None) -> Work:
    source = without_edition(". " + source.strip(_NOISE))
    numbers = imprint(source, year)
    named, publisher = published(source[: numbers.start])
    publisher = publisher or (named if len(named) <= 120 else "")
    return _numbered(Work(title=title, publisher=publisher.strip(_NOISE), type="book"), numbers)


def _plain(rest: str, year: int | None, by_commas: bool) -> Work:
    numbers = imprint(rest, year)
    head = rest[: numbers.start]
    if not numbers.is_of_article:
        title, publisher = published(head)
        if publisher and title and (numbers.volume is None or is_house(publisher)):
            title = without_edition(title)
            kind = "patent" if _PATENT.search(head) else "book"
            return _numbered(Work(title=bare(title), publisher=publisher, type=kind), numbers)
    title, container = parted(head, by_commas, numbers.is_of_article)
    if container and not title and not (numbers.volume or numbers.page):
        title, container = container, ""
    is_source = numbers.volume or numbers.page or is_journal(container)
    if container and (not is_source or container.endswith("ersion")):
        title, container = bare(head), ""
    return _numbered(Work(title=without_edition(title) if not container else title, container=container), numbers)


def _numbered(work: Work, numbers: Imprint) -> Work:
    return replace(work, year=numbers.year, volume=numbers.volume, issue=numbers.issue, page=numbers.page)
