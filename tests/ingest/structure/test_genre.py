"""What kind of article a document is."""

from pathlib import Path

import pytest

from evqa.model import Genre
from ingest.reader import read
from ingest.structure.genre import genre_of, printed_genre
from tests.api.running import MOSS, written

RESEARCH = ("Introduction", "Materials and Methods", "Results", "Discussion", "References")
TALK = ("Introduction", "What moss holds", "Outlook", "References")


@pytest.mark.parametrize(
    ("lines", "genre"),
    [
        (["OPEN ACCESS", "Review Article"], "review"),
        (["MINI REVIEW"], "review"),
        (["Research Article", "Study Protocol Clinical Trial"], "protocol"),
        (["Surgery", "Case Report"], "case report"),
        (["Brief Research Report"], "study"),
        (["Original Research"], "study"),
        (["We review what moss holds.", "Case law", "Trial"], "trial"),
        (["Peer review under responsibility of nobody"], None),
    ],
)
def test_a_printed_line_names_the_genre(lines: list[str], genre: Genre | None) -> None:
    """A line that says nothing else does; a protocol outdoes the research article that it is filed as."""
    assert printed_genre(lines) == genre


@pytest.mark.parametrize(
    ("title", "abstract", "headings", "told", "genre"),
    [
        ("Moss on stones: a systematic review", "", RESEARCH, None, "review"),
        ("Moss on stones", "", TALK, None, "review"),
        ("Moss on stones", "", RESEARCH, None, "study"),
        ("Moss on stones", "Patients were randomly assigned to moss or stones.", RESEARCH, None, "trial"),
        ("Moss on stones", "Samples were randomly divided into groups.", RESEARCH, None, "study"),
        ("Moss for wounds: a phase II trial", "", RESEARCH, "study", "trial"),
        ("Moss for wounds", "Registered as NCT01234567.", ("Background", "Methods", "Discussion"), None, "protocol"),
        ("Moss for wounds: study protocol for a randomised trial", "", RESEARCH, None, "protocol"),
        ("Moss in an ear: a case report", "", TALK, None, "case report"),
        ("Moss in an ear", "", ("Introduction", "Case Presentation", "Discussion"), None, "case report"),
        ("Moss on stones", "", TALK, "study", "study"),
        ("A randomised trial of moss", "", RESEARCH, "review", "review"),
        ("Moss", "", (), None, None),
    ],
)
def test_title_and_structure_tell(
    title: str, abstract: str, headings: tuple[str, ...], told: Genre | None, genre: Genre | None
) -> None:
    """What is told comes first, then the title, then methods and results; what is told a study may be a trial."""
    assert genre_of(title, abstract, headings, told, has_bibliography=True) == genre


def test_a_file_is_read_as_what_it_is(tmp_path: Path) -> None:
    """The reader of a file fills it in."""
    assert read(written(tmp_path / "moss.md", MOSS)).genre == "review"
    trial = MOSS.replace("Moss on stones: a short review", "Moss for wounds: a randomised trial")
    assert read(written(tmp_path / "trial.md", trial)).genre == "trial"
