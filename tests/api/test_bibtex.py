"""BibTeX, read back."""

import re

from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from api.bibtex import bibtex
from evqa.model import Date, Name, Reference

text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
risky = st.text(r"\{}@%&#$_^~,=\"' aB1-" + "\n", min_size=1, max_size=30)
any_text = st.one_of(text, risky)
names = st.builds(Name, family=any_text, given=st.none() | any_text) | st.builds(Name, literal=any_text)
entries = st.builds(
    Reference,
    number=st.integers(1, 9),
    type=st.sampled_from(["article-journal", "book", "chapter", "webpage"]),
    title=st.none() | any_text,
    author=st.lists(names, max_size=3).map(tuple),
    container_title=st.none() | any_text,
    page=st.none() | any_text,
    DOI=st.none() | any_text,
    raw=any_text,
)
UNESCAPED = {r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}"}
UNESCAPED |= {r"\textasciitilde{}": "~", r"\textasciicircum{}": "^"}


def plain(value: str) -> str:
    """The text that a value stands for."""
    tokens = re.findall(r"\\text[a-z]+\{\}|\\.|[{}]|[^\\{}]", value)
    return "".join(UNESCAPED.get(token, "" if token in "{}" else token.removeprefix("\\")) for token in tokens)


@given(st.lists(entries, max_size=4))
def test_no_entry_is_lost(references: list[Reference]) -> None:
    """Whatever characters the entries hold, each is read back, whole, and nothing fails to parse."""
    library = parse_string(bibtex(references))
    assert not library.failed_blocks
    assert [plain(e["annote"]) if "annote" in e else "" for e in library.entries] == [
        " ".join(reference.raw.split()) for reference in references
    ]
    assert [plain(e["title"]) if "title" in e else "" for e in library.entries] == [
        " ".join((reference.title or "").split()) for reference in references
    ]


@given(any_text)
def test_braces_are_balanced(title: str) -> None:
    """TeX counts braces whether or not a backslash stands before them, so they are balanced without looking."""
    written = bibtex([Reference(number=1, title=title, author=(Name(literal=title),), DOI=title, raw=title)])
    assert written.count("{") == written.count("}")


def test_an_entry_in_full(references: tuple[Reference, ...]) -> None:
    """Particles stay with the family, consortia in braces, capitals are kept, pages joined by two hyphens."""
    first, second, bare = parse_string(bibtex(references)).entries
    assert first.entry_type == "article"
    assert first["author"] == "van der Berg, J and Müller-Lüdenscheidt, A"
    assert first["title"] == "Exosomal {PD-L1} and {TGF-β} in the {T} cell"
    assert (first["year"], first["pages"], first["number"]) == ("2022", "1290--301", "3")
    assert first["doi"] == references[0].DOI
    assert second["author"] == "{The Cancer Genome Atlas and Friends, Inc.}"
    assert set(bare.fields_dict) == {"annote"}


def test_authors_left_out_in_print_are_others() -> None:
    """An entry printed with et al. ends its authors as BibTeX does."""
    entry = Reference(number=1, author=(Name(family="Zhu", given="X"),), title="Why", raw="Zhu X, et al. Why")
    assert parse_string(bibtex([entry])).entries[0]["author"] == "Zhu, X and others"


def test_entries_of_two_documents_are_both_kept(references: tuple[Reference, ...]) -> None:
    """The same number in two bibliographies makes two entries."""
    other = references[0].model_copy(update={"document": "d-2", "issued": Date(date_parts=((1999,),))})
    read = parse_string(bibtex([references[0], other])).entries
    assert [entry["year"] for entry in read] == ["2022", "1999"]
