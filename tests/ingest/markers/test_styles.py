"""The forms of numbered markers. A new form needs an example here."""

from collections.abc import Callable

import pytest

from evqa.model import Document
from ingest.markers.markers import expand
from ingest.markers.styles import STYLES, Region

Reading = Callable[[str], Document]

# Of each style two markers as a document prints them, and a number that is none.
EXAMPLES = {
    "round": ("(1)", "(2–4, 7)", "(12%)"),
    "square": ("[1]", "[2–4, 7]", "[12%]"),
    "raised": ("¹", "²–⁴,⁷", "10⁶"),
}
ENTRIES = "\n".join(f"{n}. Doe A. Title number {n} of salt. J Salt. 2019;{n}:1-{n}." for n in range(1, 9))


def test_every_style_has_an_example() -> None:
    """No form of markers is without an example."""
    assert EXAMPLES.keys() == STYLES.keys()


@pytest.mark.parametrize("name", STYLES)
def test_a_style_finds_its_markers(name: str) -> None:
    """The pattern finds both markers whole, its groups hold their numbers, and nothing speaks against them."""
    one, several, _ = EXAMPLES[name]
    text = f"Salt melts {one}. It flows {several}. All agree."
    matches = list(STYLES[name].pattern.finditer(text))
    assert [match[0] for match in matches] == [one, several]
    assert [expand(match["numbers"]) for match in matches] == [(1,), (2, 3, 4, 7)]
    region = Region(0, len(text), "text")
    assert [STYLES[name].refusal(m, region) or STYLES[name].doubt(m, region) for m in matches] == ["", ""]


@pytest.mark.parametrize("name", STYLES)
def test_a_document_may_cite_in_a_style(parse: Reading, name: str) -> None:
    """A document's style is found out, and its markers cite; a number that is no marker doesn't."""
    one, several, other = EXAMPLES[name]
    body = f"Salt melts {one}. It flows {several}. It weighs {other} grams."
    document = parse(f"# On salt\n\n## Uses\n\n{body}\n\n## References\n\n{ENTRIES}\n")
    assert [(c.marker, c.references) for c in document.citations] == [(one, (1,)), (several, (2, 3, 4, 7))]


@pytest.mark.parametrize("name", STYLES)
def test_styles_are_told_apart(name: str) -> None:
    """No style finds the markers of another."""
    others = [marker for other, markers in EXAMPLES.items() if other != name for marker in markers[:2]]
    assert not [marker for marker in others if STYLES[name].pattern.search(f"Salt melts {marker}.")]
