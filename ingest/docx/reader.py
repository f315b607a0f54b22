"""Read Word documents: text with styles, the citation fields of reference managers, the list that they print."""

from evqa.errors import InputError
from evqa.language.words import squeeze
from evqa.model import Document, Source
from ingest.docx.body import BodyReader
from ingest.docx.endnote import word_sources
from ingest.docx.names import attribute, child, local
from ingest.docx.package import Package
from ingest.docx.styles import Numbering, Styles
from ingest.jats.xml import Element
from ingest.tagged.document import document_from_tags
from ingest.tagged.parts import Part, TaggedText

_FIRST = 8


def read_docx(data: bytes, source: Source) -> Document:
    """Read a .docx file as a document.

    Citation fields (Zotero, Mendeley, EndNote, Word) and cross-references bind its markers; without them, markers and
    bibliography are read as printed. Raises InputError if it is locked, damaged, implausible or without text.
    """
    package = Package(data, source.name)
    root = package.xml(package.main)
    body = child(root, "body")
    reader = BodyReader(
        Styles(_part(package, "styles")), Numbering(_part(package, "numbering")), package.addresses(), _notes(package)
    )
    if body is not None:
        reader.blocks(body)
        reader.close()
    if not reader.parts:
        raise InputError(source.name, "holds no text", "give a document with the article's text")
    works = dict(reader.works)
    for part in package.related("customXml"):
        sources = package.xml(part)
        if sources is not None and local(sources) == "Sources":
            works = {**word_sources(sources), **works}
    parts = _with_title(reader.parts, package)
    return document_from_tags(TaggedText(parts, works=works, notices=_notices(reader)), source)


def _notices(reader: BodyReader) -> tuple[str, ...]:
    """Return the warnings of fields that can't be read, and of text within codes that never end."""
    fields = "1 citation field" if reader.lost == 1 else f"{reader.lost} citation fields"
    lost = f"{fields} can't be read: the printed markers count there" if reader.lost else ""
    hidden = f"{reader.unshown} characters stand in fields without an end and aren't read" if reader.unshown else ""
    return tuple(filter(None, (lost, hidden)))


def _part(package: Package, kind: str) -> Element | None:
    names = package.related(kind)
    return package.xml(names[0]) if names else None


def _notes(package: Package) -> dict[str, Element]:
    """Return footnotes and endnotes by kind and number."""
    found: dict[str, Element] = {}
    for kind in ("footnote", "endnote"):
        root = _part(package, f"{kind}s")
        for note in root if root is not None else ():
            if not attribute(note, "type").endswith("eparator"):
                found[f"{kind} {attribute(note, 'id')}"] = note
    return found


def _with_title(parts: list[Part], package: Package) -> tuple[Part, ...]:
    """Mark the paragraph that the file's properties call the title, if none has the style of one."""
    core = package.xml("docProps/core.xml")
    told = squeeze(next((e.text or "" for e in core if local(e) == "title"), "")) if core is not None else ""
    if not told or any(part.kind == "heading" and part.level == 1 for part in parts):
        return tuple(parts)
    for i, part in enumerate(parts[:_FIRST]):
        if part.kind in ("paragraph", "heading") and squeeze("".join(map(str, part.element.itertext()))) == told:
            return (*parts[:i], Part("heading", part.element, 1, part.ids), *parts[i + 1 :])
    return tuple(parts)
