"""Mixed content as a line of text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from ingest.jats.line import joined, line_of
from ingest.markers.marking import Link, LinkedText


def _line(markup: str) -> LinkedText:
    return line_of(etree.fromstring(f"<p>{markup}</p>"))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("Salt  is\n<italic> white </italic>.", "Salt is white ."),
        ("CO<sub>2</sub> and 10<sup>−3</sup> m<sup>2</sup>", "CO2 and 10⁻³ m²"),
        ("cells <sup>12, 13</sup> and <sup>13</sup>C", "cells¹²,¹³ and ¹³C"),
        ("Na<sup>+</sup> of Doe<sup>a,b</sup>", "Na+ of Doea,b"),
        ("one<break/>two<fig><label>Fig</label></fig> three", "one two three"),
        ("ﬁne\u00ad salt\u200b\u00a0here", "fine salt here"),
        ("<name><surname>Doe</surname><given-names>A</given-names></name>, 2001", "Doe A, 2001"),
    ],
)
def test_text(markup: str, expected: str) -> None:
    """Single spaces, superscript numbers raised and glued, floats left out."""
    assert _line(markup).text == expected


def test_links() -> None:
    """A link's span is that of its words, raised or not."""
    line = _line(
        'Salt <sup><xref rid="B1">1</xref>, <xref rid="B2 B3">2</xref></sup> and <xref rid="F1"> Fig. 1 </xref>.'
    )
    assert line.text == "Salt¹,² and Fig. 1."
    assert [(line.text[k.start : k.end], k.targets) for k in line.links] == [
        ("¹", ("B1",)),
        ("²", ("B2", "B3")),
        ("Fig. 1", ("F1",)),
    ]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=9), max_size=6))
def test_normal_form(parts: list[str]) -> None:
    """Text is NFC with single spaces wherever elements part it, and links slice it."""
    element = etree.Element("p")
    for part in parts:
        child = etree.SubElement(element, "xref", rid="B1")
        child.text = child.tail = part
    line = line_of(element)
    assert unicodedata.is_normalized("NFC", line.text)
    assert line.text == " ".join(line.text.split())
    assert all(0 <= k.start <= k.end <= len(line.text) for k in line.links)


def test_joined() -> None:
    """Lines are joined with their links; empty ones leave no gap."""
    whole = joined([LinkedText("One", (Link(0, 3, ("a",)),)), LinkedText(""), LinkedText("two", (Link(0, 3, ("b",)),))])
    assert [whole.text[k.start : k.end] for k in whole.links] == ["One", "two"]
    assert whole.text == "One two"
