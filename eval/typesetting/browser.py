"""Set an article with a browser: HTML and style sheets for print."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.typesetting.article import Article, Block
from eval.typesetting.runs import Run, Runs

_TAGS = {"i": "i", "b": "b", "^": "sup", "_": "sub"}
_STYLE = """
@page { size: A4; margin: 22mm 18mm; @top-left { content: "HEAD"; font: 8pt serif } @top-right { content: "JOURNAL"; font: 8pt serif }
 @bottom-left { content: "FOOT"; font: 8pt serif } @bottom-right { content: counter(page); font: 8pt serif } }
body { margin: 0; font: 9.5pt/1.3 serif; text-align: justify } p { margin: 0; text-indent: 1.2em } h1 { font-size: 18pt; text-align: left }
h2 { font-size: 12pt } h3 { font-size: 10.5pt } h4 { font-size: 9.5pt; font-style: italic } .banner { font: bold 9pt sans-serif; letter-spacing: 1px }
.abstract { border: 1px solid #888; padding: 6pt; margin: 8pt 0 } .abstract p { text-indent: 0 } .small { font-size: 8pt; text-align: left; text-indent: 0 }
table { border-collapse: collapse; font-size: 7.5pt; width: 100%; text-align: left } td, th { padding: 2pt 3pt; vertical-align: top }
thead { border-top: 1px solid; border-bottom: 1px solid } tbody { border-bottom: 1px solid } .float { margin: 8pt 0; break-inside: avoid }
.float p { text-indent: 0; font-size: 8pt } .figure { border: 1px solid; height: 40mm; font: 7pt sans-serif; padding: 3mm }
.refs { font-size: 8pt; text-align: left } a { color: #1a4e9f; text-decoration: none } sup, sub { line-height: 0; font-size: 70% }
"""


@dataclass(frozen=True)
class BrowserLayout:
    """How a browser sets an article: style sheet behind the common one, kind of list, heading of the bibliography."""

    style: str
    numbered: bool = True
    label: str = "{}."
    heading: str = "References"

    def typeset(self, article: Article, is_linked: bool, out: Path) -> None:
        """Write the PDF of an article. Raises RuntimeError with the browser's own words if there is none."""
        with TemporaryDirectory() as folder:
            page, made = Path(folder) / "a.html", Path(folder) / "a.pdf"
            page.write_text(html(article, self, is_linked), encoding="utf-8")
            command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
            command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={made}", page.as_uri()]
            done = subprocess.run(command, capture_output=True, timeout=120, check=False)
            if not made.exists():
                raise RuntimeError(done.stderr.decode("utf-8", "replace")[-1000:])
            out.write_bytes(made.read_bytes())


def html(article: Article, layout: BrowserLayout, is_linked: bool) -> str:
    """Return the page of an article."""
    front = article.front
    head = f"{front.authors[0][1] if front.authors else ''} et al."
    names = {
        "HEAD": head,
        "JOURNAL": f"{front.journal} {front.year}; {front.volume}",
        "FOOT": f"https://doi.org/{front.doi}",
    }
    style = _STYLE + layout.style
    for name, text in names.items():
        style = style.replace(f'"{name}"', '"' + text.replace('"', "'") + '"')
    writer = _Writer(layout, is_linked)
    authors = ", ".join(f"{escape(g)} {escape(f)}<sup>{escape(n)}</sup>" for g, f, n in front.authors)
    places = "<br>".join(f"<sup>{i}</sup> {escape(text)}" for i, text in enumerate(front.affiliations, 1))
    dates = " | ".join(f"{kind.capitalize()} {when}" for kind, when in front.dates if kind in ("received", "accepted"))
    top = f"""<div class=banner>{escape(front.kind.upper())} &nbsp; OPEN ACCESS</div><h1>{writer.runs(front.title)}</h1><p class=small>{authors}</p>
<p class=small>{places}</p><p class=small>Correspondence: {escape(front.mail)}<br>{escape(dates)}</p>
<div class=abstract><b>ABSTRACT</b>{writer.blocks(article.abstract)}</div><p class=small><b>Keywords:</b> {escape(", ".join(front.keywords))}</p>"""
    text = writer.blocks([*article.body, *article.back])
    return f"""<!doctype html><html lang=en><meta charset=utf-8><title>{escape("".join(r.text for r in front.title))}</title><style>{style}</style>
<body>{top}<div class=text>{text}<h2>{escape(layout.heading)}</h2><div class=refs>{writer.entries(article.entries)}</div></div></body></html>"""


class _Writer:
    def __init__(self, layout: BrowserLayout, is_linked: bool) -> None:
        self._layout, self._is_linked = layout, is_linked

    def runs(self, runs: Runs) -> str:
        return "".join(map(self._run, runs))

    def _run(self, run: Run) -> str:
        text = escape(run.text)
        if self._is_linked and (run.place or run.link):
            text = f'<a href="{escape(run.link) if run.link else f"#B{run.place}"}">{text}</a>'
        for style in run.styles:
            text = f"<{_TAGS[style]}>{text}</{_TAGS[style]}>"
        return text

    def blocks(self, blocks: Sequence[Block]) -> str:
        return "\n".join(map(self._block, blocks))

    def _block(self, block: Block) -> str:
        text = self.runs(block.runs)
        if block.kind == "h":
            level = min(block.level, 3) + 1
            return f"<h{level}>{text}</h{level}>"
        if block.kind == "fig":
            box = "<div class=figure>A &nbsp;&nbsp; Control &nbsp;&nbsp; Treated<br><br>0 10 20 30 Time (h)</div>"
            return f"<div class=float>{box}<p><b>{escape(block.label)}</b> {text}</p></div>"
        if block.kind == "table":
            rows = ["<tr>" + "".join(f"<td>{self.runs(cell)}</td>" for cell in row) + "</tr>" for row in block.rows]
            head, body = "".join(rows[: block.heads]), "".join(rows[block.heads :])
            table = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
            return f"<div class=float style='break-inside:auto'><p><b>{escape(block.label)}</b> {text}</p>{table}<p>{self.runs(block.foot)}</p></div>"
        if block.kind == "li":
            return f"<p>• {text}</p>"
        return f"<p>{text}</p>"

    def entries(self, entries: Sequence[Runs]) -> str:
        made = []
        for i, runs in enumerate(entries, 1):
            label = f"<span class=label>{self._layout.label.format(i)}</span> " if self._layout.numbered else ""
            made.append(f"<div class=entry id=B{i}>{label}{self.runs(runs)}</div>")
        return "\n".join(made)
