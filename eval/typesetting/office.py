"""Set an article with a word processor: a flat OpenDocument file, printed by LibreOffice."""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.typesetting.article import Article, Block
from eval.typesetting.runs import Run, Runs

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in (("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"))
) + (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text"'
)


@dataclass(frozen=True)
class OfficeLayout:
    """How LibreOffice sets an article: font, size in points, columns, lines' height, label of entries ("" for names)."""

    font: str = "Liberation Serif"
    size: float = 10
    columns: int = 1
    height: int = 110
    label: str = "{}."
    heading: str = "References"
    hanging: float = 6
    gap: float = 0

    def typeset(self, article: Article, is_linked: bool, out: Path) -> None:
        """Write the PDF of an article. Raises RuntimeError with the program's own words if there is none."""
        with TemporaryDirectory() as folder:
            page, made = Path(folder) / "a.fodt", Path(folder) / "a.pdf"
            page.write_text(document(article, self, is_linked), encoding="utf-8")
            profile = (Path(folder) / "profile").as_uri()
            command = [
                "soffice",
                "--headless",
                f"-env:UserInstallation={profile}",
                "--convert-to",
                "pdf",
                "--outdir",
                folder,
                str(page),
            ]
            done = subprocess.run(command, capture_output=True, timeout=180, check=False)
            if not made.exists():
                raise RuntimeError(done.stderr.decode("utf-8", "replace")[-1000:])
            out.write_bytes(made.read_bytes())


def document(article: Article, layout: OfficeLayout, is_linked: bool) -> str:
    """Return the flat OpenDocument file of an article."""
    front = article.front
    writer = _Writer(layout, is_linked)
    authors = ", ".join(
        f'{_safe(g)} {_safe(f)}<text:span text:style-name="S5e">{_safe(n)}</text:span>' for g, f, n in front.authors
    )
    places = "".join(
        f'<text:p text:style-name="Small">{i}. {_safe(text)}</text:p>' for i, text in enumerate(front.affiliations, 1)
    )
    dates = "; ".join(f"{kind.capitalize()}: {when}" for kind, when in front.dates if kind in ("received", "accepted"))
    body = f"""<text:p text:style-name="Banner">{_safe(front.kind)}</text:p><text:p text:style-name="Title">{writer.runs(front.title)}</text:p>
<text:p text:style-name="Flush">{authors}</text:p>{places}<text:p text:style-name="Small">E-mail: {_safe(front.mail)}. {_safe(dates)}</text:p>
<text:h text:style-name="H1" text:outline-level="1">Abstract</text:h>{writer.blocks(article.abstract)}
<text:p text:style-name="Flush">Keywords: {_safe(", ".join(front.keywords))}</text:p>
<text:section text:style-name="Columns" text:name="Text">{writer.blocks([*article.body, *article.back])}
<text:h text:style-name="H1" text:outline-level="1">{layout.heading}</text:h>{writer.entries(article.entries)}</text:section>"""
    head = f"{_safe(front.journal)} {front.volume} ({front.year})"
    foot = f"doi:{_safe(front.doi)} <text:page-number/>"
    return f'<?xml version="1.0" encoding="UTF-8"?><office:document {_SPACES}>{_styles(layout)}{_masters(head, foot, layout.columns)}<office:body><office:text>{body}</office:text></office:body></office:document>'


def _styles(layout: OfficeLayout) -> str:
    def paragraph(name: str, size: float, more: str = "", bold: str = "") -> str:
        weight = ' fo:font-weight="bold"' if bold else ""
        return (
            f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties fo:line-height="{layout.height}%" {more}/>'
            f'<style:text-properties style:font-name="{layout.font}" fo:font-family="{layout.font}" fo:font-size="{size}pt" fo:language="en" fo:country="US"{weight}/></style:style>'
        )

    size = layout.size
    return (
        "<office:styles>"
        + "".join(
            [
                paragraph("Body", size, 'fo:text-align="justify" fo:text-indent="4mm"'),
                paragraph("Flush", size, 'fo:margin-bottom="2mm"'),
                paragraph("Small", size - 1.5),
                paragraph("Banner", size, 'fo:margin-bottom="3mm"', "b"),
                paragraph("Title", size + 7, 'fo:margin-bottom="3mm"', "b"),
                paragraph("H1", size + 2, 'fo:margin-top="3mm" fo:margin-bottom="1mm" fo:keep-with-next="always"', "b"),
                paragraph("H2", size + 1, 'fo:margin-top="2mm" fo:margin-bottom="1mm" fo:keep-with-next="always"', "b"),
                paragraph("Caption", size - 1.5, 'fo:margin-top="2mm" fo:margin-bottom="2mm"'),
                paragraph("Cell", size - 2),
                paragraph(
                    "Entry",
                    size - 1,
                    f'fo:margin-left="{layout.hanging}mm" fo:text-indent="-{layout.hanging}mm" fo:margin-bottom="{layout.gap}mm"',
                ),
            ]
        )
        + "</office:styles>"
    )


