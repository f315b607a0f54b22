"""Passages read when they are asked for."""

from dataclasses import dataclass, field

from evqa.model import Home, Passage, PassageKind
from index.generation.lazy import LazyPassage
from tests.index.documents import document, passages


@dataclass
class Listed:
    """A shelf of passages in memory that counts how often it is read."""

    passages: list[Passage]
    read_rows: list[int] = field(default_factory=list)

    def id_of(self, row: int) -> str:
        """See Shelf."""
        return self.passages[row].id

    def kind_of(self, row: int) -> PassageKind:
        """See Shelf."""
        return self.passages[row].kind

    def document_of(self, row: int) -> Home:
        """See Shelf."""
        return self.passages[row].document

    def place_of(self, row: int) -> tuple[int, int]:
        """See Shelf."""
        return self.passages[row].start, self.passages[row].end

    def label_of(self, row: int) -> str | None:
        """See Shelf."""
        return self.passages[row].label

    def entry_of(self, row: int) -> tuple[int, ...]:
        """See Shelf."""
        return self.passages[row].references

    def is_citing(self, row: int) -> bool:
        return self.passages[row].is_citing

    def read(self, row: int) -> Passage:
        """See Shelf."""
        self.read_rows.append(row)
        return self.passages[row]


KINDS: tuple[PassageKind, ...] = ("prose", "reference", "table_row")


def test_what_ranks_is_known_without_reading() -> None:
    """Id, kind, document and place, an entry's number and a row's label are there before the record is read."""
    shelf = Listed(passages(document(), KINDS, ((5,), (2,), ())))
    for row, stored in enumerate(shelf.passages):
        found = LazyPassage(shelf, row)
        known = (found.id, found.kind, found.document, found.start, found.end)
        assert known == (stored.id, stored.kind, stored.document, stored.start, stored.end)
    assert (LazyPassage(shelf, 1).references, LazyPassage(shelf, 2).label) == ((2,), None)
    assert [LazyPassage(shelf, row).is_citing for row in range(3)] == [each.is_citing for each in shelf.passages[:3]]
    assert shelf.read_rows == []


def test_the_rest_is_read_once() -> None:
    """What isn't known comes from the record, which is read once; the two are equal, hash alike and list alike."""
    shelf = Listed(passages(document(), KINDS, ((5,), (2,), ())))
    found, stored = LazyPassage(shelf, 0), shelf.passages[0]
    assert (found.text, found.references, found.label, dict(found)) == (stored.text, (5,), None, dict(stored))
    assert found == stored
    assert found == LazyPassage(shelf, 0)
    assert (hash(found), repr(found)) == (hash(stored), repr(stored))
    assert shelf.read_rows == [0]
