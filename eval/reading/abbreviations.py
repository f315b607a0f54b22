"""Measure how well abbreviations are found in annotated abstracts.

A file holds abstracts in the format of the BioC/Ab3P corpora: a line with the PMID, lines of text, then one line for
each definition, which is two blanks and "short|long".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evqa.errors import InputError
from evqa.language.abbreviations import find_abbreviations

Pair = tuple[str, str]


@dataclass(frozen=True)
class Abstract:
    """An annotated abstract: its text and the (short, long) pairs that it defines."""

    id: str
    text: str
    pairs: frozenset[Pair]


@dataclass(frozen=True)
class Score:
    """Counts of pairs over a set of abstracts: right ones, found ones, true ones."""

    right: int
    found: int
    true: int

    @property
    def precision(self) -> float:
        """Share of the found pairs that are right; 1 if none was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Share of the true pairs that were found; 1 if there is none."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 1.0


def load(path: Path) -> list[Abstract]:
    """Load the abstracts of a file, in order. Raises InputError if it can't be read or holds none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(path, "can't be read", "give a UTF-8 file of annotated abstracts", str(error)) from error
    starts = [i for i, line in enumerate(lines) if re.fullmatch(r"\d{4,}", line.strip())]
    if not starts:
        raise InputError(path, "holds no abstract", "start each with its PMID on a line of its own")
    return [_abstract(lines[i:j]) for i, j in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _abstract(lines: Sequence[str]) -> Abstract:
    marked = [line for line in lines[1:] if re.match(r"  \S.*\|", line)]
    text = "\n".join(line for line in lines[1:] if line.strip() and line not in marked)
    return Abstract(lines[0].strip(), text, frozenset(_pair(*line.rsplit("|", 1)) for line in marked))


def _pair(short: str, long: str) -> Pair:
    return " ".join(short.split()), " ".join(long.lower().split())


def found_in(text: str) -> frozenset[Pair]:
    """The pairs that evqa finds in a text, with long forms in lower case."""
    return frozenset(_pair(a.short, a.long) for a in find_abbreviations(text))


def score(abstracts: Iterable[Abstract]) -> Score:
    """Count exact matches of (short, long), ignoring case in the long form. A pair counts once an abstract."""
    rows = [(a.pairs, found_in(a.text)) for a in abstracts]
    return Score(sum(len(t & f) for t, f in rows), sum(len(f) for _, f in rows), sum(len(t) for t, _ in rows))
