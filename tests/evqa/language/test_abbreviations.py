"""Abbreviations as texts define them."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evqa.language.abbreviations import find_abbreviations, is_short_form
from evqa.language.words import squeeze


def pairs(text: str) -> list[tuple[str, str]]:
    return [(a.short, a.long) for a in find_abbreviations(text)]


def is_in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("Small extracellular vesicles (EVs) matter.", "EVs", "extracellular vesicles"),
        ("It is the expansion of regulatory T cells (Tregs) that", "Tregs", "regulatory T cells"),
        ("such as Programmed Death-Ligand 1 (PD-L1), which", "PD-L1", "Programmed Death-Ligand 1"),
        ("such as anti-Programmed Death-1 (PD-1) antibodies", "PD-1", "Programmed Death-1"),
        ("lower natural killer (NK) cell activity", "NK", "natural killer"),
        ("with chimeric antigen receptor (CAR)-T cells", "CAR", "chimeric antigen receptor"),
        ("by hypoxia-inducible factor-1α (HIF-1α)", "HIF-1α", "hypoxia-inducible factor-1α"),
        ("of tumour necrosis factor-α (TNF-alpha)", "TNF-alpha", "tumour necrosis factor-α"),
        ("given 2,6-diaminopurine (DAP) daily", "DAP", "2,6-diaminopurine"),
        ("in two-dimensional (2D) gels", "2D", "two-dimensional"),
        ("an inhibitor of nitric oxide (NO) release", "NO", "nitric oxide"),
        ("in [neutrophil extracellular traps (NETs)], which", "NETs", "neutrophil extracellular traps"),
        ("of myeloperoxidase (MPO; 5 mM) in", "MPO", "myeloperoxidase"),
        ("messenger RNA (abbreviated as mRNA) is", "mRNA", "messenger RNA"),
    ],
)
def test_long_form_before_bracket(text: str, short: str, long: str) -> None:
    """A short form in brackets takes the words before it that spell it, no more and no fewer."""
    assert pairs(text) == [(short, long)]


def test_long_form_in_bracket() -> None:
    """The reverse order is understood, too."""
    assert pairs("An EV (extracellular vesicle) is small.") == [("EV", "extracellular vesicle")]


@pytest.mark.parametrize(
    "text",
    [
        "vesicles (30–150 nm) and others (100–1,000 nm)",
        "as shown (Figure 1) and listed (see Table 2)",
        "the effect was significant (p < 0.05) in mice (n = 20)",
        "cited before (2025) and elsewhere (11–13)",
        "some proteins (e.g. kinases) and lipids (i.e. fats)",
        "treatment (group 2) and control (group 1)",
        "the specimens (mean ± S.E.) were",
    ],
)
def test_other_brackets(text: str) -> None:
    """Sizes, figures, statistics, markers and asides define nothing."""
    assert pairs(text) == []


def test_legend() -> None:
    """The list at the end of a legend defines each of its members."""
    legend = "The cells are shown. EVs, Extracellular Vesicles; PD-L1, Programmed Death-Ligand 1; DC, Dendritic Cell."
    assert pairs(legend) == [
        ("EVs", "Extracellular Vesicles"),
        ("PD-L1", "Programmed Death-Ligand 1"),
        ("DC", "Dendritic Cell"),
    ]


@pytest.mark.parametrize(
    "note",
    ["HbA1C = glycosylated haemoglobin; IR = insulin resistance", "IR: insulin resistance; TC: total cholesterol."],
)
def test_table_note(note: str) -> None:
    """A table's note defines by "=" or ":"; a list vouches for a member that its letters don't spell."""
    assert len(pairs(note)) == 2
    assert ("IR", "insulin resistance") in pairs(note)


def test_values_are_not_definitions() -> None:
    """Values after "=" and places after commas stay out."""
    assert pairs("n = 20; p = 0.05; r = 0.9") == []
    assert pairs("Seoul, Korea; Paris, France; Rome, Italy") == []


def test_first_definition_holds() -> None:
    """A short form keeps its first long form; the order is that of first definition."""
    text = "cell death (CD) and tumour size (TS); later celiac disease (CD)"
    assert pairs(text) == [("CD", "cell death"), ("TS", "tumour size")]


@given(st.text(alphabet="ABab1 α-(),;.=:\n[]s", max_size=80))
def test_any_text(text: str) -> None:
    """Whatever the text, both forms stand in it, the long one is longer and the short one is well formed."""
    flat = " ".join(text.split())
    for short, long in pairs(text):
        assert short in text
        assert long in flat
        assert len(long) > len(short)
        assert is_short_form(short)
        assert "\n" not in long


@given(st.lists(st.text(alphabet="bcdfghklmp", min_size=3, max_size=8), min_size=3, max_size=5))
def test_initials(names: list[str]) -> None:
    """Initials of any phrase are found, and their letters stand in order in what is found."""
    short = "".join(n[0] for n in names).upper()
    [(found, long)] = pairs(f"It is {' '.join(names)} ({short}) here")
    assert found == short
    assert is_in_order(squeeze(short), squeeze(long))


def test_no_quadratic_text() -> None:
    """Degenerate text takes no more than moments."""
    began = time.process_time()
    for text in (
        "(" * 20_000 + ")" * 20_000,
        "A, " * 5_000,
        "\n" * 50_000,
        "A = bb, " * 1_000,
        "a " * 20_000 + "(AAAA)",
    ):
        find_abbreviations(text)
    assert time.process_time() - began < 5


def test_record_is_printed_text() -> None:
    """Line breaks inside a long form become blanks."""
    assert pairs("extracellular\nvesicles (EVs)") == [("EVs", "extracellular vesicles")]
    assert not re.search(r"\s\s", pairs("extracellular  vesicles (EVs)")[0][1])


def test_signs_in_a_bracket_are_no_long_form() -> None:
    """A bracket of signs without letters after a short form defines nothing."""
    assert pairs("The AB (≥ ±) was high, the CD (… –) low.") == []


@given(st.text("AB ab()[]=,;≥–\n", max_size=60))
def test_any_text_is_taken(text: str) -> None:
    """Whatever signs and brackets stand in a row, nothing fails, and what is found has letters."""
    assert all(squeeze(short) and squeeze(long) for short, long in pairs(text))
