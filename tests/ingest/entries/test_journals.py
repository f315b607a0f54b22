"""What names of journals look like."""

import pytest

from ingest.entries.journals import continues, is_abbreviated, is_journal, is_undotted


@pytest.mark.parametrize(
    "name", ["J Salt Res", "Annu. Rev. Biochem.", "Nature", "Journal of the Salt Society", "bioRxiv"]
)
def test_names_are_known_by_their_words(name: str) -> None:
    """Abbreviated or whole, with a capital in every word that isn't a joining one."""
    assert is_journal(name)


@pytest.mark.parametrize("words", ["salt in biology", "Salt melts in medicine and heat", "", "Sand"])
def test_other_words_are_none(words: str) -> None:
    """Words of a sentence, and names without a word that journals have, are not taken for a journal."""
    assert not is_journal(words)


def test_pieces_of_names() -> None:
    """Pieces end in a stop; some words only go on with a name; names without stops are told."""
    assert [is_abbreviated(piece) for piece in ("Dev. Cell Biol.", "coli.")] == [True, False]
    assert [continues(words) for words in ("Rev. Immunol", "Biol", "J Salt")] == [True, True, False]
    assert [is_undotted(name) for name in ("J Salt Res", "J. Salt. Res")] == [True, False]
