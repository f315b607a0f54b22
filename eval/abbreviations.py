"""`python -m eval.abbreviations FILE`: measure how well abbreviations are found.

`eval/reading/abbreviations.py` describes the format of FILE.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from eval.command_line import exit_code, parser_for
from eval.reading.abbreviations import Score, load, score


def line(name: str, result: Score) -> str:
    """One line of the printed table."""
    return (
        f"{name:12} precision {result.precision:.3f}  recall {result.recall:.3f}  F1 {result.f1:.3f}"
        f"  ({result.right} right, {result.found} found, {result.true} true)"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print precision, recall and F1 for the first half of the file, the second half, and the whole file."""
    parser = parser_for("abbreviations", __doc__)
    parser.add_argument("file", type=Path, metavar="FILE", help="annotated abstracts")
    arguments = parser.parse_args(argv)
    return exit_code(lambda: _print_scores(arguments.file), failed=4)


def _print_scores(file: Path) -> None:
    abstracts = load(file)
    half = (len(abstracts) + 1) // 2
    for name, part in (("first half", abstracts[:half]), ("second half", abstracts[half:]), ("all", abstracts)):
        print(line(name, score(part)))


if __name__ == "__main__":
    sys.exit(main())
