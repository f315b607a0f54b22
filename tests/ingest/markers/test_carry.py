"""Numbers carried back over sentences that point back."""

import pytest

from ingest.markers.carry import carried, is_anaphoric


def test_a_sentence_takes_the_numbers_of_the_anaphoric_one_after_it() -> None:
    """ "This …" carries its numbers to the sentence before it."""
    assert carried(["Salt melts.", "This was seen twice."], [(), (4, 5)]) == [(4, 5), ()]


def test_the_chain_goes_on_until_a_marker() -> None:
    """Anaphoric sentences without a marker pass on what the next one has."""
    sentences = ["Salt melts.", "It flows.", "They say so."]
    assert carried(sentences, [(), (), (7,)]) == [(7,), (7,), ()]


def test_the_chain_stops_at_a_sentence_that_points_nowhere() -> None:
    """A sentence that isn't anaphoric carries nothing back, nor lets anything through."""
    sentences = ["Salt melts.", "This is known.", "Pepper burns."]
    assert carried(sentences, [(), (), (7,)]) == [(), (), ()]


def test_a_sentence_with_its_own_marker_takes_none() -> None:
    """Direct numbers are never mixed with carried ones."""
    assert carried(["Salt melts.", "This too."], [(1,), (2,)]) == [(), ()]


@pytest.mark.parametrize("sentence", ["It has been shown that salt melts.", "This review covers salt.", "Thiskind."])
def test_some_openings_only_look_anaphoric(sentence: str) -> None:
    """ "It … that" and "This review" point back to nothing."""
    assert not is_anaphoric(sentence)
