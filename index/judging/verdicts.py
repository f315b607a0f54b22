"""Keep the grades that a language model gave, so that the same question has the same answer again, offline too.

The file holds hashes and grades, neither questions nor passages.
"""

from pathlib import Path

from index.disk.kept_texts import MOST, KeptTexts, Place, Warn
from index.judging.grades import GRADES, Grades

FILE = "verdicts.sqlite"
# `grades`: a digit a passage.
PLACE = Place(FILE, "verdict", "grades", "verdicts")


class Verdicts:
    """The verdicts of a home, the newest `most` of them; see `KeptTexts`."""

    def __init__(self, home: Path, warn: Warn, most: int = MOST) -> None:
        self._texts = KeptTexts(home, PLACE, warn, most)

    def get(self, key: str, count: int) -> Grades | None:
        """The grades of so many passages under the key; None if none are kept."""
        text = self._texts.get(key, lambda text: _is_grades(text, count))
        return None if text is None else _grades(text)

    def put(self, key: str, grades: Grades) -> Grades:
        """Keep the grades. Returns those that are kept from now on: the first, if another process was faster."""
        return _grades(self._texts.put(key, "".join(map(str, grades)), lambda text: _is_grades(text, len(grades))))


def _grades(text: str) -> Grades:
    return tuple(map(int, text))


def _is_grades(text: str, count: int) -> bool:
    return len(text) == count and all(digit.isascii() and digit.isdigit() and int(digit) in GRADES for digit in text)
