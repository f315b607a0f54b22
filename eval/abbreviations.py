"""How well abbreviations are found: `python -m eval.abbreviations FILE`.

`eval/reading/abbreviations.py` describes the format of FILE.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from eval.reading.abbreviations import Score, load, score
from evqa.errors import InputError


def line(name: str, result: Score) -> str:
    """One line of the printed table."""
    return (
        f"{name:12} precision {result.precision:.3f}  recall {result.recall:.3f}  F1 {result.f1:.3f}"
        f"  ({result.right} right, {result.found} found, {result.true} true)"
    )


def main(arguments: Sequence[str]) -> int:
    """Print precision, recall and F1 for the first half of the file, the second, and both."""
    if len(arguments) != 1:
        print("usage: python -m eval.abbreviations FILE", file=sys.stderr)
        return 2
    try:
        abstracts = load(Path(arguments[0]))
    except InputError as error:
        print(error, file=sys.stderr)
        return 4
    half = (len(abstracts) + 1) // 2
    for name, part in (("first half", abstracts[:half]), ("second half", abstracts[half:]), ("all", abstracts)):
        print(line(name, score(part)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
