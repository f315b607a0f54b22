"""Claims without their markers."""

import pytest

from evqa.phrasing.bare import bare


@pytest.mark.parametrize(
    ("text", "indexed", "told"),
    [
        ("Moss holds water (2, 3).", "Moss holds water.", "Moss holds water."),
        ("Singh [28] found moss (93%).", "Singh found moss (93%).", "Singh found moss (93%)."),
        ("DON harms (Pestka, 2010; Li et al., 2012).", "Deoxynivalenol harms.", "DON harms."),
        ("Units (CFUs) grow.", "Units (colony-forming units) grow.", "Units (CFUs) grow."),
        ("Cells die⁵; 10⁶ survive.", "Cells die; 10⁶ survive.", "Cells die; 10⁶ survive."),
        ("Moss grows (Figure 2) fast.", "Moss grows (Figure 2) fast.", "Moss grows fast."),
    ],
)
def test_markers_go_and_values_stay(text: str, indexed: str, told: str) -> None:
    """What the indexed form leaves out in brackets or raised goes, as do pointers to figures; values and abbreviations
    stay."""
    assert bare(text, indexed) == told
