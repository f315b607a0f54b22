"""Passages of which only what ranks them is in memory."""

from collections.abc import Iterator
from typing import Any, Protocol

from evqa.model import Home, Passage, PassageKind

LABELLED: frozenset[PassageKind] = frozenset({"table_row", "caption"})


class Shelf(Protocol):
    """Where passages lie, row by row; all but `read` answers from memory."""

    def id_of(self, row: int) -> str:
        """Id of a passage."""

    def kind_of(self, row: int) -> PassageKind:
        """Its kind."""

    def document_of(self, row: int) -> Home:
        """The document that it stands in."""

    def place_of(self, row: int) -> tuple[int, int]:
        """Where it starts and ends."""

    def label_of(self, row: int) -> str | None:
        """The table or figure that a row or caption belongs to."""

    def entry_of(self, row: int) -> tuple[int, ...]:
        """The numbers of an entry of the bibliography."""

    def is_citing(self, row: int) -> bool:
        """Whether any number stands in a passage or is carried to it."""

    def read(self, row: int) -> Passage:
        """The passage itself."""


class LazyPassage:
    """Stands for a `Passage`: the text and what else is in its record is read when first asked for.

    Of hundreds of candidates that are ranked, a question shows a few; to read them all takes longer than to rank them.
    """

    __slots__ = ("_row", "_shelf", "_whole", "document", "end", "id", "kind", "start")

    def __init__(self, shelf: Shelf, row: int) -> None:
        self._shelf = shelf
        self._row = row
        self._whole: Passage | None = None
        # Looked up once: each is asked for several times while a question's candidates are ranked.
        self.id = shelf.id_of(row)
        self.kind = shelf.kind_of(row)
        self.document = shelf.document_of(row)
        self.start, self.end = shelf.place_of(row)

    @property
    def label(self) -> str | None:
        """See Passage."""
        return self._shelf.label_of(self._row) if self.kind in LABELLED else self.whole.label

    @property
    def references(self) -> tuple[int, ...]:
        """See Passage."""
        return self._shelf.entry_of(self._row) if self.kind == "reference" else self.whole.references

    @property
    def is_citing(self) -> bool:
        """See Passage."""
        return self._shelf.is_citing(self._row)

    @property
    def whole(self) -> Passage:
        """The passage itself."""
        if self._whole is None:
            self._whole = self._shelf.read(self._row)
        return self._whole

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.whole)

    def __eq__(self, other: object) -> bool:
        # Ids come from content, so two needn't be read, which may be too late when their corpus is closed.
        return self.id == other.id if isinstance(other, LazyPassage) else self.whole == other

    def __hash__(self) -> int:
        return hash(self.whole)

    def __repr__(self) -> str:
        return repr(self.whole)
