"""`python -m eval.characters MANIFEST_DIR`: measure which special characters of articles survive in PDFs, by kind.

MANIFEST_DIR is as for `eval.readers`. Greek, signs, accents, ligatures, superscripts, subscripts and formulas of the
XML's paragraphs are looked up in what the reader makes of the PDF, or of the XML itself with `--format xml`
(`eval/reading/characters.py`).
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.command_line import exit_code, parser_for, say
from eval.reading.characters import KINDS, Survival, is_number, specials, survivals
from eval.reading.manifest import choose, load_manifest
from evqa.errors import InputError
from ingest.reader import read

LOSSES = 40


def measured(folder: Path, only: Sequence[str], file_format: str) -> Iterator[Survival]:
    """Yield what became of each special stretch of the articles in a folder. Raises InputError if there are none."""
    rows, problems = load_manifest(folder)
    for problem in problems:
        say(problem)
    paths = [(row, row.xml if file_format == "xml" else row.pdf) for row in choose(rows, only)]
    files = [(row, path) for row, path in paths if path]
    if not files:
        raise InputError(folder, f"nothing to measure as {file_format}", "name other articles")
    for row, path in files:
        try:
            document = read(path)
        except InputError as error:
            say(str(error))
            continue
        yield from survivals(specials(row.xml), document)
        say(f"PMC{row.pmc}")


def table(found: Sequence[Survival]) -> Iterator[str]:
    """Yield a line for each kind: stretches, those whose surroundings are found, and the share of these that is kept.

    For superscripts that hold numbers also the share still raised, and how many were taken for citation markers.
    """
    yield f"{'kind':12} {'stretches':>9} {'found':>7} {'kept':>7} {'raised':>7} {'markers':>7}"
    for kind in KINDS:
        own = [one for one in found if one.special.kind == kind]
        near = [one for one in own if one.outcome != "unfound"]
        kept = [one for one in near if one.outcome == "kept"]
        numbers = [one for one in kept if kind == "superscript" and is_number(one.special.text)]
        shares = (_share(len(kept), len(near)), _share(sum(one.is_raised for one in numbers), len(numbers)))
        markers = str(sum(one.is_marker for one in near)) if kind == "superscript" else "–"
        yield f"{kind:12} {len(own):9} {len(near):7} {shares[0]:>7} {shares[1]:>7} {markers:>7}"


def losses(found: Sequence[Survival]) -> Iterator[str]:
    """Yield the most frequent losses: how often, kind, what the XML has and what was read."""
    lost = Counter((one.special.kind, one.special.text, one.found) for one in found if one.outcome == "lost")
    for (kind, true, read_as), times in lost.most_common(LOSSES):
        yield f"{times:5} {kind:12} {' '.join(true.split())!r:.40} → {read_as!r:.60}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.4f}" if whole else "–"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table: exit code 0, or 4 if nothing can be measured."""
    parser = parser_for("characters", __doc__)
    parser.add_argument("folder", type=Path, metavar="MANIFEST_DIR", help="folder with manifest.tsv and the files")
    parser.add_argument("--only", nargs="+", default=[], metavar="PMCID", help="measure only these articles")
    parser.add_argument("--format", choices=("pdf", "xml"), default="pdf", help="what is read (default: %(default)s)")
    parser.add_argument("--losses", action="store_true", help="list the most frequent losses too")
    options = parser.parse_args(argv)
    return exit_code(lambda: _print(options), failed=4, misused=4)


def _print(options: argparse.Namespace) -> None:
    found = list(measured(options.folder, options.only, options.format))
    print("\n".join([*table(found), *(losses(found) if options.losses else ())]))


if __name__ == "__main__":
    sys.exit(main())
