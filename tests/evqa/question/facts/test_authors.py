"""Authors that questions name."""

import pytest
from hypothesis import given, settings

from evqa.model import Name, Reference
from evqa.question.facts.authors import Author, find_authors, find_place, unknown_author, wrote
from tests.evqa.invented import BREAD_REFERENCES, SLEEP_REFERENCES
from tests.evqa.questions import ANY_TEXT

ENTRIES = [*BREAD_REFERENCES, *SLEEP_REFERENCES]


def names(question: str, about: bool = False) -> list[str]:
    return [f"{each.family} {each.initials}".strip() for each in find_authors(question, ENTRIES, about)]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("works by Whiteside", "whiteside"),
        ("works by whiteside", "whiteside"),
        ("Whiteside's papers", "whiteside"),
        ("Which papers did Whiteside write?", "whiteside"),
        ("What has Whiteside published?", "whiteside"),
        ("Is Whiteside cited?", "whiteside"),
        ("Does the bibliography include Whiteside?", "whiteside"),
        ("papers by Theresa Whiteside", "whiteside t"),
        ("What did Lindqvist find?", "lindqvist"),
        ("Lindqvist et al. on rye", "lindqvist"),
        ("According to Okafor and colleagues, what falls?", "okafor"),
        ("paper from the Gobbetti lab", "gobbetti"),
        ("Han Y", "han y"),
        ("papers by Han, Y.", "han y"),
        ("papers by Y. Han", "han y"),
        ("Is there a paper by Dr. Okafor?", "okafor"),
        ("works by van der Meulen", "vandermeulen"),
        ("works by Van der Meulen", "vandermeulen"),
        ("works by Meulen", "meulen"),
        ("papers by De Vuyst", "devuyst"),
        ("works by Smith-Jones MA", "smithjones ma"),
        ("works by Smith Jones", "smithjones"),
        ("works by O'Brien", "obrien"),
        ("works by O’Brien", "obrien"),
        ("works by Öberg K", "oberg k"),
        ("works by Oberg", "oberg"),
        ("works by Müller", "muller"),
        ("works by Mueller", "mueller"),
        ("works by Garcia-Lopez", "garcialopez"),
        ("works by the Grain Research Consortium", "grainresearchconsortium"),
        ("papers by Long", "long"),
        ("the paper by Best on yeast", "best"),
        ("senior author Long", "long"),
    ],
)
def test_named(question: str, name: str) -> None:
    """An author is known with or without accents, particles, initials, apostrophes and hyphens."""
    assert names(question) == [name]
    found = find_authors(question, ENTRIES, about=False)
    assert any(wrote(found[0], "any", entry) for entry in ENTRIES)


@pytest.mark.parametrize(
    "question",
    [
        "How long is the fermentation?",
        "Long fermentation papers",
        "Best practice papers",
        "papers on the effects of Green tea",
        "What is the best flour?",
        "Which papers are about long fermentation?",
        "Do Green T cells exist?",
        "is bread from Best flour cited",
        "",
    ],
)
def test_names_that_are_words(question: str) -> None:
    """Long, Green and Best are words where nothing says that a person is meant."""
    assert names(question, about=True) == []


def test_several() -> None:
    """Names joined by "and" or commas are all found."""
    assert names("papers by Long and Green") == ["long", "green"]
    assert names("papers by Lindqvist, Okafor and Han Y") == ["lindqvist", "okafor", "han y"]


def test_works_asked_about() -> None:
    """In a question about works a capitalised name needs no "by"."""
    assert names("Which cited works have Okafor as an author?", about=True) == ["okafor"]
    assert names("the 2012 Lindqvist paper", about=True) == ["lindqvist"]


@pytest.mark.parametrize(
    ("question", "stranger"),
    [
        ("works by Einstein", "Einstein"),
        ("Which works by Einstein are cited?", "Einstein"),
        ("papers by Marie Curie in Nature", "Marie Curie"),
        ("papers written by Curie et al.", "Curie"),
        ("works by Whiteside", None),
        ("works by Theresa Whiteside", None),
        ("works by Meulen", None),
        ("works by Jones", None),
        ("measured by PCR", None),
        ("sorted by Western blot", None),
    ],
)
def test_stranger(question: str, stranger: str | None) -> None:
    """A name behind "by" that no entry has is a stranger; acronyms and methods are none."""
    assert unknown_author(question, ENTRIES) == stranger


@pytest.mark.parametrize(
    ("question", "place"),
    [("Whiteside as first author", "first"), ("lead-authored by", "first"), ("last author", "last"), ("by Han", "any")],
)
def test_place(question: str, place: str) -> None:
    """First and last authorship are told apart."""
    assert find_place(question) == place


def test_wrote_in_place() -> None:
    """The place of an author in the entry counts where it is asked for."""
    entry = Reference(number=1, author=(Name(family="Best", given="C"), Name(family="Long", given="Peter A")), raw="r")
    long = Author("long", "p", (0, 4))
    assert wrote(long, "any", entry)
    assert wrote(long, "last", entry)
    assert not wrote(long, "first", entry)
    assert not wrote(Author("long", "x", (0, 4)), "any", entry)


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, the stretches lie inside it in order, and every name found is an author's."""
    end = 0
    for each in find_authors(question, ENTRIES, about=True):
        assert end <= each.where[0] < each.where[1] <= len(question)
        end = each.where[1]
        assert any(wrote(Author(each.family, "", each.where), "any", entry) for entry in ENTRIES)
