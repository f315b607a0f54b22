"""Word documents in: citation fields bind markers, styles give structure, hostile files are refused."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from evqa.errors import InputError
from ingest.docx.package import MOST_TAGS
from tests.ingest.docx.worddocs import (
    END,
    W,
    begin,
    control,
    desktop,
    endnote,
    endnote_data,
    entry,
    field,
    item,
    mendeley,
    packed,
    paragraph,
    read_body,
    read_bytes,
    related,
    run,
    zotero,
)

Cite = Callable[..., str]
ALL = (1, 2, 3)
RAISED = '<w:vertAlign w:val="superscript"/>'
TITLE = paragraph("A review of salt", "T") + paragraph("Anna Doe, Bert Roe") + paragraph("Introduction", "H1")
HEADING = paragraph("References", "H1")
PLAIN = HEADING + "".join(paragraph(f"{n}. {entry(n)}") for n in ALL)
BY_FIELD = HEADING + "".join(
    paragraph(
        (begin("ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY") if n == 1 else "")
        + run(f"{n}. {entry(n)}")
        + (END if n == 3 else "")
    )
    for n in ALL
)
BY_ENDNOTE = BY_FIELD.replace("ADDIN ZOTERO_BIBL {} CS", "ADDIN EN.REF").replace("L_BIBLIOGRAPHY", "LIST")
BY_CONTROL = control("MENDELEY_BIBLIOGRAPHY", PLAIN)


def footnotes(content: str) -> str:
    """The part that holds a document's only footnote, number 2."""
    note = f'<w:footnote w:id="2"><w:p>{content}</w:p></w:footnote>'
    return f'<w:footnotes xmlns:w="{W}">{note}</w:footnotes>'


def text_citing(cite: Cite, *, look: str = "") -> str:
    """Two sentences with markers: one entry, a range."""
    one, more = cite(run("[1]", look), 1), cite(run("[1–3]", look), 1, 2, 3)
    return paragraph(
        f"{run('Salt melts at great heat ')}{one}{run('. It keeps its shape if nobody stirs it ')}{more}{run('.')}"
    )


@pytest.mark.parametrize("cite", [zotero, mendeley, desktop, endnote, endnote_data])
@pytest.mark.parametrize(
    "listed", [PLAIN, BY_FIELD, BY_ENDNOTE, BY_CONTROL], ids=["plain", "zotero", "endnote", "mendeley"]
)
def test_fields_bind_markers_and_give_the_entries_fields(cite: Cite, listed: str) -> None:
    """Whoever wrote the fields and however the list is set, markers are bound and entries have the fields' words."""
    found = read_body(TITLE + text_citing(cite) + listed)
    assert [(c.marker, c.references) for c in found.citations] == [("[1]", (1,)), ("[1–3]", ALL)]
    assert [(r.number, r.title, r.DOI) for r in found.references] == [
        (n, f"Grains of kind {n}", f"10.1000/salt.{n}") for n in ALL
    ]
    assert found.references[0].author[0].given == "Anna"
    assert found.references[0].container_title == "Journal of Salt"
    assert found.references[0].raw == entry(1)
    assert not found.integrity.unresolved
    assert found.title == "A review of salt"


@pytest.mark.parametrize("cite", [zotero, mendeley, endnote])
def test_names_and_years_are_bound_by_their_items(cite: Cite) -> None:
    """Author–year markers, two works in one bracket, are bound to unnumbered entries by what the field says."""
    text = paragraph(f"{run('Salt melts, as was said ')}{cite(run('(ibid.; Poe, in press)'), 2, 3)}{run('.')}")
    found = read_body(TITLE + text + HEADING + "".join(paragraph(entry(n)) for n in ALL))
    assert [c.references for c in found.citations] == [(2, 3)]


def test_raised_numbers_are_written_as_such() -> None:
    """A field's result in superscript is a raised marker behind its word."""
    found = read_body(
        TITLE
        + text_citing(lambda result, *n: zotero(result.replace("[", "").replace("]", ""), *n), look=RAISED)
        + PLAIN
    )
    assert [(c.marker, c.references) for c in found.citations] == [("¹", (1,)), ("¹–³", ALL)]


def test_words_own_citations_are_bound_by_its_sources() -> None:
    """CITATION fields name sources in the file, which tell the entries."""
    sources = (
        '<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography">'
        + "".join(
            f"<b:Source><b:Tag>S{n}</b:Tag><b:SourceType>JournalArticle</b:SourceType>"
            f"<b:Title>Grains of kind {n}</b:Title>"
            f"<b:Year>20{10 + n}</b:Year></b:Source>"
            for n in ALL
        )
        + "</b:Sources>"
    )

    def cite(result: str, *numbers: int) -> str:
        return field(" CITATION " + r" \m ".join(f"S{n}" for n in numbers) + r" \l 1033 ", result)

    more = {"customXml/item1.xml": sources}
    found = read_body(TITLE + text_citing(cite) + PLAIN, more, related("customXml", "../customXml/item1.xml"))
    assert [c.references for c in found.citations] == [(1,), ALL]


