"""Bodies as authors."""

import pytest

from ingest.entries.groups import is_body, leading_group


@pytest.mark.parametrize(
    ("entry", "name"),
    [
        ("World Health Organization. Salt of lakes. Geneva: WHO; 2010.", "World Health Organization"),
        ("WHO (2017) Salt of lakes. http://salt.org", "WHO"),
        ("FAO/WHO. 2001. Salt of lakes. FAO, Rome.", "FAO/WHO"),
        ("U.S. Department of Salt. Salt of lakes. 2010.", "U.S. Department of Salt"),
        ("National Salt Council, Salt of lakes, Lake Press, 2004.", "National Salt Council"),
        ("International Committee of Salt: Salt of lakes. J Salt 3:1, 2010", "International Committee of Salt"),
        ("Museum of Salt, “Old salt of lakes,” J Salt, vol. 9, 1986.", "Museum of Salt"),
    ],
)
def test_bodies_are_literal(entry: str, name: str) -> None:
    """Ministries, organisations and acronyms sign under their whole name, whatever closes it."""
    assert [(n.family, n.literal) for n in leading_group(entry).names] == [(None, name)]


@pytest.mark.parametrize(
    "entry", ["Association of salt with heat. J Salt. 2010;3:1.", "Salt of lakes. J Salt. 2010;3:1."]
)
def test_titles_sign_nothing(entry: str) -> None:
    """An entry without authors begins with its title."""
    assert leading_group(entry).names == ()


def test_a_body_has_capitals_and_a_word_for_what_it_is() -> None:
    """Words of a sentence are no body."""
    assert [is_body(words) for words in ("Ministry of Salt", "IPCC", "the ministry of salt")] == [True, True, False]
