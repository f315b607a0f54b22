"""Read an article's web page: HTML that a journal publishes and a browser saves."""

import re

from evqa.errors import InputError
from evqa.model import Document, Source
from ingest.html.article import article_of
from ingest.html.furniture import told_dropped, without_furniture
from ingest.html.page import page_in
from ingest.html.references import Citing, citing
from ingest.html.told import told_by
from ingest.html.walk import PartReader
from ingest.jats.xml import Element
from ingest.structure.headings import is_abstract, is_bibliography
from ingest.tagged.document import document_from_tags
from ingest.tagged.parts import Part, TaggedText

_FEWEST_WORDS = 150
_SHORTEST_LINE = 8
_LONGEST_ABSTRACT = 700
_SCRIPTS = re.compile(
    r"(?:enable|requires?|turn on|without) javascript|javascript (?:is |has been )?(?:disabled|required)"
    r"|checking (?:your browser|if the site connection is secure)|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|just a moment|are you a robot|captcha|unusual traffic",
    re.IGNORECASE,
)
_DOORS = re.compile(
    r"\b(?:log ?in|sign ?in|institutional (?:access|login)|purchase|buy (?:this )?article|rent this article"
    r"|get (?:full )?access|subscribe|subscription|access options|preview of subscription content)\b",
    re.IGNORECASE,
)
_STEP = "open the article's full text in a browser and save that page"
_NUMBER = re.compile(r"[\[(]?\d{1,4}[\])]?")


def read_html(data: bytes, source: Source) -> Document:
    """Read an article's web page as a document.

    Links to the bibliography bind its markers; without such links, markers and bibliography are read as printed.
    Raises InputError if the page can't be read or holds no article: a login, a check for robots, an abstract alone.
    """
    root = page_in(data, source.name)
    told = told_by(root)
    known = citing(root)
    dropped = without_furniture(root, known)
    article = article_of(root, known)
    reader = PartReader(article, known, is_numbered=_is_numbered(article, known))
    reader.read(article)
    _check(reader.parts, root, source.name)
    notices = told_dropped(dropped, article)
    return document_from_tags(TaggedText(tuple(reader.parts), told, notices=notices), source)


def _is_numbered(article: Element, known: Citing) -> bool:
    """Tell whether most citing links print numbers."""
    links = [link for link in article.iter("a") if known.target(link)]
    numeric = sum(bool(_NUMBER.fullmatch("".join(map(str, link.itertext())).strip())) for link in links)
    return not links or numeric * 2 > len(links)


def _words_of_text(parts: list[Part]) -> int:
    """Count the words outside abstract and bibliography.

    Some articles have no heading between abstract and text: what cites, or is longer than an abstract, is text.
    """
    words, in_abstract, is_aside = 0, 0, False
    for part in parts:
        text = " ".join("".join(map(str, part.element.itertext())).split())
        count = len(text.split())
        if part.kind == "heading":
            is_aside = is_abstract(text) or is_bibliography(text)
        elif part.kind in ("paragraph", "item") and count >= _SHORTEST_LINE:
            is_aside = is_aside and part.element.find(".//xref") is None
            in_abstract += count * is_aside
            words += count * (not is_aside)
    return words + max(0, in_abstract - _LONGEST_ABSTRACT)


def _check(parts: list[Part], root: Element, name: str) -> None:
    """Raise InputError if the page has hardly any running text beside its abstract and bibliography."""
    words = _words_of_text(parts)
    if words >= _FEWEST_WORDS:
        return
    shown = " ".join("".join(map(str, root.itertext())).split())[:20_000]
    if _SCRIPTS.search(shown):
        raise InputError(name, "no article: the page asks for JavaScript or checks for robots", _STEP)
    if _DOORS.search(shown):
        raise InputError(name, "no article: the page asks to log in or to pay, or shows an abstract only", _STEP)
    raise InputError(name, f"no article: {words} words of running text beside the abstract", _STEP)