def test_cross_references_to_a_numbered_list_are_bound() -> None:
    """REF fields and links to bookmarks at entries cite them; the numbers of Word's own list are printed."""
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="[%1]"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    entries = "".join(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
        f'<w:bookmarkStart w:name="_Ref{n}"/>'
        f"{run(entry(n))}</w:p>"
        for n in ALL
    )
    second, figure = field(r" REF _Ref2 \r \h ", run("[2]")), field(" REF _Fig1 ", run("Figure 1"))
    third = f'<w:hyperlink w:anchor="_Ref3">{run("[3]")}</w:hyperlink>'
    text = paragraph(
        "".join([run("Salt melts "), second, run(" in pans "), third, run(" as seen in "), figure, run(".")])
    )
    found = read_body(
        TITLE + text + HEADING + entries, {"word/numbering.xml": numbering}, related("numbering", "numbering.xml")
    )
    assert [(c.marker, c.references) for c in found.citations] == [("[2]", (2,)), ("[3]", (3,))]
    assert [r.number for r in found.references] == list(ALL)


def test_without_fields_the_print_counts() -> None:
    """A document without fields is read as printed."""
    found = read_body(TITLE + text_citing(lambda result, *_: result) + PLAIN)
    assert [(c.marker, c.references) for c in found.citations] == [("[1]", (1,)), ("[1–3]", ALL)]
    assert [r.title for r in found.references] == [f"Grains of kind {n}" for n in ALL]


def test_a_broken_field_is_told_and_its_print_counts() -> None:
    """A citation whose code can't be read is named in the report; the other fields still bind."""
    broken = field(" ADDIN ZOTERO_ITEM CSL_CITATION {broken ", run("[2]"))
    found = read_body(TITLE + text_citing(zotero) + paragraph(f"{run('Pans help ')}{broken}{run('.')}") + PLAIN)
    assert found.integrity.warnings[0].startswith("1 citation field can't be read")


def test_tracked_changes_count_as_accepted() -> None:
    """What was inserted is there, what was deleted isn't, a deleted paragraph end joins its neighbours."""
    text = (
        f"<w:p>{run('Salt ')}<w:ins>{run('melts')}</w:ins>"
        f"<w:del><w:r><w:delText>freezes</w:delText></w:r></w:del>{run('.')}</w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('It keeps')}</w:p><w:p>{run('its shape.')}</w:p>"
    )
    assert "Salt melts.\n\nIt keeps its shape." in read_body(TITLE + text).text


def test_tables_have_their_captions_and_merged_cells() -> None:
    """A cell merged down counts in each row, one merged across heads its columns; fields in cells are bound."""

    def cell(text: str, merged: str = "") -> str:
        return f"<w:tc><w:tcPr>{merged}</w:tcPr><w:p>{text if text.startswith('<') else run(text)}</w:p></w:tc>"

    down, rest, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = (
        [cell("Kind"), cell("Heat and source", wide)],
        [cell("Sea", down), cell("800"), cell(zotero(run("[1]"), 1))],
        [cell("", rest), cell("801"), cell(zotero(run("[2]"), 2))],
    )
    table = "<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows) + "</w:tbl>"
    found = read_body(TITLE + text_citing(zotero) + paragraph("Table 1. Salt by kind", "C") + table + PLAIN)
    (read_table,) = found.tables
    assert (read_table.label, read_table.caption) == ("Table 1", "Salt by kind")
    assert [row.cells for row in read_table.rows] == [("Sea", "800", "[1]"), ("Sea", "801", "[2]")]
    assert [c.references for c in found.citations if c.where == "table"] == [(1,), (2,)]


def test_notes_follow_their_paragraph() -> None:
    """A footnote's text stands behind the paragraph that it belongs to."""
    notes = footnotes(run("Told by a cook."))
    text = paragraph(f'{run("Salt melts")}<w:r><w:footnoteReference w:id="2"/></w:r>{run(".")}') + paragraph(
        "It cools again."
    )
    found = read_body(TITLE + text, {"word/footnotes.xml": notes}, related("footnotes", "footnotes.xml"))
    assert "Salt melts.\n\nTold by a cook.\n\nIt cools again." in found.text


def test_a_note_that_refers_to_itself_is_read_once() -> None:
    """A note whose text refers to the note ends all the same."""
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = footnotes(run("Told by a cook.") + reference)
    found = read_body(
        TITLE + paragraph(run("Salt melts.") + reference),
        {"word/footnotes.xml": notes},
        related("footnotes", "footnotes.xml"),
    )
    assert found.text.count("Told by a cook.") == 1


def test_sections_follow_styles() -> None:
    """Headings of styles nest."""
    found = read_body(TITLE + paragraph("Salt melts.") + paragraph("In pans", "H2") + paragraph("It cools again."))
    assert [(s.title, s.level) for s in found.sections] == [("Introduction", 1), ("In pans", 2)]


