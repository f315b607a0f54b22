"""BibTeX, read back by the library's own parser, name splitter and LaTeX decoder."""

import re
from collections.abc import Sequence
from typing import Any

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.month import MonthIntMiddleware
from bibtexparser.middlewares.names import NameParts, SeparateCoAuthors, SplitNameParts
from hypothesis import given
from hypothesis import strategies as st
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from api.bibliography.bibtex import TYPES, bibtex
from api.bibliography.keys import entry_keys
from evqa.model import Date, Name, Reference

text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
risky = st.text(r"\{}@%&#$_^~,=\"'`?!<>- aB1β" + "\n", min_size=1, max_size=30)
any_text = st.one_of(text, risky)
words = st.text("abBZÀéßöøłŽβγ'-. ,&#_{}\\%$~^", min_size=1, max_size=12).map(lambda each: " ".join(each.split()))
particles = st.sampled_from(["", "van ", "van der ", "de la ", "d'", "al-", "von "])
families = st.builds(
    lambda particle, name: particle + name, particles, st.text("ABCÖØŁbdeéñøβ-", min_size=2, max_size=9)
)
people = st.builds(Name, family=families.filter(lambda name: name.strip("-")), given=st.none() | st.just("J-P") | text)
groups = st.builds(Name, literal=words.filter(bool) | st.just("The Cancer Genome Atlas and Friends, Inc."))
dates = st.builds(
    lambda *parts: Date(date_parts=(parts,)), st.integers(1500, 2100), st.integers(1, 12), st.integers(1, 31)
)
entries = st.builds(
    Reference,
    number=st.integers(1, 9),
    type=st.sampled_from([*TYPES, "webpage", "map"]),
    title=st.none() | any_text,
    author=st.lists(people | groups, max_size=3).map(tuple),
    container_title=st.none() | any_text,
    issued=st.none() | dates,
    volume=st.none() | any_text,
    issue=st.none() | any_text,
    page=st.none() | st.from_regex(r"[A-Z]?[0-9]{1,5}([-–][A-Z]?[0-9]{1,5})?", fullmatch=True),
    publisher=st.none() | any_text,
    DOI=st.none() | st.from_regex(r"10\.[0-9]{4}/[A-Za-z0-9()<>;:._/#&~-]{1,20}", fullmatch=True),
    PMID=st.none() | st.from_regex(r"[0-9]{1,8}", fullmatch=True),
    URL=st.none() | st.from_regex(r"https://a\.example/[a-z0-9?&=#%_~-]{0,20}", fullmatch=True),
    raw=any_text,
)
# The decoder doesn't know LaTeX's two names of braces.
BRACES = [MacroTextSpec("textbraceleft", "{"), MacroTextSpec("textbraceright", "}")]
CONTEXT = get_default_latex_context_db()
CONTEXT.add_context_category("braces", macros=BRACES, prepend=True)
DECODER = LatexNodes2Text(latex_context=CONTEXT)
# Signs that TeX sets alike, and what a decoder makes of them.
ALIKE = str.maketrans({"ˆ": "^", "˜": "~", "’": "'", "‘": "`"})


def plain(value: str) -> str:
    """The text that a value stands for."""
    return " ".join(DECODER.latex_to_text(value).translate(ALIKE).split())


def line(value: object) -> str:
    """What was given, on one line, with the same signs told apart."""
    return " ".join(str(value or "").translate(ALIKE).split())


def read(written: str) -> list[dict[str, Any]]:
    """The entries' fields; each author as the library splits it."""
    library = parse_string(written, append_middleware=[SeparateCoAuthors(), SplitNameParts(), MonthIntMiddleware()])
    assert not library.failed_blocks
    return [
        {"type": entry.entry_type, **{field.key: field.value for field in entry.fields}} for entry in library.entries
    ]


def read_name(name: NameParts) -> tuple[str, str]:
    """Family with its particles, and given name."""
    family, first = " ".join([*name.von, *name.last]), " ".join(name.first)
    return plain(family), plain(first)


