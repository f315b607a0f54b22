"""The bibliography as BibTeX, one entry a reference."""

import re
from collections.abc import Sequence

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.middlewares.month import MonthAbbreviationMiddleware
from bibtexparser.model import Entry, Field

from api.bibliography.entries import noted
from api.text.entry import names_some
from evqa.model import Name, Reference

TYPES = {
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
CONTAINERS = {"article": "journal", "misc": "howpublished"}
PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
# Characters that TeX joins into one: dashes, quotation marks, in some fonts "?`" and the like.
_JOINED = re.compile(r"([-`',<>])(?=\1)|([?!])(?=`)")
# An unbalanced brace ends a value even after a backslash, and "@word{" inside a value ends the entry.
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "@": "{@}",
    }
)
_VERBATIM = str.maketrans({"\\": "%5C", "{": "%7B", "}": "%7D", "@": "%40", " ": "%20"})


def bibtex(references: Sequence[Reference], keys: Sequence[str]) -> str:
    """BibTeX in UTF-8 under these keys in the order given, with the printed entry and its status as `annote`."""
    entries = [
        Entry(_type(reference), key, [Field(name, value) for name, value in _fields(reference).items()])
        for key, reference in zip(keys, references, strict=True)
    ]
    return write_string(Library(list(entries)), prepend_middleware=[MonthAbbreviationMiddleware()])


def _type(reference: Reference) -> str:
    return TYPES.get(reference.type, "misc")


def _fields(reference: Reference) -> dict[str, str]:
    kind = _type(reference)
    container, publisher = CONTAINERS.get(kind, "booktitle"), PUBLISHERS.get(kind, "publisher")
    _, month, day, *_ = (*(reference.issued.date_parts[0] if reference.issued else ()), 0, 0, 0)
    text = {
        "author": " and ".join([*map(_name, reference.author), *(["others"] if names_some(reference) else [])]),
        "title": _capitals_kept(reference.title or ""),
        container: _escaped(reference.container_title or ""),
        "year": str(reference.year or ""),
        "month": str(month or ""),
        "day": str(day or ""),
        "volume": _escaped(reference.volume or ""),
        "number": _escaped(reference.issue or ""),
        "pages": "--".join(map(_escaped, re.split(r"\s*[-–—]+\s*", reference.page or ""))),
        publisher: _escaped(reference.publisher or ""),
        "doi": _verbatim(reference.DOI or ""),
        "pmid": _escaped(reference.PMID or ""),
        "url": _verbatim(reference.URL or ""),
        "annote": _escaped(noted(reference)),
    }
    return {name: value for name, value in text.items() if value}


def _name(name: Name) -> str:
    """Family, Given. A consortium is put in braces, or BibTeX would take its last word for a family name."""
    if name.literal or not name.family:
        return f"{{{_escaped(name.literal or name.given or '')}}}"
    family, given = (_whole(_escaped(part)) for part in (name.family, name.given or ""))
    return f"{family}, {given}" if given else f"{{{family}}}"


def _whole(part: str) -> str:
    """The name part, in braces if a comma or an "and" would split it."""
    return f"{{{part}}}" if "," in part or re.search(r"(^|\s)and(\s|$)", part, re.IGNORECASE) else part


def _escaped(text: str) -> str:
    return _JOINED.sub(r"\g<0>{}", " ".join(text.split()).translate(_SPECIAL))


def _verbatim(text: str) -> str:
    return "".join(text.split()).translate(_VERBATIM)


def _capitals_kept(title: str) -> str:
    """The title with capitalised words in braces, because BibTeX styles lower-case titles."""
    first, *rest = _escaped(title).split(" ")
    return " ".join([_kept(first, first[1:]), *(_kept(word, word) for word in rest)])


def _kept(word: str, seen: str) -> str:
    bare = re.sub(r"\\[a-z]+", "", seen)
    return f"{{{word}}}" if any(letter.isupper() for letter in bare) else word
