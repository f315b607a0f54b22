"""Passages read when they are asked for."""

from evqa.model import Passage
from index.lazy import LazyPassage
from tests.index.documents import document, passages


def test_what_ranks_is_known_without_reading() -> None:
    """Id, kind, document, place and label are there before the record is read; the rest comes from it, read once."""
    stored, reads = passages(document())[1], list[str]()

    def read() -> Passage:
        reads.append(stored.id)
        return stored

    known = (stored.id, stored.kind, stored.document, stored.start, stored.end)
    found = LazyPassage(known, read, lambda: "Table 1", lambda: (3,))
    assert (found.id, found.kind, found.document, found.start, found.end, found.label) == (*known, "Table 1")
    assert reads == []
    assert (found.text, found.sentences, dict(found)) == (stored.text, stored.sentences, dict(stored))
    assert found == stored
    assert hash(found) == hash(stored)
    assert reads == [stored.id]


def test_an_entry_knows_its_number() -> None:
    """The number of an entry of the bibliography is known without reading it; any other passage is read for its."""
    entry, prose = passages(document(), ("reference", "prose"), ((2,), (5,)))[:2]

    def lazy(stored: Passage) -> LazyPassage:
        known = (stored.id, stored.kind, stored.document, stored.start, stored.end)
        return LazyPassage(known, lambda: stored, lambda: None, lambda: (2,))

    assert (lazy(entry).references, lazy(prose).references) == ((2,), (5,))