def as_given(name: Name) -> tuple[str, str]:
    """The same of a name that was written."""
    return (line(name.literal), "") if name.literal else (line(name.family), line(name.given))


def fields_of(reference: Reference) -> dict[str, str]:
    """Text that an entry should be read back with, by field; what isn't known is "" and has no field."""
    kind = TYPES.get(reference.type, "misc")
    parts = (*(reference.issued.date_parts[0] if reference.issued else ()), "", "", "")
    return {
        "title": line(reference.title),
        {"article": "journal", "misc": "howpublished"}.get(kind, "booktitle"): line(reference.container_title),
        "year": line(parts[0]),
        "month": line(parts[1]),
        "day": line(parts[2]),
        "volume": line(reference.volume),
        "number": line(reference.issue),
        "pages": line(reference.page).replace("-", "–"),
        {"techreport": "institution", "phdthesis": "school"}.get(kind, "publisher"): line(reference.publisher),
        "pmid": line(reference.PMID),
        "annote": line(reference.raw),
    }


def check_same(found: dict[str, Any], reference: Reference) -> None:
    """Every field of the entry is read back, and none that isn't known."""
    assert found.pop("type") == TYPES.get(reference.type, "misc")
    names: Sequence[NameParts] = found.pop("author", [])
    assert [read_name(name) for name in names] == [as_given(name) for name in reference.author]
    assert (found.pop("doi", None), found.pop("url", None)) == (reference.DOI, reference.URL)
    assert {name: plain(str(value)) for name, value in found.items()} == {
        name: value for name, value in fields_of(reference).items() if value
    }


@given(st.lists(entries, max_size=3))
def test_every_field_is_read_back(references: list[Reference]) -> None:
    """Whatever characters the entries hold, each is read back, whole, field by field and name by name."""
    for found, reference in zip(read(bibtex(references, entry_keys(references))), references, strict=True):
        check_same(found, reference)


@given(any_text)
def test_braces_are_balanced(title: str) -> None:
    """TeX counts braces whether or not a backslash stands before them, so they are balanced without looking."""
    written = bibtex([Reference(number=1, title=title, author=(Name(literal=title),), DOI=title, raw=title)], ["key"])
    assert written.count("{") == written.count("}")


def test_an_entry_in_full(references: tuple[Reference, ...]) -> None:
    """Particles stay with the family, consortia in braces, capitals are kept, pages joined by two hyphens."""
    first, second, bare = parse_string(bibtex(references, entry_keys(references))).entries
    assert first.entry_type == "article"
    assert first["author"] == "van der Berg, J and Müller-Lüdenscheidt, A"
    assert first["title"] == "Exosomal {PD-L1} and {TGF-β} in the {T} cell"
    assert (first["year"], first["month"], first["pages"], first["number"]) == ("2022", "may", "1290--301", "3")
    assert first["doi"] == references[0].DOI
    assert second["author"] == "{The Cancer Genome Atlas and Friends, Inc.}"
    assert set(bare.fields_dict) == {"annote"}


def test_months_are_those_of_every_style() -> None:
    """A month stands without braces, as the abbreviation that styles know."""
    entry = Reference(number=1, issued=Date(date_parts=((2022, 5, 9),)), raw="x")
    assert re.search(r"month = may,\n\tday = \{9\}", bibtex([entry], ["key"]))


def test_authors_left_out_in_print_are_others() -> None:
    """An entry printed with et al. ends its authors as BibTeX does."""
    entry = Reference(number=1, author=(Name(family="Zhu", given="X"),), title="Why", raw="Zhu X, et al. Why")
    assert parse_string(bibtex([entry], ["key"])).entries[0]["author"] == "Zhu, X and others"


def test_entries_of_two_documents_are_both_kept(references: tuple[Reference, ...]) -> None:
    """The same number in two bibliographies makes two entries."""
    other = references[0].model_copy(update={"document": "d-2", "issued": Date(date_parts=((1999,),))})
    found = parse_string(bibtex([references[0], other], ["one", "other"])).entries
    assert [entry["year"] for entry in found] == ["2022", "1999"]
