"""`python -m eval.references FOLDER`: measure how well printed bibliography entries are parsed, by citation style.

Every paper that the XML articles of the folder cite is printed in every style (`eval/reading/styles.py`) and parsed
again. The fields that the XML marks up are the truth.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from eval.command_line import exit_code, parser_for
from eval.reading.styles import STYLES, Style, printed
from evqa.errors import UsageError
from evqa.language.words import squeeze
from evqa.model import Reference
from ingest.entries.csl import reference
from ingest.markup.styled import Styled
from ingest.reader import READERS, source_of

ALIKE = 0.9
FIELDS = ("title", "container", "year", "volume", "page", "first", "authors", "DOI")
Right = Mapping[str, bool]


def papers(folder: Path) -> list[Reference]:
    """The papers cited by all XML articles of a folder, if they have every field that a style prints.

    Raises InputError if an article can't be read.
    """
    whole: list[Reference] = []
    for path in sorted(folder.glob("*.xml")):
        data = path.read_bytes()
        whole += [entry for entry in READERS[".xml"](data, source_of(path.name, data)).references if is_whole(entry)]
    return whole


def is_whole(entry: Reference) -> bool:
    """Whether an entry has every field that a style prints."""
    has_all = entry.title and entry.container_title and entry.volume and entry.page and entry.year and entry.author
    return bool(has_all) and entry.type == "article-journal" and all(n.given or n.literal for n in entry.author)


def right(true: Reference, style: Style) -> Right:
    """Which fields are parsed rightly; the DOI only if the style prints it."""
    text = printed(true, style)
    found = reference(1, Styled(text))
    marks = {
        "title": _is_alike(true.title, found.title),
        "container": _is_alike(true.container_title, found.container_title),
        "year": true.year == found.year,
        "volume": true.volume == found.volume,
        "page": (true.page or "").split("-")[0] == (found.page or "").split("-")[0],
        "first": _families(true)[0] == (_families(found) or [""])[0],
        "authors": _families(found) == [name for name in _families(true) if name in squeeze(text)][: len(found.author)],
    }
    return {**marks, "DOI": true.DOI == found.DOI} if true.DOI and true.DOI in text else marks


def _families(entry: Reference) -> list[str]:
    return [squeeze(name.surname) for name in entry.author]


def _is_alike(true: str | None, found: str | None) -> bool:
    return Levenshtein.normalized_similarity(squeeze(true or ""), squeeze(found or "")) >= ALIKE


def table(entries: Sequence[Reference]) -> Iterable[str]:
    """One line a style: for each field the share of entries in which it is right."""
    yield f"{'style':40} {'n':>6} " + " ".join(f"{field:>9}" for field in FIELDS)
    for name, style in STYLES.items():
        yield _row(name, [right(entry, style) for entry in entries])


def _row(name: str, marks: Sequence[Right]) -> str:
    total: Counter[str] = Counter()
    rights: Counter[str] = Counter()
    for mark in marks:
        total.update(mark.keys())
        rights.update({field: int(is_right) for field, is_right in mark.items()})
    shares = " ".join(f"{rights[field] / total[field]:9.3f}" if total[field] else f"{'–':>9}" for field in FIELDS)
    return f"{name:40} {len(marks):6} {shares}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table for a folder of XML articles: exit code 0, 2 without a folder, 4 if an article can't be read."""
    parser = parser_for("references", __doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a folder of JATS XML articles")
    arguments = parser.parse_args(argv)
    return exit_code(lambda: _print_table(arguments.folder), failed=4)


def _print_table(folder: Path) -> None:
    if not folder.is_dir():
        raise UsageError(folder, "not a folder", "give a folder of JATS XML articles")
    for line in table(papers(folder)):
        print(line)


if __name__ == "__main__":
    sys.exit(main())
