"""`python -m eval.typeset MANIFEST_DIR OUT`: set articles anew as PDF files by LaTeX, a browser and a word processor.

Each article of MANIFEST_DIR/manifest.tsv is set in some of the layouts of `eval/typesetting/layouts.py`, which ones by
its number. OUT gets the files, the XML that says what they cite, and a manifest.tsv that `eval.readers` reads; its
columns behind `pdf` hold the front matter as printed. Needs pdflatex, chromium or soffice.
"""

import argparse
import csv
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from subprocess import TimeoutExpired

from lxml import etree

from eval.command_line import exit_code, parser_for, say
from eval.reading.manifest import ManifestRow, choose, load_manifest
from eval.typesetting.article import Article, read_article
from eval.typesetting.layouts import LAYOUTS
from eval.typesetting.restyle import restyle

COLUMNS = (
    "pmc",
    "citation_style",
    "xml",
    "pdf",
    "half",
    "layout",
    "links",
    "title",
    "authors",
    "journal",
    "year",
    "doi",
)


def half(pmc: str) -> str:
    """The half of the articles that one belongs to: "a" for building, "b" to be looked at once."""
    return "ab"[_digest(pmc)[-1] % 2]


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def chosen(row: ManifestRow, names: Sequence[str], times: int) -> Iterator[tuple[str, bool]]:
    """Yield the layouts of an article, and whether each links its markers."""
    is_named = row.style == "author-year"
    usable = [n for n in names if (LAYOUTS[n].markers.kind == "author-year") == is_named] if is_named else list(names)
    order = sorted(usable, key=lambda name: _digest(f"{row.pmc} {name}"))
    for name in order[:times]:
        yield name, _digest(f"{name} {row.pmc}")[0] % 3 == 0


def set_article(row: ManifestRow, name: str, is_linked: bool, out: Path) -> dict[str, str]:
    """Set an article in a layout and return its line of the manifest. Raises RuntimeError if it can't be set."""
    layout = LAYOUTS[name]
    root = etree.parse(
        row.xml, etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False)
    ).getroot()
    if row.style != "author-year":
        restyle(root, layout.markers)
    article = read_article(root, layout.entries)
    label = f"{row.pmc}-{name}{'-links' if is_linked else ''}"
    xml, pdf = out / "xml" / f"PMC{label}.xml", out / "pdf" / f"PMC{label}.pdf"
    xml.write_bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
    layout.setter.typeset(article, is_linked, pdf)
    return _line(row, label, name, is_linked, article)


def _line(row: ManifestRow, label: str, name: str, is_linked: bool, article: Article) -> dict[str, str]:
    front = article.front
    authors = "; ".join(f"{family}, {given}" for given, family, _ in front.authors)
    style = row.style if row.style == "author-year" else LAYOUTS[name].markers.kind
    cells = (
        label, style, f"xml/PMC{label}.xml", f"pdf/PMC{label}.pdf", half(row.pmc), name, "yes" if is_linked else "no",
        "".join(r.text for r in front.title), authors, front.journal, front.year, front.doi,
    )  # fmt: skip
    return dict(zip(COLUMNS, (" ".join(cell.split()) for cell in cells), strict=True))


def _parser() -> argparse.ArgumentParser:
    parser = parser_for("typeset", __doc__)
    parser.add_argument("folder", type=Path, metavar="MANIFEST_DIR", help="folder with manifest.tsv and the XML files")
    parser.add_argument("out", type=Path, metavar="OUT", help="folder to write to")
    parser.add_argument("--layout", nargs="+", default=list(LAYOUTS), choices=list(LAYOUTS), help="only these layouts")
    parser.add_argument("--times", type=int, default=2, help="layouts of each article (default: %(default)s)")
    parser.add_argument("--only", nargs="+", default=[], metavar="PMCID", help="set only these articles")
    parser.add_argument("--half", choices=("a", "b"), help="set only the articles of this half")
    return parser


def run(options: argparse.Namespace) -> list[dict[str, str]]:
    """Set the articles that the options name, with progress on stderr, and write the manifest after each."""
    rows, _ = load_manifest(options.folder)
    for name in ("xml", "pdf"):
        (options.out / name).mkdir(parents=True, exist_ok=True)
    made: list[dict[str, str]] = []
    for row in choose(rows, options.only):
        if options.half and half(row.pmc) != options.half:
            continue
        for name, is_linked in chosen(row, options.layout, options.times):
            try:
                made.append(set_article(row, name, is_linked, options.out))
                say(f"{made[-1]['pmc']} set")
            except (RuntimeError, TimeoutExpired) as error:
                say(f"PMC{row.pmc} {name} not set: {str(error)[-300:]}")
            _write(options.out / "manifest.tsv", made)
    return made


def _write(path: Path, made: Sequence[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(
            file, COLUMNS, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, escapechar=None, lineterminator="\n"
        )
        table.writeheader()
        table.writerows(made)


def main(argv: Sequence[str] | None = None) -> int:
    """Set articles: exit code 0, or 4 if none can be set."""
    options = _parser().parse_args(argv)
    return exit_code(lambda: 0 if run(options) else 4, failed=4, misused=4)


if __name__ == "__main__":
    sys.exit(main())
