"""`python -m eval.genres MANIFEST_DIR`: measure whether articles are read as what they are: review, trial and so on.

MANIFEST_DIR holds articles and a manifest.tsv, as `python -m eval.readers` reads it. What an article is comes from its
XML's type, subjects and title. It is compared with what is read of the XML, of its words alone (title, abstract and
headings, without what it is filed as), and of the PDF where there is one.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from eval.command_line import add_json, exit_code, parser_for, print_result
from eval.reading.manifest import ManifestRow, load_manifest
from evqa.model import Document, Genre, Record
from ingest.reader import read
from ingest.structure.genre import genre_of
from ingest.structure.headings import split_heading

HALVES = ("even", "odd")
TYPES: dict[str, Genre] = {"review-article": "review", "case-report": "case report"}
TRIAL = re.compile(r"\btrial\b|randomi[sz]ed|\bphase (?:[1-4]|I)", re.IGNORECASE)


class Told(Record):
    """What one article is, and what it was read as: `form` is "xml", "words" or "pdf"."""

    article: str
    form: str
    true: Genre
    read: Genre | None


class Genres(Record):
    """Every article in every form."""

    told: tuple[Told, ...]

    def lines(self) -> list[str]:
        """How many are right by form, then what isn't."""
        forms = dict.fromkeys(each.form for each in self.told)
        wrong = [each for each in self.told if each.true != each.read]
        counts = Counter(each.form for each in wrong)
        totals = Counter(each.form for each in self.told)
        rights = [f"{form}: {totals[form] - counts[form]} of {totals[form]}" for form in forms]
        return [*rights, *(f"{each.article} ({each.form}): {each.true}, read as {each.read}" for each in wrong)]


def true_genre(xml: Path) -> Genre:
    """What an article is by its XML's type, subjects and title."""
    root = etree.parse(str(xml)).getroot()
    meta = root.find(".//article-meta")
    assert meta is not None
    filed = " | ".join("".join(each.itertext()) for each in meta.iter("subject"))
    title = "".join("".join(each.itertext()) for each in meta.iterfind("title-group/article-title"))
    if "protocol" in f"{filed} {title}".lower():
        return "protocol"
    return TYPES.get(root.get("article-type") or "", "trial" if TRIAL.search(title) else "study")


def by_words(document: Document) -> Genre | None:
    """What title, abstract and headings alone say."""
    texts: dict[str, list[str]] = {"abstract": [], "heading": []}
    for block in document.blocks:
        if block.kind in texts:
            texts[block.kind].append(document.text[block.start : block.end])
    headings = [split_heading(text).words for text in texts["heading"]]
    return genre_of(document.title, "\n".join(texts["abstract"]), headings, None, bool(document.references))


def told_of(row: ManifestRow) -> Iterator[Told]:
    """One article in each form."""
    true, document = true_genre(row.xml), read(row.xml)
    yield Told(article=f"PMC{row.pmc}", form="xml", true=true, read=document.genre)
    yield Told(article=f"PMC{row.pmc}", form="words", true=true, read=by_words(document))
    if row.pdf:
        yield Told(article=f"PMC{row.pmc}", form="pdf", true=true, read=read(row.pdf).genre)


def run(arguments: argparse.Namespace) -> None:
    """Measure and print."""
    rows = sorted(load_manifest(arguments.folder)[0], key=lambda row: row.pmc)
    chosen = rows[HALVES.index(arguments.half) :: 2] if arguments.half else rows
    result = Genres(told=tuple(each for row in chosen for each in told_of(row)))
    print_result(result, result.lines(), arguments.json)


def main() -> int:
    """Run the command."""
    parser = parser_for("genres", __doc__)
    parser.add_argument("folder", metavar="MANIFEST_DIR", type=Path, help="a folder with a manifest.tsv")
    parser.add_argument("--half", choices=HALVES, help="every other article; rules were chosen on the even ones")
    add_json(parser)
    arguments = parser.parse_args()
    return exit_code(lambda: run(arguments))


if __name__ == "__main__":
    sys.exit(main())
