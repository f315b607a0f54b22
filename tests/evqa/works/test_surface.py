"""What a statement and a work say, compared on the surface."""

import pytest

from evqa.works.surface import SurfaceComparison, surface_comparison


@pytest.mark.parametrize(
    ("statement", "says", "differing"),
    [
        ("Otters ate 12 fish.", "Otters ate 12 fish of 40.", ()),
        ("Otters ate 21 fish.", "Otters ate 12 fish.", ("other_numbers",)),
        ("Otters did not eat.", "Otters ate.", ("one_negated",)),
        ("The dose lowered pain.", "The dose elevated pain.", ("turned_up", "turned_down")),
        ("The dose lowered pain.", "Pain was reduced by the dose.", ()),
    ],
)
def test_what_differs(statement: str, says: str, differing: tuple[str, ...]) -> None:
    """Numbers that the work lacks, a denial in one alone, and words for more against words for less are told apart."""
    found = surface_comparison(statement, says)
    signs = ("other_numbers", "one_negated", "turned_up", "turned_down")
    assert [name for name in signs if getattr(found, name)] == list(differing)


def test_a_share_of_the_numbers() -> None:
    """Of two numbers one that the work lacks is half of them; without numbers none is lacking."""
    assert surface_comparison("12 of 30", "12 of many").other_numbers == 0.5
    assert surface_comparison("many", "12 of 30") == SurfaceComparison(*[0.0] * 11)
