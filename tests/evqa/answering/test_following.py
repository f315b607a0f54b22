"""What an announcing sentence announces."""

import pytest

from evqa.answering.following import MOST, announced
from tests.evqa.answering.running import running, shelf


def texts(*paragraphs: str, of: int = 0) -> list[str]:
    """The beginnings of what the sentence announces."""
    passages = running(*paragraphs)
    return [each.text.split()[0] for each in announced(passages[of], shelf(passages))]


def test_counted_sentences() -> None:
    """Sentences of the paragraph that count on are announced; those between and after aren't."""
    assert texts(
        "Rye keeps for three reasons. First, it is sour. Acid stops moulds. Second, it binds. Finally, it is dense.",
        "Wheat keeps less long.",
    ) == ["First,", "Second,", "Finally,"]


def test_items_of_a_list() -> None:
    """The short paragraphs after "as follows:" are announced, up to the first that is none."""
    items = ("Rye.", "Wheat.", "Spelt. Or emmer.", "Grain is milled. Flour is kept. Dough is made.", "Barley.")
    assert texts("The grains are as follows:", *items) == ["Rye.", "Wheat.", "Spelt.", "Or"]


def test_numbered_items_of_a_list() -> None:
    """Paragraphs that count on are announced by their first sentences."""
    items = ("(1) Rye was milled. Slowly.", "(2) Water was added.", "Bread was baked.")
    assert texts("The method has the following steps:", *items) == ["(1)", "(2)"]


def test_the_rest_of_the_paragraph() -> None:
    """A sentence that ends with a colon within its paragraph announces the rest of it."""
    assert texts("The grains were the following: Rye was first ground. Wheat was sifted.", "Bread was baked.") == [
        "Rye",
        "Wheat",
    ]


def test_without_a_colon() -> None:
    """A sentence that ends with "the following" and what it names announces the paragraphs after it."""
    assert texts("Loaves met the following criteria.", "Rye was used.", "Salt was added.") == ["Rye", "Salt"]


def test_both_in_one_sentence() -> None:
    """A first thing and a second one may share a sentence."""
    assert texts("Rye has two faults. First is its colour, and second is its price. Wheat has none.") == ["First"]


def test_at_most_a_handful() -> None:
    """However long the list, at most MOST come with the sentence."""
    assert len(texts("The grains are:", *[f"Grain {place}." for place in range(20)])) == MOST


@pytest.mark.parametrize(
    "text",
    [
        "Rye keeps for three reasons. It is sour.",
        "Rye is sour. First, it was milled.",
        "Many genes act. A. thaliana has ten.",
        "Bread was baked for the following 6 months. It was rye.",
        "Both grains are described in the following sections. Rye is old.",
        "Two loaves failed. The first baker blamed rye [3]. Water was added. Moreover, it was cold.",
        "Two loaves failed. First, the oven was cold. Water was added.",
        "Three loaves were baked. First-line treatment was heat. Next-generation ovens were used.",
        "Two mixtures were kept. 1.5 mL of water was added. 2.5 mL of oil was added.",
    ],
)
def test_nothing_announced(text: str) -> None:
    """A count without a list after it announces nothing, nor does a sentence before a list that counts nothing, a time
    or place that follows, a first thing without a second, or a number that counts nothing."""
    assert texts(text) == []
