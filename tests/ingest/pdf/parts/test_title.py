"""Where the title stands."""

from ingest.pdf.file.extract import Run
from ingest.pdf.parts.title import title_of
from tests.ingest.pdf.printed import PROSE, block, down, run, set_paragraphs


def title(*runs: Run, later: tuple[Run, ...] = ()) -> str:
    """The title's words; `later` stands on the second page."""
    found = [*set_paragraphs(*runs), *set_paragraphs(*later, number=2)]
    span = title_of(found)
    return " ".join(p.text for p in found[span.start : span.stop])


def test_the_largest_words_are_the_title() -> None:
    """Of the first page's text the largest characters are the title, all their lines."""
    lines = [run("Wool and weather on", y=700, size=18), run("the northern coast", y=678, size=18)]
    assert title(*lines, *block(PROSE, y=600)) == "Wool and weather on the northern coast"


def test_a_logo_is_no_title() -> None:
    """One or two large words, as the journal's name, aren't a title; nor is anything on a later page."""
    named = [run("Wool Annals", y=750, size=24), run("Wool and weather at sea", y=700, size=16)]
    assert title(*named, *block(PROSE, y=600)) == "Wool and weather at sea"
    assert title(*named, later=(run("A larger heading behind it", size=30),)) == "Wool and weather at sea"


def test_parts_of_a_title_set_apart_are_one() -> None:
    """Parts in one size and weight are one title, even with a gap between them, or a short one in front."""
    parts = [run("Wool:", y=740, size=16), run("a history of ewes and rams", y=700, size=16)]
    assert title(*parts, *block(PROSE, y=600)) == "Wool: a history of ewes and rams"


def test_without_words_there_is_no_title() -> None:
    """A page of short scraps has no title; neither has a document without paragraphs."""
    assert title(*down(["ewes", "rams"])) == ""
    assert title_of([]) == range(0)
