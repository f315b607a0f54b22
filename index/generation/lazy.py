"""Passages of which only what ranking needs is in memory."""

from collections.abc import Iterator
from typing import Any, Protocol

from evqa.model import Home, Passage, PassageKind

LABELLED: frozenset[PassageKind] = frozenset({"table_row", "caption"})


class PassageRows(Protocol):
    """Stored passages by row. Every method but `read` answers from memory."""

    def id_of(self, row: int) -> str:
        """The id of a passage."""

    def kind_of(self, row: int) -> PassageKind:
        """The kind of a passage."""

    def document_of(self, row: int) -> Home:
        """The document that a passage belongs to."""

    def place_of(self, row: int) -> tuple[int, int]:
        """The start and end of a passage in its document."""

    def label_of(self, row: int) -> str | None:
        """The table or figure that a table row or caption belongs to."""

    def entry_of(self, row: int) -> tuple[int, ...]:
        """The numbers of a bibliography entry."""

    def is_citing(self, row: int) -> bool:
        """Whether a passage prints a reference number or has one carried to it."""

    def read(self, row: int) -> Passage:
        """The whole passage."""


class LazyPassage:
    """Stands for a `Passage`. Its text and most other fields are read when first used.

    A question ranks hundreds of candidates and shows a few; reading them all takes longer than ranking them.
    """

    __slots__ = ("_row", "_rows", "_whole", "document", "end", "id", "kind", "start")

    def __init__(self, rows: PassageRows, row: int) -> None:
        self._rows = rows
        self._row = row
        self._whole: Passage | None = None
        # Looked up once, because ranking uses each several times.
        self.id = rows.id_of(row)
        self.kind = rows.kind_of(row)
        self.document = rows.document_of(row)
        self.start, self.end = rows.place_of(row)

    @property
    def label(self) -> str | None:
        """See Passage."""
        return self._rows.label_of(self._row) if self.kind in LABELLED else self.whole.label

    @property
    def references(self) -> tuple[int, ...]:
        """See Passage."""
        return self._rows.entry_of(self._row) if self.kind == "reference" else self.whole.references

    @property
    def is_citing(self) -> bool:
        """See Passage."""
        return self._rows.is_citing(self._row)

    @property
    def whole(self) -> Passage:
        """The whole passage."""
        if self._whole is None:
            self._whole = self._rows.read(self._row)
        return self._whole

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.whole)

    def __eq__(self, other: object) -> bool:
        # Ids come from content, so nothing need be read: the corpus may be closed already.
        return self.id == other.id if isinstance(other, LazyPassage) else self.whole == other

    def __hash__(self) -> int:
        return hash(self.whole)

    def __repr__(self) -> str:
        return repr(self.whole)
