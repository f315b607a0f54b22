"""Words as the reasoning compares them."""

from hypothesis import given
from hypothesis import strategies as st

from evqa.language.words import GREEK, Contained, fold, squeeze, words


def test_fold() -> None:
    """Case, accents and Greek letters make no difference."""
    assert fold("TGF-β") == fold("tgf-BETA") == "tgf-beta"
    assert fold("Müller Öberg García") == "muller oberg garcia"
    assert fold("µm") == fold("μm")
    assert fold("Ω") == "omega"
    assert fold("ﬁbre") == "fibre"


def test_words() -> None:
    """Runs of letters and digits, signs left out."""
    assert words("PD-L1+ EVs") == ["pd", "l1", "evs"]
    assert words("종양 cell_line") == [fold("종양"), "cell", "line"]
    assert words(" -–!") == []


def test_squeeze() -> None:
    """Only letters and digits, so that hyphens, blanks and line ends don't matter."""
    assert squeeze("T-\n cells (TGF-β)") == "tcellstgfbeta"


def test_greek_is_complete() -> None:
    """Every lower-case Greek letter has its name, both sigmas and both mus."""
    assert set(map(chr, range(0x3B1, 0x3CA))) <= set(GREEK)
    assert GREEK["ς"] == GREEK["σ"]


@given(st.text(max_size=200))
def test_words_are_stable(text: str) -> None:
    """Words hold no blanks, and the words of words are the same words."""
    found = words(text)
    assert words(" ".join(found)) == found
    assert squeeze(text) == "".join(found)


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=100))
def test_ascii(text: str) -> None:
    """Plain text is only put in lower case."""
    assert fold(text) == text.lower()


LETTERS = st.text("abc", max_size=6)


@given(st.lists(LETTERS, max_size=40), st.text("abc", max_size=12))
def test_as_looked_for_one_by_one(forms: list[str], text: str) -> None:
    """Whether few forms or many: those found are the ones that `in` finds, in the order in which they were given."""
    expected = [place for place, form in enumerate(forms) if form and form in text]
    assert Contained(forms).places(text) == expected
