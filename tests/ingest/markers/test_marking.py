"""Links as printed markers."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.markers.markers import format_numbers
from tests.ingest.jatsmade import article, cited, reading, ref, refs, xref

Cited = list[tuple[str, tuple[int, ...]]]
CASES: list[tuple[str, Cited]] = [
    (f"Salt melts ({xref(3)}).", [("(3)", (3,))]),
    (f"Salt melts ({xref(3)}–{xref(6)}).", [("(3–6)", (3, 4, 5, 6))]),
    (f"Salt melts ({xref(3)}, {xref(5)}–{xref(7)}).", [("(3, 5–7)", (3, 5, 6, 7))]),
    (f"Salt melts ({xref(3)})–({xref(6)}).", [("(3)–(6)", (3, 4, 5, 6))]),
    (f"Salt melts {xref(3, '(3)')}–{xref(6, '(6)')}.", [("(3)–(6)", (3, 4, 5, 6))]),
    (f"Salt melts [{xref(3)}], [{xref(6)}].", [("[3]", (3,)), ("[6]", (6,))]),
    (f"Salt melts [[{xref(3)}], [{xref(4)}], [{xref(6)}]].", [("[[3], [4], [6]]", (3, 4, 6))]),
    (f"Salt melts (see also {xref(3)} and refs. {xref(5)}).", [("(see also 3 and refs. 5)", (3, 5))]),
    (f"Salt melts {xref(2, '[2–5]')}.", [("[2–5]", (2, 3, 4, 5))]),
    (f"Salt melts ({xref(2, '2, 4')}).", [("(2, 4)", (2, 4))]),
    ('Salt melts (<xref ref-type="bibr" rid="B2 B3 B4">2–4</xref>).', [("(2–4)", (2, 3, 4))]),
    ('Salt melts (<xref ref-type="bibr" rid="B2 B7">2, 7</xref>).', [("(2, 7)", (2, 7))]),
    ('Salt melts (<xref rid="B2">2</xref>).', [("(2)", (2,))]),
    (f"Salt melts ({xref(2)}{xref(3, '')}–{xref(4)}).", [("(2–4)", (2, 3, 4))]),
    (f"Salt melts ({xref(2)}–4).", [("(2–4)", (2, 3, 4))]),
    (f"Salt melts.<sup>{xref(2)},{xref(4)}</sup> It does.", [("²,⁴", (2, 4))]),
    (f"Salt melts <sup>{xref(2)}–{xref(4)}</sup>.", [("²–⁴", (2, 3, 4))]),
    (f"Salt melts{xref(2, '<sup>2</sup>')}<sup>,</sup>{xref(4, '<sup>4</sup>')}.", [("²,⁴", (2, 4))]),
    (f"Salt melts.{xref(2)} It does.", [("²", (2,))]),
    (f"Salt melts.{xref(2, '2 3')} It does.", [("² ³", (2, 3))]),
    (f"Salt melts,{xref(2)}, {xref(4)} or so.", [("², ⁴", (2, 4))]),
    (f"Salt (in 5 of 9 lakes {xref(2)}) melts.", [("2", (2,))]),
    (f"Salt (Table 1; {xref(2)}) melts.", [("2", (2,))]),
    (
        f"Salt melts (Doe, {xref(2, '2002')}; Lee et al., {xref(4, '2004')}).",
        [("(Doe, 2002; Lee et al., 2004)", (2, 4))],
    ),
    (f"Doe ({xref(2, '2002')}) and {xref(4, 'Lee (2004)')} say so.", [("(2002)", (2,)), ("Lee (2004)", (4,))]),
    (f"In {xref(2, '2002')}–{xref(5, '2005')} salt melted.", [("2002", (2,)), ("2005", (5,))]),
    ('Salt<xref ref-type="fn" rid="n1">3</xref> melts <xref ref-type="fig" rid="f1">4</xref>.', []),
]


@pytest.mark.parametrize(("markup", "expected"), CASES, ids=[str(n) for n in range(len(CASES))])
def test_marker(markup: str, expected: Cited) -> None:
    """Links, whatever is printed in and around them, are one citation for each printed marker."""
    document = reading(article(f"<p>{markup} <italic>See</italic> more.</p>", refs(9)))
    assert cited(document) == expected
    assert document.integrity.unresolved == ()


@pytest.mark.slow
@settings(max_examples=30)
@given(st.sets(st.integers(1, 30), min_size=1), st.sampled_from(["()", "[]"]))
def test_printed_forms_round_trip(numbers: set[int], brackets: str) -> None:
    """Whatever numbers a marker prints in its shortest form, linked at the ends, they all are read."""
    shortest = format_numbers(numbers)
    linked = "".join(xref(int(part)) if part.isdecimal() else part for part in _parts(shortest))
    document = reading(article(f"<p>Salt melts {brackets[0]}{linked}{brackets[1]}.</p>", refs(30)))
    assert cited(document) == [(f"{brackets[0]}{shortest}{brackets[1]}", tuple(sorted(numbers)))]


def _parts(printed: str) -> list[str]:
    parts = [""]
    for character in printed:
        if character.isdecimal() != parts[-1].isdecimal():
            parts.append("")
        parts[-1] += character
    return parts


def test_link_decides() -> None:
    """Where print and link disagree the link is followed, and the document warns of it."""
    document = reading(article(f"<p>Salt melts ({xref(2, '4')}). It is old ({xref(5)}).</p>", refs(9)))
    assert [c.references for c in document.citations] == [(2,), (5,)]
    assert any(
        "1 marker leads to other entries than printed ((4) leads to 2)" in w for w in document.integrity.warnings
    )


def test_unknown_entry() -> None:
    """A link to an entry that isn't there is unresolved; the rest of its marker holds."""
    document = reading(article(f"<p>Salt melts ({xref(2)}, {xref(12)}).</p>", refs(9)))
    assert cited(document) == [("(2, 12)", (2,))]
    (lost,) = document.integrity.unresolved
    assert (lost.marker, lost.missing) == ("(2, 12)", (12,))
    assert "B12" in lost.reason
    assert not document.integrity.is_sound


