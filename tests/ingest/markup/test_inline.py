"""Markup within lines as styles."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ingest.marked import marked


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (r"TGF- $\beta$ , HIF-1 $\alpha$  (HIF-1 $\alpha$ )", "TGF-β, HIF-1α (HIF-1α)"),
        (r"HSP90 $\alpha$ and HSP90- $\alpha$ .", "HSP90α and HSP90-α."),
        (r"integrins  $\alpha 6\beta 4$  and  $\alpha 6\beta 1$ , which", "integrins α6β4 and α6β1, which"),
        (r"IFN-$\gamma$ at $10^{6}$ and $37^{\circ}$C", "IFN-γ at 10⁶ and 37°C"),
        ("it costs $5 and $10", "it costs $5 and $10"),
        ("CD8 <sup>+</sup> T and PD-L1<sup>+</sup>", "CD8+ T and PD-L1+"),
        ("Ca<sup>2+</sup>, 10<sup>-6</sup>, H<sub>2</sub>O, mm<sup>2</sup>", "Ca2+, 10⁻⁶, H2O, mm²"),
        ("so.<sup>12,13</sup> In <sup>18</sup>F", "so.¹²,¹³ In ¹⁸F"),
        ("so <sup>1</sup><sup>,</sup><sup>2</sup>.", "so¹,²."),
        ("so.<sup>[12]</sup> Then", "so.[12] Then"),
        ("so^12^ and CO~2~", "so¹² and CO2"),
        ("*miR-21* , **bold**, _E. coli_, ***both***", "miR-21, bold, E. coli, both"),
        (r"a \* b \[12\] snake_case_name HLA-B*27:05 3*4", "a * b [12] snake_case_name HLA-B*27:05 3*4"),
        (r"[CC \(BY\)](https://x.org/a_(b)) <https://y.org/> &amp; p <0.05", "CC (BY) https://y.org/ & p <0.05"),
        ("([12](#ref-12)) ![pic](a.png)", "(12)"),
        ("<i>hsa-miR-24</i> , <i>x</i>  two   spaces", "hsa-miR-24, x two spaces"),
        ("e\u0301 ﬁbre a\u00adb", "é fibre ab"),
    ],
)
def test_markup_goes_and_meaning_stays(markup: str, text: str) -> None:
    """Formulas become characters, superscript numbers stay raised, emphasis, tags, links and escapes go."""
    assert marked(markup).canonical == text


@pytest.mark.parametrize(
    ("markup", "spans"),
    [
        ("a *b* **c** _d_", [("b", "italic"), ("c", "bold"), ("d", "italic")]),
        ("so.<sup>12</sup> ^3^", [("12", "raised"), ("3", "raised")]),
        ("<i>J <b>Salt</b></i>", [("J Salt", "italic"), ("Salt", "bold")]),
        ("at $10^{6}$ cells", [("106", "formula"), ("6", "raised")]),
        ("*over\nlines*", [("over\nlines", "italic")]),
        (r"\*no\* 3*4 a_b_c", []),
    ],
)
def test_markup_becomes_styles(markup: str, spans: list[tuple[str, str]]) -> None:
    """What markup sets apart has its style, and no sign of it stays in the text."""
    printed = marked(markup)
    assert [(printed.text[s.start : s.end], s.style) for s in printed.spans] == spans


def test_link_targets_are_kept_apart() -> None:
    """The addresses behind links can be asked for."""
    printed = marked("[Crossref](https://doi.org/10.1/x) and [PubMed](http://p)")
    assert printed.addresses() == ["https://doi.org/10.1/x", "http://p"]
    assert printed.text == "Crossref and PubMed"
    assert printed.with_addresses() == "Crossref https://doi.org/10.1/x  and PubMed http://p "


@given(st.text(alphabet="ab*_$\\<>sup/^~[]()&; αé", max_size=80))
def test_any_line_becomes_tidy_text(markup: str) -> None:
    """Whatever the markup, the result is NFC with single spaces and none at the ends."""
    text = marked(markup).canonical
    assert text == " ".join(text.split())
    assert text == unicodedata.normalize("NFC", text)


def test_a_run_of_blanks_takes_no_time() -> None:
    """A line with tags and many blanks is plain as fast as any of its length."""
    began = time.process_time()
    assert marked("Salt<sup>2</sup> <b>melts</b>" + " " * 50_000 + "<i>soon</i>").canonical == "Salt² melts soon"
    assert time.process_time() - began < 0.5
