"""Sound sentences by transformations."""

from random import Random

from eval.rephrasing.sound import CHANGES, rephrased

NO_CHOICE = Random(1)


def test_transformations() -> None:
    """Each transformation changes the wording as its name says, and leaves other sentences as they are."""
    made = {
        "brackets": ("Moss (Bryum) grows.", "Moss grows."),
        "leading": ("However, moss grows.", "Moss grows."),
        "fronted": ("The moss on these old stones grew a lot after the long rain.",
                    "After the long rain, the moss on these old stones grew a lot."),
        "turned": ("Although the moss was dry, it grew for many weeks.",
                   "It grew for many weeks, although the moss was dry."),
        "active": ("The moss was watered by the gardeners.", "The gardeners watered the moss."),
        "synonym": ("Moss is frequently wet.", "Moss is often wet."),
    }  # fmt: skip
    for name, (text, changed) in made.items():
        assert CHANGES[name](text, NO_CHOICE) == changed
        assert CHANGES[name]("Moss grows.", NO_CHOICE) == "Moss grows."


def test_claims_are_joined() -> None:
    """Several claims become one sentence, whose second part begins small unless with a name."""
    said, names = rephrased(["Moss grows.", "The stones are wet."], Random(2))
    assert names[-1] == "joined"
    assert "the stones are wet" in said
