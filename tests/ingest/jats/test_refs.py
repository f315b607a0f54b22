"""The bibliography of a JATS article."""

import pytest

from tests.ingest.jatsmade import article, cited, reading, ref, refs, xref


def test_blocks() -> None:
    """Entries stand numbered in the text, at the offsets of the records, under their heading."""
    document = reading(article(f"<p>Salt ({xref(2)}).</p>", refs(3)))
    blocks = [document.text[b.start : b.end] for b in document.blocks if b.kind == "reference"]
    assert blocks[1] == "2. Doe A. Salt of kind 2. J Salt. 2002;2:1–9."
    assert [document.text[r.start : r.end] for r in document.references] == [r.raw for r in document.references]
    assert document.sections[-1].title == "References"
    assert document.integrity.contiguous


@pytest.mark.parametrize("label", ["[{}]", "({})", "{}", "{}.", " {} "])
def test_labels(label: str) -> None:
    """A printed label of any form is the number."""
    document = reading(article("", "".join(ref(n, label=label.format(n)) for n in (1, 2, 3))))
    assert [r.number for r in document.references] == [1, 2, 3]
    assert document.integrity.warnings[0].startswith("no markers found")


@pytest.mark.parametrize(
    "labels", [("", "", ""), ("Doe 2001", "Lee 2002", "Roe 2003"), ("1", "", "3"), ("1", "2", "1")]
)
def test_without_labels(labels: tuple[str, ...]) -> None:
    """Entries without a number each, or with one twice, are numbered by their place, and links follow."""
    entries = "".join(ref(n, label=label) for n, label in enumerate(labels, start=1))
    document = reading(article(f"<p>Salt ({xref(3, 'Roe, 2003')}).</p>", entries))
    assert [r.number for r in document.references] == [1, 2, 3]
    assert cited(document) == [("(Roe, 2003)", (3,))]


def test_label_in_the_citation() -> None:
    """A label within the citation is one too, and no part of the printed text."""
    made = ref(1, label="", citation="<mixed-citation><label>1</label>Doe A. Salt. 2001.</mixed-citation>")
    (entry,) = reading(article("", made)).references
    assert entry.raw == "Doe A. Salt. 2001."


def test_composed() -> None:
    """Elements without signs between them become a readable line, the year before the volume."""
    citation = (
        '<element-citation publication-type="journal"><person-group person-group-type="author"><name><surname>Doe'
        "</surname><given-names>A</given-names></name><collab>Salt Group</collab><etal/></person-group><article-title>"
        "Of salt</article-title><source>J Salt</source><volume>3</volume><year>2001</year><issue>2</issue><fpage>10"
        '</fpage><lpage>19</lpage><pub-id pub-id-type="doi">10.1000/x.3</pub-id><pub-id pub-id-type="pmid">123456'
        "</pub-id></element-citation>"
    )
    (entry,) = reading(article("", ref(1, citation=citation))).references
    assert entry.raw == "Doe A, Salt Group, et al. Of salt. J Salt. 2001;3(2):10–19. doi: 10.1000/x.3."


def test_touching_elements_are_parted() -> None:
    """Where a style sheet sets the signs between elements, blanks and commas part them."""
    citation = (
        "<mixed-citation><person-group><name><surname>Doe</surname><given-names>A</given-names></name><name><surname>"
        "Lee</surname><given-names>B</given-names></name></person-group> <article-title>Of salt</article-title>. "
        '<source>J Salt</source> (<year>2001</year>) <volume>3</volume>:<fpage>1</fpage>.<pub-id pub-id-type="doi">'
        '10.1000/x.3</pub-id><pub-id pub-id-type="pmid">123456</pub-id></mixed-citation>'
    )
    (entry,) = reading(article("", ref(1, citation=citation))).references
    assert entry.raw == "Doe A, Lee B. Of salt. J Salt (2001) 3:1. doi: 10.1000/x.3"
    assert (entry.DOI, entry.PMID) == ("10.1000/x.3", "123456")


def test_several_citations() -> None:
    """An entry of several citations is one entry with all their text."""
    parts = (
        "<mixed-citation>a) Doe A. Salt. 2001.</mixed-citation><mixed-citation>b) Lee B. Ice. 2002.</mixed-citation>"
    )
    (entry,) = reading(article("", ref(1, citation=parts))).references
    assert entry.raw == "a) Doe A. Salt. 2001. b) Lee B. Ice. 2002."


def test_alternatives() -> None:
    """Of alternatives one is read, the one with its signs."""
    both = (
        "<citation-alternatives><element-citation><source>J Salt</source></element-citation>"
        "<mixed-citation><source>J Salt</source>. 2001.</mixed-citation></citation-alternatives>"
    )
    (entry,) = reading(article("", ref(1, citation=both))).references
    assert entry.raw == "J Salt. 2001."


def test_several_lists() -> None:
    """Lists of references are one bibliography; those of a letter in the same file aren't part of it."""
    more = f"<ref-list><title>Further reading</title>{ref(3)}{ref(4)}</ref-list>"
    letter = f"<sub-article><body><p>No.</p></body><back><ref-list>{ref(9)}</ref-list></back></sub-article>"
    document = reading(article("<p>Salt.</p>", refs(2) + more, after=letter))
    assert [r.number for r in document.references] == [1, 2, 3, 4]
    assert "No." not in document.text
