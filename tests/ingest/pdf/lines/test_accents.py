"""Accents that stand alone in a file."""

import pytest

from ingest.pdf.file.extract import Run
from ingest.pdf.lines.accents import with_accents
from tests.ingest.pdf.printed import run


def over(word: str, at: int, accent: str) -> Run:
    """An accent over a letter of a word at (50, 700), five points a letter."""
    return Run(accent, 50 + 5 * at, 55 + 5 * at, 702, 10)


@pytest.mark.parametrize(
    ("word", "at", "accent", "made"),
    [("Srodowiska", 0, "´", "Środowiska"), ("Inzynieria", 2, "˙", "Inżynieria"), ("Muller", 1, "¨", "Müller")],
)
def test_an_accent_is_put_over_its_letter(word: str, at: int, accent: str, made: str) -> None:
    """The letter is the one below the accent, before or after it in the file."""
    letters, mark = run(word), over(word, at, accent)
    assert [r.text for r in with_accents([letters, mark])] == [made]
    assert [r.text for r in with_accents([mark, letters])] == [made]


def test_an_accent_without_its_letter_is_dropped() -> None:
    """Over a letter that can't have it an accent is dropped; alone on the page it stays."""
    assert [r.text for r in with_accents([run("xxxxxxxxxx"), over("x", 4, "˝")])] == ["xxxxxxxxxx"]
    far = Run("´", 400, 405, 300, 10)
    assert list(with_accents([run("word"), far])) == [run("word"), far]
