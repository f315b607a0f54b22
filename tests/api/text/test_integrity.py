"""The integrity report in words."""

from api.text.integrity import defects, integrity_text
from evqa.model import Integrity, Unreadable

SOUND = Integrity(references=90, contiguous=True, citations=118)


def test_every_finding_is_reported(unsound: Integrity) -> None:
    """Missing and repeated numbers, unresolved markers with place and reason, and all remarks are told."""
    text = integrity_text(unsound, 100)
    for finding in (
        "references: 87; missing: 17–19; given twice: 4",
        "statement–reference pairs: 118; 1 marker unresolved",
        "unresolved: (97) at character 12: the list ends at 90",
        "never cited: 54",
        "without DOI: 1–2",
        "note: two headings are numbered 3",
    ):
        assert finding in text


def test_a_sound_document_is_short() -> None:
    """A sound document has two lines."""
    assert integrity_text(SOUND, 100) == (
        "  references: 90; numbered without a gap\n  statement–reference pairs: 118; every marker resolved"
    )


def test_a_document_without_references() -> None:
    """No bibliography and no marker is said, not praised."""
    text = integrity_text(Integrity(references=0, contiguous=True, citations=0), 100)
    assert text == "  references: none found\n  statement–reference pairs: 0"


def test_defects_on_one_line(unsound: Integrity) -> None:
    """What makes a document unsound is named with its numbers; a sound one has nothing to name."""
    assert defects(unsound) == (
        "no entry for reference 17–19; number 4 given to more than one entry; unresolved markers (97)"
    )
    assert defects(SOUND) == ""
    markers = tuple(unsound.unresolved[0].model_copy(update={"marker": f"({n})"}) for n in (91, 92, 92, 93, 94, 95))
    assert defects(SOUND.model_copy(update={"unresolved": markers})) == "unresolved markers (91), (92), (93) and 2 more"
    assert defects(Integrity(references=3, contiguous=False, citations=0)).startswith("the numbering")


def test_works_printed_twice_are_paired() -> None:
    """Each pair of numbers of one work is named; the document is still sound."""
    integrity = Integrity(references=9, contiguous=True, citations=9, duplicate_entries=((2, 7), (3, 4)))
    assert "  the same work twice: 2 and 7, 3 and 4" in integrity_text(integrity, 100).splitlines()
    assert defects(integrity) == ""


def test_lost_characters_are_counted() -> None:
    """Characters that the file doesn't tell are counted with their pages, or with their places where it has none."""
    lost = tuple(Unreadable(start=at, end=at + 2, page=page) for at, page in ((5, 2), (90, 3), (95, 3), (99, 3)))
    paged = SOUND.model_copy(update={"unreadable": lost})
    assert "characters that the file doesn't tell: 8, on pages 2–3" in integrity_text(paged, 100)
    bare = SOUND.model_copy(update={"unreadable": tuple(each.model_copy(update={"page": None}) for each in lost)})
    assert "characters that the file doesn't tell: 8, at character 5, 90, 95, …" in integrity_text(bare, 100)
