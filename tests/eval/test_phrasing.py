"""`python -m eval.phrasing`."""

from pathlib import Path

from eval.phrasing import Bench, transformed
from eval.rephrasing.endpoint import scripted_endpoint
from eval.rephrasing.seeded import Told
from eval.rephrasing.told import Sound
from evqa.phrasing.alike import Unrelated

CLAIM = "Garlic extract inhibited Candida albicans at 300 mg/ml."
TOLD = Told((CLAIM, "Moss holds twenty times its weight in water."), (), ())


def test_sentences_go_through_the_endpoint_and_the_gate(tmp_path: Path) -> None:
    """The endpoint's sentence comes out of the product as it is, or is found to be replaced; shares are counted."""
    with scripted_endpoint() as endpoint:
        bench = Bench(endpoint, tmp_path, Unrelated())
        assert bench.passes("Candida albicans was inhibited by garlic extract.", [CLAIM], TOLD.claims)
        assert not bench.passes("Candida albicans was not inhibited by garlic extract.", [CLAIM], TOLD.claims)
        found = bench.kind("number", [TOLD], 5)
        sound = bench.sound("made", [Sound(CLAIM, (CLAIM,)), Sound("Moss flies.", (CLAIM,))])
    assert (found.seeded, found.found) == (5, 1.0)
    assert (sound.sentences, sound.claims, sound.replaced) == (2, 1, 0.5)
    assert "word" in sound.faults


def test_sound_sentences_are_made_of_claims() -> None:
    """As many as asked for are made, each with the claims that it says."""
    made = transformed([TOLD], 4)
    assert len(made) == 4
    assert all(set(each.claims) <= set(TOLD.claims) for each in made)
