"""Formulas of JATS."""

import pytest
from lxml import etree

from ingest.jats.math import formula_text

PREAMBLE = r"\documentclass[12pt]{minimal} \usepackage{amsmath} \setlength{\oddsidemargin}{-69pt} \begin{document}"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (f"<tex-math>{PREAMBLE}$$\\beta=5\\,\\%$$\\end{{document}}</tex-math>", "β=5 %"),
        ("<tex-math>\\frac{a}{b}</tex-math>", "a/b"),
        ("<math><msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><msub><mi>y</mi><mi>i</mi></msub></math>", "x²+yi"),
        ("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac></math>", "(a+1)/b"),
        ("<math><msqrt><mi>x</mi></msqrt><mfenced><mi>a</mi><mi>b</mi></mfenced></math>", "√x(a, b)"),
        ("<math><msubsup><mi>N</mi><mi>i</mi><mn>2</mn></msubsup><mfrac/></math>", "Ni²"),
        ("<disp-formula><label>(3)</label><math><mi>x</mi></math></disp-formula>", "x (3)"),
        ("<inline-formula>p &lt; <italic>q</italic></inline-formula>", "p < q"),
    ],
)
def test_formula(markup: str, expected: str) -> None:
    """A formula is a line of characters, without any preamble."""
    assert formula_text(etree.fromstring(markup)) == expected


def test_alternatives() -> None:
    """Of alternatives one is read."""
    both = "<alternatives><tex-math>x</tex-math><math><mi>x</mi></math><graphic/></alternatives>"
    assert formula_text(etree.fromstring(f"<inline-formula>{both}</inline-formula>")) == "x"
