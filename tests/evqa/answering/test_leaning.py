"""Claims that can't stand alone, and the sentence that they lean on."""

import pytest

from evqa.answering.leaning import context_of, leans
from evqa.model import Heading
from tests.evqa.answering.running import running, shelf


@pytest.mark.parametrize(
    "text",
    [
        "This reduced mortality by 12 %.",
        "In the latter, mortality fell.",
        "They found no difference.",
        "Upon infection, these miRNAs are suppressed.",
        "Currently, it is rarely cultivated.",
        "The convenience and tolerability makes this regimen relevant for older patients.",
        "However, both terms originally meant encapsulation.",
        "Due to its fibre, the crumb holds water.",
        "Additionally, their ability to bind water was shown.",
        "In these trials, bread was eaten.",
    ],
)
def test_leaning(text: str) -> None:
    """A sentence that opens with a pronoun or points back among its first words leans on what was said before."""
    assert leans(text)


@pytest.mark.parametrize(
    "text",
    [
        "Sourdough lowers the peak of glucose.",
        "It is well known that rye binds water.",
        "This review covers twelve trials.",
        "The crumb of rye bread holds more water than wheat, and that makes it last.",
        "Plants such as garlic inhibit growth.",
        "The rise of both rye and wheat needs yeast.",
        "Rye exerts its effect by fibre.",
        "The bakers gave their written consent.",
        "Those who ate rye were asked, and those with bread, too.",
        "This work was funded by the guild of bakers.",
        "All bakers contributed equally to this work.",
        "This protocol follows the rules.",
        "In this published article, bread is described.",
        "This prospective study includes 20 bakers.",
        "HE staining was done.",
        "IT is used in bakeries.",
        "Rye and its flour keep the water of the dough for many days when they are stored cold.",
    ],
)
def test_standing_alone(text: str) -> None:
    """Nothing before is meant by "it is known that", "this review", "such as", "both … and", "those who", a short form,
    by a possessive after its owner, or late in a sentence."""
    assert not leans(text)


def test_the_context_keeps_its_numbers() -> None:
    """It is the sentence before, word for word, with the numbers printed there and no others."""
    passages = running("Rye was fermented for 12 h [3]. This lowered the peak of glucose [4].")
    context = context_of(passages[1], shelf(passages))
    assert context is not None
    assert (context.text, context.passage, context.references) == (passages[0].text, "p0", (3,))
    assert (context.start, context.end) == (passages[0].start, passages[0].end)


def test_no_context() -> None:
    """A claim that stands alone has none, and neither has one that opens its section, or a row of a table."""
    passages = running("Rye was fermented. Bread lowered the peak. This was seen in adults.")
    other = passages[2].model_copy(update={"section": Heading(title="Discussion")})
    row = passages[2].model_copy(update={"kind": "table_row"})
    assert context_of(passages[1], shelf(passages)) is None
    assert context_of(other, shelf([*passages[:2], other])) is None
    assert context_of(row, shelf([*passages[:2], row])) is None
    assert context_of(passages[2], shelf(passages)) is not None


def test_no_context_from_another_paragraph() -> None:
    """What opens a paragraph, or an item of a list, doesn't lean on the end of the one before."""
    passages = running("Rye was fermented.", "This lowered the peak. It was seen in adults.")
    contexts = [context_of(each, shelf(passages)) for each in passages]
    assert [each and each.passage for each in contexts] == [None, None, "p1"]
