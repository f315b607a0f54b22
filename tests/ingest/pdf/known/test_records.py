"""Records of what a PDF knows of itself."""

from ingest.pdf.known.records import UNREAD, Known, known_of, unread


def test_nothing_told_is_unread() -> None:
    """If the child process tells nothing, the report says that links, outline and metadata are missing."""
    assert known_of(None) is UNREAD
    (warning,) = unread(UNREAD)
    assert warning.startswith("the file's own links, outline and metadata can't be read")
    assert unread(Known()) == []


def test_failed_parts_are_named() -> None:
    """A part that failed is named, the others are there."""
    told = {"destinations": [["a", 1, None, 2.0]], "outline": [], "metadata": ["", [], [], ""], "failed": ["outline"]}
    known = known_of(told)
    assert known.destinations[0].y == 2.0
    assert unread(known) == ["the file's own outline can't be read: only what is printed counts"]
