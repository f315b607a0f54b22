"""Body and back of a JATS article as blocks."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evqa.language.words import words
from evqa.model import Document
from tests.ingest.jatsmade import article, reading, refs, xref

FIGURE = (
    '<fig id="F1"><label>Fig. 1.</label><caption><title>A lake</title><p>Seen from far.</p></caption><graphic/></fig>'
)


def _blocks(document: Document, *kinds: str) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks if b.kind in kinds]


def _body(markup: str, **parts: str) -> Document:
    return reading(article(markup, **parts))


def test_sections() -> None:
    """Sections keep their printed numbers and nest as in the file, whatever their titles are."""
    document = _body(
        "<sec><label>1.</label><title>Methods</title><p>Salt.</p>"
        "<sec><label>1.1.</label><title>Ethics statement</title><p>None.</p></sec>"
        "<sec><title>3 lakes</title><p>Big.</p></sec></sec><sec><title>Results</title><p>Few.</p></sec>"
    )
    assert [(s.number, s.title, s.level) for s in document.sections] == [
        ("1", "Methods", 1),
        ("1.1", "Ethics statement", 2),
        ("3", "lakes", 2),
        (None, "Results", 1),
    ]
    methods = document.sections[0]
    assert document.text[methods.start : methods.end].endswith("Big.")
    assert _blocks(document, "heading")[:2] == ["1. Methods", "1.1. Ethics statement"]


def test_paragraph_goes_on_around_a_figure() -> None:
    """A figure within a paragraph follows it; no sentence is cut."""
    document = _body(f"<p>Salt is {FIGURE}white.</p>")
    assert _blocks(document, "prose") == ["Salt is white."]
    (figure,) = document.figures
    assert (figure.label, figure.caption) == ("Figure 1", "A lake. Seen from far.")
    assert document.text[figure.start : figure.end] == "Fig. 1. A lake. Seen from far."


def test_floats_at_the_end() -> None:
    """Figures kept at the end of the file stand behind the paragraph that names them first, else behind the body."""
    other = FIGURE.replace("F1", "F2").replace("Fig. 1", "Fig. 2")
    link = '<xref ref-type="fig" rid="F1">Figure 1</xref>'
    document = _body(f"<p>Salt ({link}).</p><p>Ice.</p>", after=f"<floats-group>{other}{FIGURE}</floats-group>")
    assert [b[:6] for b in _blocks(document, "prose", "caption")] == ["Salt (", "Fig. 1", "Ice.", "Fig. 2"]


def test_lists() -> None:
    """Items are paragraphs of their own with what is printed before them; the paragraph goes on behind the list."""
    inner = "<list><list-item><p>of lakes</p></list-item></list>"
    document = _body(
        f"<p>Salt is<list><list-item><label>(1)</label><p>white,{inner}</p></list-item>"
        "<list-item><p>old</p></list-item></list>and so on.</p>"
    )
    assert _blocks(document, "prose") == ["Salt is", "(1) white,", "of lakes", "old", "and so on."]


def test_definitions() -> None:
    """A list of abbreviations is one paragraph and defines them; long definitions stand alone."""
    item = "<def-item><term>{}</term><def><p>{}</p></def></def-item>"
    items = item.format("NaCl", "sodium chloride") + item.format("KCl", "potassium chloride")
    document = _body("<p>Salt.</p>", back=f"<glossary><def-list>{items}</def-list></glossary>")
    assert _blocks(document, "prose")[-1] == "NaCl: sodium chloride; KCl: potassium chloride"
    assert document.sections[-1].title == "Abbreviations"
    long = item.format("Brine", "Water of much salt. " * 9)
    assert len(_blocks(_body(f"<def-list>{items}{long}</def-list>"), "prose")) == 3


def test_quotation() -> None:
    """A quotation ends with its source."""
    document = _body(
        f"<disp-quote><p>“Salt is old.”</p><attrib>({xref(1, 'Doe 2001')})</attrib></disp-quote>", entries=refs(1)
    )
    assert _blocks(document, "prose") == ["“Salt is old.” (Doe 2001)"]
    assert [c.references for c in document.citations] == [(1,)]


def test_boxes_notes_and_supplements() -> None:
    """Boxed text, footnotes and supplements are kept under what they are called."""
    document = _body(
        "<p>Salt<fn><label>*</label><p>Of the sea.</p></fn> is old.</p>"
        "<boxed-text><label>Box 1</label><caption><title>Ice</title></caption><p>Ice floats.</p></boxed-text>"
        "<supplementary-material><label>S1 Table</label><caption><p>Lakes.</p></caption></supplementary-material>"
    )
    assert _blocks(document, "prose") == ["Salt is old.", "* Of the sea.", "Ice floats."]
    assert [f.label for f in document.figures] == ["Box 1", "S1 Table"]


def test_back() -> None:
    """Acknowledgements, notes and appendices are sections, with usual titles where none is printed."""
    back = (
        "<ack><p>Thanks.</p></ack><fn-group><fn><p>No funds.</p></fn></fn-group><app-group><app><title>Appendix A"
        "</title><p>More lakes.</p></app></app-group>"
    )
    document = _body("<sec><title>Lakes</title><p>Salt.</p></sec>", back=back)
    assert [s.title for s in document.sections] == ["Lakes", "Acknowledgments", "Footnotes", "Appendix A"]
    assert _blocks(document, "prose") == ["Salt.", "Thanks.", "No funds.", "More lakes."]


WORD = st.sampled_from("salt ice lake brine sea water melts flows Dead Van NaCl β-carotene 2.5 10".split())
TEXT = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
INLINE = TEXT | TEXT.map("<bold>{}</bold>".format) | TEXT.map("<xref ref-type='fig' rid='F1'>{}</xref>".format)


def _holding(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(children, min_size=1, max_size=3).map("".join)
    return (
        st.tuples(TEXT, several).map(lambda p: f"<sec><title>{p[0]}</title>{p[1]}</sec>")
        | several.map("<list><list-item>{}</list-item></list>".format)
        | several.map("<boxed-text>{}</boxed-text>".format)
        | st.tuples(TEXT, several, TEXT).map(lambda p: f"<p>{p[0]} {p[1]} {p[2]}</p>")
        | several.map("<disp-quote>{}</disp-quote>".format)
        | several.map("<odd-thing>{}</odd-thing>".format)
        | st.tuples(TEXT, several).map(
            lambda p: f"<fig><label>Fig. 2</label><caption><p>{p[0]}</p></caption>{p[1]}</fig>"
        )
        | st.tuples(TEXT, TEXT).map(
            lambda p: f"<table-wrap><table><tr><th>{p[0]}</th></tr><tr><td>{p[1]}</td></tr></table></table-wrap>"
        )
    )


MARKUP = st.recursive(
    st.lists(INLINE, min_size=1, max_size=3).map(" ".join).map("<p>{}</p>".format), _holding, max_leaves=12
)


@pytest.mark.slow
@settings(max_examples=50)
@given(st.lists(MARKUP, min_size=1, max_size=4))
def test_no_word_is_lost(parts: Sequence[str]) -> None:
    """Whatever is nested in whatever, each word of the body stands in the text, and all offsets slice it."""
    markup = "".join(parts)
    document = _body(markup)
    printed = words(_without_tags(markup))
    # Before the body stand four words of the title and the DOI's seven.
    assert sorted(words(document.text)[11:]) == sorted(printed)
    for block in document.blocks:
        assert document.text[block.start : block.end].strip()
    for sentence in document.sentences:
        block = document.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end


def _without_tags(markup: str) -> str:
    kept, depth = "", 0
    for character in markup:
        depth += (character == "<") - (character == ">")
        kept += character if depth == 0 and character != ">" else " "
    return kept
