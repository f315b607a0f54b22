"""Forms of a word."""

import pytest

from evqa.phrasing.forms import same_word


@pytest.mark.parametrize(
    "pair",
    """inhibits/inhibition use/using study/studies tumour/tumors grew/growth analysis/analyses randomised/randomized
    mouse/mice stop/stopping recognised/recognition virus/viral""".split(),
)
def test_forms_of_one_word(pair: str) -> None:
    """Inflected, derived, irregular and British forms are one word, in either order."""
    one, other = pair.split("/")
    assert same_word(one, other)
    assert same_word(other, one)


@pytest.mark.parametrize(
    "pair",
    """nitrate/nitrite interferon/interleukin rate/rats insulin/insulation methionine/methyl increase/decrease
    useful/useless protein/protease leucine/leucocyte glycine/glycerol""".split(),
)
def test_other_words(pair: str) -> None:
    """Words that only begin alike aren't."""
    assert not same_word(*pair.split("/"))