def _masters(head: str, foot: str, count: int) -> str:
    looks = {
        "i": 'fo:font-style="italic"',
        "b": 'fo:font-weight="bold"',
        "^": 'style:text-position="super 62%"',
        "_": 'style:text-position="sub 62%"',
    }
    spans = "".join(
        f'<style:style style:name="{_span(styles)}" style:family="text"><style:text-properties {" ".join(looks[c] for c in styles)}/></style:style>'
        for styles in ("i", "b", "^", "_", "ib", "i^", "i_", "b^", "b_")
    )
    return f"""<office:automatic-styles>{spans}<style:style style:name="Columns" style:family="section"><style:section-properties><style:columns fo:column-count="{count}" fo:column-gap="7mm"/></style:section-properties></style:style>
<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin="18mm"/>
<style:header-style><style:header-footer-properties fo:min-height="8mm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="8mm"/></style:footer-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page"><style:header><text:p text:style-name="Small">{head}</text:p></style:header><style:footer><text:p text:style-name="Small">{foot}</text:p></style:footer></style:master-page></office:master-styles>"""


def _span(styles: str) -> str:
    return "S" + "".join(f"{ord(c):x}" for c in sorted(styles))


def _safe(text: str) -> str:
    return escape(re.sub(r"[\x00-\x08\x0b-\x1f]", "", text))


class _Writer:
    def __init__(self, layout: OfficeLayout, is_linked: bool) -> None:
        self._layout, self._is_linked = layout, is_linked

    def runs(self, runs: Runs) -> str:
        return "".join(map(self._run, runs))

    def _run(self, run: Run) -> str:
        text = _safe(run.text)
        text = f"<text:s/>{text[1:]}" if text.startswith(" ") else text
        text = f"{text[:-1]}<text:s/>" if text.endswith(" ") else text
        if self._is_linked and (run.place or run.link):
            text = f'<text:a xlink:type="simple" xlink:href="{escape(run.link) if run.link else f"#B{run.place}"}">{text}</text:a>'
        styles = "".join(dict.fromkeys(sorted(run.styles)))[:2]
        known = (
            styles
            if _span(styles) in {_span(s) for s in ("i", "b", "^", "_", "ib", "i^", "i_", "b^", "b_")}
            else styles[:1]
        )
        return f'<text:span text:style-name="{_span(known)}">{text}</text:span>' if known else text

    def blocks(self, blocks: Sequence[Block]) -> str:
        return "\n".join(map(self._block, blocks))

    def _block(self, block: Block) -> str:
        text = self.runs(block.runs)
        if block.kind == "h":
            level = min(block.level, 2)
            return f'<text:h text:style-name="H{level}" text:outline-level="{level}">{text}</text:h>'
        if block.kind == "fig":
            return f'<text:p text:style-name="Caption">{_safe(block.label)}. {text}</text:p>'
        if block.kind == "table" and block.rows:
            rows = "".join(
                f"<table:table-row>{''.join(self._cell(cell) for cell in row)}</table:table-row>" for row in block.rows
            )
            columns = f'<table:table-column table:number-columns-repeated="{len(block.rows[0])}"/>'
            foot = f'<text:p text:style-name="Cell">{self.runs(block.foot)}</text:p>' if block.foot else ""
            return f'<text:p text:style-name="Caption">{_safe(block.label)}. {text}</text:p><table:table>{columns}{rows}</table:table>{foot}'
        return f'<text:p text:style-name="Body">{"• " if block.kind == "li" else ""}{text}</text:p>'

    def _cell(self, cell: Runs) -> str:
        return f'<table:table-cell><text:p text:style-name="Cell">{self.runs(cell)}</text:p></table:table-cell>'

    def entries(self, entries: Sequence[Runs]) -> str:
        label = self._layout.label
        return "\n".join(
            f'<text:p text:style-name="Entry"><text:bookmark text:name="B{i}"/>{label.format(i) + " " if label else ""}{self.runs(runs)}</text:p>'
            for i, runs in enumerate(entries, 1)
        )
