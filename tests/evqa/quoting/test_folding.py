"""Texts as tokens with offsets."""

import pytest

from evqa.quoting.folding import index_forms, marked_free, tokens


def forms(text: str) -> list[str]:
    """The forms of a text's tokens."""
    return [token.form for token in tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a\u00a0b  c\td", "a b c d"),
        ("0–5 − 3", "0-5-3"),
        ("ﬁne eﬃcient", "fine efficient"),
        ("“so” it’s", '"so" it\'s'),
        ("resi\u00adstance resi\u00ad\nstance", "resistance resistance"),
        ("1,234 and 1\u202f234", "1234 and 1234"),
        ("0·5", "0.5"),
        ("Mu\u0308ller", "Müller"),
        ("１２ ％", "12%"),
        ("[12] and [3–5]", "(12) and (3-5)"),
        ("H₂O", "H2O"),
        ("5 mg", "5mg"),
        ("…", ". . ."),
    ],
)
def test_what_word_processors_change_is_folded(one: str, other: str) -> None:
    """Both ways to write it give the same tokens, and the same words for the index."""
    assert forms(one) == forms(other)
    assert index_forms(one) == index_forms(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5 mg", "5 µg"),
        ("5.0", "50"),
        ("−5", "5"),
        ("10⁶", "106"),
        ("β", "beta"),
        ("a part", "apart"),
        ("Mg", "mg"),
        ("p < 0.05", "p > 0.05"),
        ("well-known", "wellknown"),
        ("no, tests", "no tests"),
        ("0,5", "0.5"),
    ],
)
def test_what_means_something_else_is_kept(one: str, other: str) -> None:
    """Units, signs, powers, Greek, capitals and punctuation aren't folded away."""
    assert forms(one) != forms(other)


def test_offsets_lead_back_to_the_text() -> None:
    """Each token's slice of the text folds to the token, also behind characters that fold to several."""
    text = "Eﬃcient\u00ad\nly: 1\u202f234 “Mu\u0308ller” ﬁts ½ H₂O"
    for token in tokens(text):
        assert token.form in forms(text[token.start : token.end]) or token.kind == "sign"
    assert text[tokens(text)[0].start : tokens(text)[0].end] == "Eﬃcient\u00ad\nly"


def test_only_markers_of_the_references_are_free() -> None:
    """A group of numbers may be left out where it is a marker; powers and other numbers may not."""
    free = marked_free(tokens("Cells (12) grew 10⁶ fold² in (40) cm² of gel³."), frozenset({2, 3, 6, 12}))
    assert [token.form for token in free if token.is_free] == ["(#", "12", "#)", "2", "3"]
