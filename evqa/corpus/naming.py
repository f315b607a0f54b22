"""Find the one document that is meant by a name: its file's, its title, or a reference that leads to it."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from evqa.corpus.corpus import Corpus
from evqa.corpus.views import paper_ids
from evqa.errors import UsageError
from evqa.language.words import fold, words
from evqa.model import DocumentName, Outline

# An error names at most this many documents, and of a title so many characters.
MOST_NAMED, SHOWN = 8, 70
# Longer names are cut before they are read as a number or as author and year. No name of an author comes near it.
LONGEST = 300
_NUMBER = re.compile(r"(?:(?:reference|ref\.?|entry|no\.?) ?)?[\[(]?(\d{1,9})[\])]?", re.IGNORECASE)
_YEAR = re.compile(r",? ?\(?(?P<year>\d{4})[a-z]?\)?$", re.IGNORECASE)
_OTHERS = re.compile(r" (?:et al\.?|and colleagues)$", re.IGNORECASE)
_Fits = Callable[[Outline], bool]


def document_named(named: str, corpus: Corpus) -> str:
    """The id of the document that is meant: by id or file name, by title, by number or by first author and year.

    The file's name, with or without its folder and ending, and the title in any case and punctuation; a part of a title
    will do where no other title has it. A number, or first author and year, is that of an entry whose paper is stored,
    or of a document itself. Raises UsageError with the titles if it means none or several.
    """
    outlines = corpus.outlines()
    for fits in _ways(named, corpus):
        found = [outline for outline in outlines if fits(outline)]
        if len(found) == 1:
            return found[0].document.id
        if found:
            step = f"give the file's name of one: {_listed(found, with_files=True)}"
            raise UsageError(f"document {named[:SHOWN]!r}", f"{len(found)} documents are called so", step)
    step = f"the documents are {_listed(outlines)}" if outlines else "ingest one"
    raise UsageError(f"document {named[:SHOWN]!r}", _lacking(named, corpus), step)


def names_of(outlines: Iterable[Outline]) -> tuple[DocumentName, ...]:
    """The documents as a question may name them."""
    return tuple(DocumentName(id=o.document.id, name=o.source.name, title=o.document.title) for o in outlines)


def _ways(named: str, corpus: Corpus) -> Sequence[_Fits]:
    """The ways in which a document may be meant, the surest first."""
    wanted = words(named)
    part = f" {' '.join(wanted)} "
    author_year = _author_year(named)
    cited = _cited(named, author_year, corpus)
    return (
        lambda o: named in (o.document.id, o.source.name),
        lambda o: fold(named.strip()) in _file_names(o.source.name),
        lambda o: bool(wanted) and words(o.document.title) == wanted,
        lambda o: o.document.id in cited,
        lambda o: author_year is not None and _is_by(author_year, o),
        lambda o: bool(wanted) and part in f" {' '.join(words(o.document.title))} ",
    )


def _file_names(name: str) -> set[str]:
    """A file's folded name, with and without its folder and its ending."""
    whole = fold(name)
    last = re.split(r"[/\\]", whole)[-1]
    return {whole, last, last.rsplit(".", 1)[0]}


class _AuthorYear(NamedTuple):
    """A first author and a year, as works are called in a text."""

    author: str
    year: int


def _spaced(named: str) -> str:
    """The name with single blanks, and not longer than a name is."""
    return " ".join(named.split())[:LONGEST]


def _author_year(named: str) -> _AuthorYear | None:
    """The author and year of "Chen 2022", "Chen et al. (2022)" or "Chen and colleagues, 2022b"; else None."""
    spaced = _spaced(named)
    year = _YEAR.search(spaced)
    if year is None:
        return None
    author = _OTHERS.sub("", spaced[: year.start()])
    is_name = bool(author) and not any(character.isdecimal() for character in author)
    return _AuthorYear(author, int(year["year"])) if is_name else None


def _cited(named: str, author_year: _AuthorYear | None, corpus: Corpus) -> set[str]:
    """The stored papers of the entries that have this number, or this first author and year."""
    stored = paper_ids(corpus.outlines())
    if number := _NUMBER.fullmatch(_spaced(named)):
        return {document for (_, reference), document in stored.items() if reference == int(number[1])}
    if author_year is None:
        return set()
    entries = (entry for entry in corpus.references() if entry.year == author_year.year)
    keys = ((entry.document, entry.number) for entry in entries if _is_author(author_year.author, entry.first_author))
    return {stored[key] for key in keys if key in stored}


def _is_by(meant: _AuthorYear, outline: Outline) -> bool:
    return bool(outline.author) and outline.year == meant.year and _is_author(meant.author, outline.author[0].surname)


def _is_author(named: str, surname: str) -> bool:
    return bool(surname) and words(named) == words(surname)


def _lacking(named: str, corpus: Corpus) -> str:
    number = _NUMBER.fullmatch(_spaced(named))
    if number and any(entry.number == int(number[1]) for entry in corpus.references()):
        return f"the paper of reference {number[1]} isn't stored here"
    return "no document is called so"


def _listed(outlines: Sequence[Outline], with_files: bool = False) -> str:
    """The titles, each with the name of its file where several documents are meant."""
    titles = [
        f"“{_shortened(o.document.title)}”" + (f" ({o.source.name})" if with_files else "")
        for o in outlines[:MOST_NAMED]
    ]
    more = len(outlines) - len(titles)
    return ", ".join(titles) + (f" and {more} more" if more else "")


def _shortened(title: str) -> str:
    return title if len(title) <= SHOWN else title[:SHOWN].rsplit(" ", 1)[0] + " …"
