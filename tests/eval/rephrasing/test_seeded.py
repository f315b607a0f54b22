"""Seeded faults."""

from random import Random

import pytest

from eval.rephrasing.seeded import KINDS, Told
from evqa.phrasing.gate import faults

TOLD = Told(
    (
        "In mice, metformin may reduce the growth of melanoma by 12 mg in 3 weeks, but IL-10 was not changed.",
        "The GLUT4 receptor was found in 40% of 166 samples of Candida albicans.",
    ),
    ("The TP53 gene was lost in 7 of 9 cell lines treated with insulin for 5 days.",),
    ("Bushpigs were seen in 21 of 28 fields near Kampala.",),
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_is_put_in_and_found(kind: str) -> None:
    """Each kind changes what the claims say, names claims that there are, and the gate finds it here."""
    random = Random(1)
    made = [seeded for _ in range(60) if (seeded := KINDS[kind](TOLD, random))]
    assert made
    for each in made:
        named = [each.claims[place] for place in each.names]
        assert each.text not in TOLD.claims
        assert faults(each.text, named), each.text
