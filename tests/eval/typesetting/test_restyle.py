"""Markers of an article's XML in another style."""

from pathlib import Path

import pytest
from lxml import etree

from eval.reading.jatstruth import read_truth
from eval.typesetting.restyle import MarkerStyle, restyle
from tests.eval.invented_jats import article, cite


def entry(number: int, family: str, year: str, others: int = 2) -> str:
    """An entry with a first author and some others."""
    names = "".join(f"<name><surname>{name}</surname></name>" for name in (family, *("Reed", "Sedge")[:others]))
    title = f"<article-title>Salt of {family} {number}</article-title>"
    fields = f"<mixed-citation>{names}{title}<year>{year}</year></mixed-citation>"
    return f'<ref id="r{number}"><label>{number}</label>{fields}</ref>'


BODY = (
    f"<p>Salt glows [{cite('r1', '1')}, {cite('r2', '2')}–{cite('r4', '4')}]. "
    f"Willow et al. [{cite('r3', '3')}] doubt it, others<sup>{cite('r2', '2')}</sup> don't.</p>"
)
WORKS = ((1, "Oak", "2001"), (2, "Elm", "2002"), (3, "Willow", "2003"), (4, "Elm", "2002"))
REFS = "".join(entry(number, family, year) for number, family, year in WORKS)


def restyled(style: MarkerStyle) -> etree._Element:
    """The article in a style."""
    root = etree.fromstring(article(BODY, REFS).encode())
    restyle(root, style)
    return root


def text(root: etree._Element) -> str:
    """The paragraph as printed."""
    return "".join(str(part) for body in root.iter("body") for part in body.itertext())


@pytest.mark.parametrize(
    ("style", "printed"),
    [
        (MarkerStyle("[n]"), "Salt glows [1–4]. Willow et al. [3] doubt it, others [2] don't."),
        (MarkerStyle("(n)"), "Salt glows (1–4). Willow et al. (3) doubt it, others (2) don't."),
        (MarkerStyle("superscript", after_stop=True), "Salt glows.1–4 Willow et al.3 doubt it, others2 don't."),
        (
            MarkerStyle("author-year"),
            "Salt glows (Oak et al., 2001; Elm et al., 2002a; Willow et al., 2003; Elm et al., 2002b). "
            "Willow et al. (2003) doubt it, others (Elm et al., 2002a) don't.",
        ),
    ],
)
def test_markers_are_printed_in_a_style(style: MarkerStyle, printed: str) -> None:
    """Brackets go with the style, runs become ranges, and the text's own names aren't repeated."""
    assert text(restyled(style)) == printed


@pytest.mark.parametrize("kind", ["[n]", "superscript", "author-year"])
def test_the_truth_stays(kind: str, tmp_path: Path) -> None:
    """However markers are printed and entries ordered, the same works are mentioned as often, without a doubt."""
    paths = tmp_path / "before.xml", tmp_path / "after.xml"
    paths[0].write_text(article(BODY, REFS), encoding="utf-8")
    paths[1].write_bytes(etree.tostring(restyled(MarkerStyle(kind))))
    truths = [read_truth(path) for path in paths]
    mentioned = [sorted(t.entries[m.position - 1].title or "" for m in t.mentions) for t in truths]
    assert mentioned[0] == mentioned[1]
    assert len(mentioned[0]) == 6
    assert not truths[1].doubts


def test_a_list_without_numbers_is_in_the_order_of_names() -> None:
    """Labels go, names order the list, and entries of one name and year get letters."""
    refs = restyled(MarkerStyle("author-year")).findall("back/ref-list/ref")
    assert [(ref.findtext(".//surname"), ref.findtext(".//year")) for ref in refs] == [
        ("Elm", "2002a"),
        ("Elm", "2002b"),
        ("Oak", "2001"),
        ("Willow", "2003"),
    ]
    assert not any(ref.findall("label") for ref in refs)