def _zipped(name: str, data: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return file.getvalue()


CROWD = "".join(f"<w:p{n:x}/>" for n in range(MOST_TAGS))
DEEP = f'<w:document xmlns:w="{W}"><w:body>' + "<w:ins>" * 220 + "</w:ins>" * 220 + "</w:body></w:document>"
ENTITY = f'<!DOCTYPE d [<!ENTITY e "x">]><w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>'


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK", "can't be unpacked"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "locked with a password, or in the format of Word before 2007",
        ),
        (_zipped("a.txt", b"salt"), "holds no Word document"),
        (_zipped("word/document.xml", b"<w"), "malformed"),
        (_zipped("word/document.xml", b" " * 20_000_000), "packed more tightly"),
        (_zipped("word/document.xml", ENTITY.encode()), "declares entities"),
        (_zipped("_rels/.rels", ENTITY.replace("<w:p/>", "&e;").encode("utf-16")), "declares entities"),
        (packed(CROWD), "holds more than"),
        (_zipped("word/document.xml", DEEP.encode()), "nests elements deeper than"),
        (packed(""), "holds no text"),
        (packed("<w:p/>")[:-30], "can't be unpacked"),
    ],
)
def test_what_is_no_document_is_refused(data: bytes, words: str) -> None:
    """Locked, old, damaged, empty and hostile files are refused in one line."""
    with pytest.raises(InputError, match=words) as error:
        read_bytes(data)
    assert "\n" not in str(error.value)


def test_numbers_of_any_length_are_no_error() -> None:
    """A level, an outline, a start or a span of thousands of digits counts as not told."""
    long = "1" * 5_000
    numbering = (
        f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{long}"/>'
        '<w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    listed = f'<w:numPr><w:ilvl w:val="{long}"/><w:numId w:val="1"/></w:numPr>'
    text = "".join(
        f"<w:p><w:pPr>{p}</w:pPr>{run('Salt melts.')}</w:p>" for p in (listed, f'<w:outlineLvl w:val="{long}"/>')
    )
    found = read_body(TITLE + text, {"word/numbering.xml": numbering}, related("numbering", "numbering.xml"))
    assert "1. Salt melts.\n\nSalt melts." in found.text
    assert [s.title for s in found.sections] == ["Introduction"]


@pytest.mark.parametrize("code", [" ADDIN ZOTERO_ITEM CSL_CITATION {", ""])
def test_a_code_without_an_end_hides_its_paragraph_only(code: str) -> None:
    """A field that stays in its code ends with its paragraph; what it hid there is counted in the report."""
    opened = f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
    text = paragraph(f"{run('Salt melts.')}{opened}{run('Hidden')}") + paragraph("It cools again.")
    found = read_body(TITLE + text + text_citing(zotero) + PLAIN)
    assert "Salt melts.\n\nIt cools again." in found.text
    assert [c.references for c in found.citations] == [(1,), ALL]
    assert "6 characters stand in fields without an end and aren't read" in found.integrity.warnings


def test_data_of_a_code_may_run_on_over_paragraphs() -> None:
    """EndNote's records in a code go on in the next paragraph; the field still binds."""
    whole = endnote_data(run("[2]"), 2)
    first, second, rest = whole.partition("</w:fldData></w:fldChar></w:r>")
    text = f"<w:p>{run('Pans help ')}{first}{second}</w:p><w:p>{rest}{run('.')}</w:p>"
    found = read_body(TITLE + text_citing(zotero) + text + PLAIN)
    assert (2,) in [c.references for c in found.citations]


def cited_by(result: str, key: str, n: int, **other: object) -> str:
    """A citation whose item has a local id and no address; `other`: fields unlike those of entry `n`."""
    told = {"citationItems": [{"id": key, "itemData": {**item(n), **other}}]}
    return field(f"ADDIN CSL_CITATION {json.dumps(told)}", run(result))


def test_local_ids_are_known_by_their_works() -> None:
    """Two citations may both call their only item ITEM-1."""
    text = f"{run('Salt melts ')}{cited_by('(a)', 'ITEM-1', 1)}{run(' in pans ')}{cited_by('(b)', 'ITEM-1', 2)}"
    found = read_body(TITLE + paragraph(text) + PLAIN)
    assert [c.references for c in found.citations] == [(1,), (2,)]


def test_a_printed_number_counts_more_than_author_and_year() -> None:
    """A work told by author, year and page only is the entry whose number its marker prints."""
    short = [f"{n}. Doe A. J Salt. 2011;7:{5 + n}." for n in (1, 2)]
    listed = HEADING + "".join(map(paragraph, short))
    cited = cited_by("[2]", "ITEM-1", 1, title="Salt", volume="7", page="6-9", DOI="")
    found = read_body(TITLE + paragraph(f"{run('Salt melts ')}{cited}{run('.')}") + listed)
    assert [c.references for c in found.citations] == [(2,)]
    assert found.references[0].page != "6-9"