def test_a_year_is_no_missing_number() -> None:
    """A link by author and year to an entry that isn't there misses no number: 1999 is none of the list's."""
    lost = '<xref ref-type="bibr" rid="B99">Foo et al., 1999</xref>'
    body = f"<p>Salt melts ({xref(2, 'Oak, 2001')}). It is old ({lost}).</p>"
    (found,) = reading(article(body, refs(9))).integrity.unresolved
    assert found.missing == ()
    assert "B99" in found.reason


def test_broken_link_with_known_number() -> None:
    """A link that leads nowhere counts by the number that it prints."""
    document = reading(article('<p>Salt melts (<xref ref-type="bibr" rid="X3">3</xref>).</p>', refs(9)))
    assert cited(document) == [("(3)", (3,))]
    assert document.integrity.is_sound


def test_link_to_something_else() -> None:
    """A link to what is no entry is no citation, although it says so."""
    body = '<p>Salt melts (<xref ref-type="bibr" rid="T1">2</xref>) (<xref ref-type="bibr" rid="B1">1</xref>).</p>'
    document = reading(article(body + '<sec id="T1"><title>Lakes</title><p>Salt.</p></sec>', refs(9)))
    assert cited(document) == [("(1)", (1,))]


def test_without_links() -> None:
    """Markers that are printed only are bound as in any text."""
    document = reading(article("<p>Salt melts (1–3). Ice does not (4). Both flow (5, 6).</p>", refs(6)))
    assert cited(document) == [("(1–3)", (1, 2, 3)), ("(4)", (4,)), ("(5, 6)", (5, 6))]


def test_places() -> None:
    """Markers of titles, abstracts, captions, notes and cells say where they stand."""
    meta = "<title-group><article-title>Salt</article-title></title-group>"
    meta += f"<abstract><p>Salt melts ({xref(1)}).</p></abstract>"
    body = (
        f"<sec><title>Lakes ({xref(2)})</title><p>Salt is old ({xref(3)}).</p></sec>"
        f"<table-wrap><label>Table 1</label><caption><p>Lakes of salt ({xref(4)}).</p></caption><table><thead><tr>"
        f"<th>Lake</th><th>Ref.</th></tr></thead><tbody><tr><td>Dead</td><td>{xref(5)}</td></tr></tbody></table>"
        f"<table-wrap-foot><p>After Doe ({xref(6)}).</p></table-wrap-foot></table-wrap>"
    )
    document = reading(article(body, refs(6), meta))
    found = {c.references[0]: (c.where, c.sentence is None) for c in document.citations}
    text, table, caption = ("text", False), ("table", True), ("caption", False)
    assert found == {1: text, 2: ("text", True), 3: text, 4: caption, 5: table, 6: caption}


def test_lone_marker_joins_its_sentence() -> None:
    """A marker set behind a full stop belongs to the sentence that it closes."""
    document = reading(article(f"<p>Salt melts. ({xref(2, 'Doe, 2002')}). Ice does not.</p>", refs(3)))
    (citation,) = document.citations
    assert citation.sentence is not None
    sentence = document.sentences[citation.sentence]
    assert document.text[sentence.start : sentence.end] == "Salt melts. (Doe, 2002)."


def test_labels_that_are_not_positions() -> None:
    """A gap in the printed labels is reported, and links keep the printed numbers."""
    entries = ref(1) + ref(2) + ref(4) + ref(5)
    document = reading(article(f"<p>Salt melts ({xref(2)}–{xref(5)}).</p>", entries))
    assert cited(document) == [("(2–5)", (2, 4, 5))]
    assert document.integrity.missing == (3,)
