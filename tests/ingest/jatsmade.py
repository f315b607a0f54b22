"""Invented articles in JATS for the readers' tests."""

from evqa.model import Document
from ingest.jats.reader import read_jats
from ingest.reader import source_of

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
MML = 'xmlns:mml="http://www.w3.org/1998/Math/MathML"'
META = (
    '<article-id pub-id-type="doi">10.1000/salt.1</article-id>'
    "<title-group><article-title>A review of salt</article-title></title-group>"
)


def ref(number: int, *, label: str | None = None, citation: str | None = None) -> str:
    """An entry `B<number>`; `label` is printed before it, by default the number and a stop, "" for none."""
    printed = f"{number}." if label is None else label
    made = citation or (
        '<mixed-citation publication-type="journal"><person-group person-group-type="author"><name><surname>Doe'
        f"</surname><given-names>A</given-names></name></person-group>. <article-title>Salt of kind {number}"
        f"</article-title>. <source>J Salt</source>. <year>20{number % 100:02}</year>;<volume>{number}</volume>:"
        "<fpage>1</fpage>–<lpage>9</lpage>.</mixed-citation>"
    )
    return f'<ref id="B{number}">' + (f"<label>{printed}</label>" if printed else "") + made + "</ref>"


def refs(count: int, label: str | None = None) -> str:
    """Entries 1 to `count`."""
    return "".join(ref(n, label=label) for n in range(1, count + 1))


def xref(number: int, printed: str | None = None) -> str:
    """A link to an entry."""
    return f'<xref ref-type="bibr" rid="B{number}">{number if printed is None else printed}</xref>'


def article(body: str = "", entries: str = "", meta: str = META, *, back: str = "", after: str = "") -> str:
    """An article of these parts."""
    listed = f"<ref-list><title>References</title>{entries}</ref-list>" if entries else ""
    return (
        f'<article {XLINK} {MML} article-type="review-article"><front><article-meta>{meta}</article-meta></front>'
        f"<body>{body}</body><back>{back}{listed}</back>{after}</article>"
    )


def reading(xml: str | bytes) -> Document:
    """The document in a file of this content."""
    data = xml.encode() if isinstance(xml, str) else xml
    return read_jats(data, source_of("salt.xml", data))


def cited(document: Document) -> list[tuple[str, tuple[int, ...]]]:
    """Markers with their numbers, in order of place."""
    return [(c.marker, c.references) for c in document.citations]
