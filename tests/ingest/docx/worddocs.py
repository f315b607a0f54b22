"""Invented Word documents: paragraphs, fields and lists as Word and reference managers write them."""

import base64
import json
import zipfile
from html import escape
from io import BytesIO

from evqa.model import Document
from ingest.docx.reader import read_docx
from ingest.reader import source_of

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMES = ("Doe", "Roe", "Poe")
STYLES = (
    f'<w:styles xmlns:w="{W}">'
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
        for style, name in (("T", "Title"), ("H1", "heading 1"), ("H2", "heading 2"), ("C", "caption"))
    )
    + "</w:styles>"
)


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, style: str = "") -> str:
    """A paragraph of runs, or of plain text."""
    inner = content if content.startswith("<") else run(content)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inner}</w:p>'


def begin(code: str, data: str = "") -> str:
    """The beginning of a field up to its result, its code in two runs."""
    half = len(code) // 2
    codes = "".join(
        f'<w:r><w:instrText xml:space="preserve">{escape(c)}</w:instrText></w:r>' for c in (code[:half], code[half:])
    )
    held = f"<w:fldData>{data}</w:fldData>" if data else ""
    begun = f'<w:r><w:fldChar w:fldCharType="begin">{held}</w:fldChar></w:r>'
    return f'{begun}{codes}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'


END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field(code: str, result: str, data: str = "") -> str:
    """A whole field."""
    return begin(code, data) + result + END


def control(tag: str, content: str) -> str:
    """A content control."""
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def entry(n: int) -> str:
    """The printed text of entry `n`, without its number."""
    return f"{NAMES[n - 1]} A. Grains of kind {n}. J Salt. 20{10 + n};{n}:1–9."


def item(n: int) -> dict[str, object]:
    """Entry `n` in CSL-JSON."""
    return {
        "type": "article-journal",
        "title": f"Grains of <i>kind</i> {n}",
        "author": [{"family": NAMES[n - 1], "given": "Anna"}],
        "container-title": "Journal of Salt",
        "issued": {"date-parts": [[f"20{10 + n}", 5]]},
        "DOI": f"10.1000/salt.{n}",
    }


def csl(*numbers: int) -> str:
    """A citation of entries in JSON."""
    items = [{"id": n, "uris": [f"http://zotero.example/{n}"], "itemData": item(n)} for n in numbers]
    return json.dumps({"citationID": "a", "citationItems": items, "schema": "csl"})


def zotero(result: str, *numbers: int) -> str:
    """A citation by Zotero."""
    return field(f" ADDIN ZOTERO_ITEM CSL_CITATION {csl(*numbers)} ", result)


def mendeley(result: str, *numbers: int) -> str:
    """A citation by Mendeley Cite."""
    return control("MENDELEY_CITATION_v3_" + base64.b64encode(csl(*numbers).encode()).decode().rstrip("="), result)


def desktop(result: str, *numbers: int) -> str:
    """A citation by Mendeley Desktop."""
    return field(f"ADDIN CSL_CITATION {csl(*numbers)}", result)


def records(*numbers: int) -> str:
    """EndNote's records of entries."""
    style = '<style face="normal">{}</style>'
    return (
        "<EndNote>"
        + "".join(
            f"<Cite><Author>{NAMES[n - 1]}</Author><Year>20{10 + n}</Year><RecNum>{n}</RecNum><record><foreign-keys>"
            f'<key app="EN" db-id="x">{n}</key></foreign-keys><ref-type name="Journal Article">17</ref-type>'
            f"<contributors><authors><author>{style.format(NAMES[n - 1] + ', Anna')}</author></authors></contributors>"
            "<titles><title>"
            f"{style.format(f'Grains of kind {n}')}</title><secondary-title>Journal of Salt</secondary-title></titles>"
            f"<dates><year>20{10 + n}</year></dates>"
            f"<electronic-resource-num>10.1000/salt.{n}</electronic-resource-num></record></Cite>"
            for n in numbers
        )
        + "</EndNote>"
    )


def endnote(result: str, *numbers: int) -> str:
    """A citation by EndNote, its records in the code."""
    return field(f" ADDIN EN.CITE {records(*numbers)}", result)


def endnote_data(result: str, *numbers: int) -> str:
    """A citation by EndNote, its records in the data of a field within the code."""
    data = base64.b64encode(records(*numbers).encode() + b"\0").decode()
    inner = (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:fldData>{data}</w:fldData></w:fldChar></w:r>'
        f"<w:r><w:instrText> ADDIN EN.CITE.DATA </w:instrText></w:r>{END}"
    )
    outer = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> ADDIN EN.CITE </w:instrText></w:r>'
    return f'{outer}{inner}<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}{END}'


def packed(body: str, more: dict[str, str] | None = None, relations: str = "") -> bytes:
    """A .docx file with this body. `more`: other parts by name."""
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{_OFFICE}">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": STYLES,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_RELATIONS}">'
        f'<Relationship Id="r1" Type="{_OFFICE}/styles"'
        f' Target="styles.xml"/>{relations}</Relationships>',
        **(more or {}),
    }
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def related(kind: str, target: str) -> str:
    """A relation of the text to another part."""
    return f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def read_body(body: str, more: dict[str, str] | None = None, relations: str = "") -> Document:
    """Read a document with this body."""
    return read_bytes(packed(body, more, relations))


def read_bytes(data: bytes) -> Document:
    """Read a .docx file."""
    return read_docx(data, source_of("salt.docx", data))
