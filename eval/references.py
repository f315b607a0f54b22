"""How well printed entries are parsed, by style: every paper that the XML articles cite, printed in each and parsed.

The truth are the fields that the XML marks up; the printed form is ours (eval.reading.styles), so that the truth can't
leak into it but by the style's own punctuation.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from eval.reading.styles import STYLES, Style, printed
from evqa.errors import InputError
from evqa.language.words import squeeze
from evqa.model import Reference
from ingest.entries.csl import reference
from ingest.markup.styled import Styled
from ingest.reader import READERS, source_of

ALIKE = 0.9
FIELDS = ("title", "container", "year", "volume", "page", "first", "authors", "DOI")
Right = Mapping[str, bool]


def papers(folder: Path) -> list[Reference]:
    """The cited papers of all XML articles of a folder that have every field that a style prints.

    Raises InputError where an article can't be read.
    """
    found: list[Reference] = []
    for path in sorted(folder.glob("*.xml")):
        data = path.read_bytes()
        found += [entry for entry in READERS[".xml"](data, source_of(path.name, data)).references if is_whole(entry)]
    return found


def is_whole(entry: Reference) -> bool:
    """Whether an entry tells all that a style prints of a paper."""
    has_all = entry.title and entry.container_title and entry.volume and entry.page and entry.year and entry.author
    return bool(has_all) and entry.type == "article-journal" and all(n.given or n.literal for n in entry.author)


def right(true: Reference, style: Style) -> Right:
    """Which fields are parsed as they are; DOI only where the style prints it."""
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
    return [squeeze(name.family or name.literal or "") for name in entry.author]


def _is_alike(true: str | None, found: str | None) -> bool:
    return Levenshtein.normalized_similarity(squeeze(true or ""), squeeze(found or "")) >= ALIKE


def table(entries: Sequence[Reference]) -> Iterable[str]:
    """A line a style, the share of entries right by field."""
    yield f"{'style':40} {'n':>6} " + " ".join(f"{field:>9}" for field in FIELDS)
    for name, style in STYLES.items():
        yield _row(name, [right(entry, style) for entry in entries])


def _row(name: str, marks: Sequence[Right]) -> str:
    of: Counter[str] = Counter()
    got: dict[str, int] = defaultdict(int)
    for mark in marks:
        of.update(mark.keys())
        for field, is_right in mark.items():
            got[field] += is_right
    shares = " ".join(f"{got[field] / of[field]:9.3f}" if of[field] else f"{'–':>9}" for field in FIELDS)
    return f"{name:40} {len(marks):6} {shares}"


def main(arguments: Sequence[str]) -> int:
    """Print the table for a folder of XML articles."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m eval.references FOLDER (of JATS XML articles)", file=sys.stderr)
        return 2
    try:
        entries = papers(Path(arguments[0]))
    except InputError as error:
        print(error, file=sys.stderr)
        return 4
    for line in table(entries):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
