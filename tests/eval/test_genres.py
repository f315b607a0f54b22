"""Genres of articles."""

from pathlib import Path

import pytest

from eval.genres import Genres, Told, by_words, true_genre
from ingest.reader import read
from tests.api.running import MOSS, written

XML = """<article article-type="{kind}"><front><article-meta><article-categories><subj-group><subject>{filed}</subject>
</subj-group></article-categories><title-group><article-title>Moss <italic>{title}</italic></article-title>
</title-group></article-meta></front></article>"""


@pytest.mark.parametrize(
    ("kind", "filed", "title", "genre"),
    [
        ("review-article", "Botany", "on stones", "review"),
        ("case-report", "Ear", "in an ear", "case report"),
        ("research-article", "Study Protocol", "on stones", "protocol"),
        ("research-article", "Botany", "in a randomised trial", "trial"),
        ("brief-report", "Botany", "on stones", "study"),
    ],
)
def test_the_truth_is_what_the_xml_says(tmp_path: Path, kind: str, filed: str, title: str, genre: str) -> None:
    """Type, subjects, and the title for trials."""
    path = written(tmp_path / "a.xml", XML.format(kind=kind, filed=filed, title=title))
    assert true_genre(path) == genre


def test_words_alone_say_it(tmp_path: Path) -> None:
    """Title, abstract and headings."""
    assert by_words(read(written(tmp_path / "moss.md", MOSS))) == "review"


def test_right_ones_are_counted_and_wrong_ones_named() -> None:
    """By form."""
    told = [Told(article="A", form="xml", true="trial", read=read_as) for read_as in ("trial", "study")]
    assert Genres(told=tuple(told)).lines() == ["xml: 1 of 2", "A (xml): trial, read as study"]
