"""Passages of which only what ranks them is in memory."""

from collections.abc import Callable, Iterator
from typing import Any

from evqa.model import Home, Passage, PassageKind


class LazyPassage:
    """Stands for a `Passage`: the text and what else is in its record is read when first asked for.

    Of hundreds of candidates that are ranked, a question shows a few; to read them all takes longer than to rank them.
    """

    __slots__ = ("_entry", "_label", "_read", "_whole", "document", "end", "id", "kind", "start")

    def __init__(
        self,
        known: tuple[str, PassageKind, Home, int, int],
        read: Callable[[], Passage],
        label: Callable[[], str | None],
        entry: Callable[[], tuple[int, ...]],
    ) -> None:
        self.id, self.kind, self.document, self.start, self.end = known
        self._read = read
        self._label = label
        self._entry = entry
        self._whole: Passage | None = None

    @property
    def label(self) -> str | None:
        """The table or figure it belongs to."""
        return self._label()

    @property
    def references(self) -> tuple[int, ...]:
        """The numbers printed in it; of an entry its own, which is known without reading it."""
        return self._entry() if self.kind == "reference" else self.whole.references

    @property
    def whole(self) -> Passage:
        """The passage itself."""
        if self._whole is None:
            self._whole = self._read()
        return self._whole

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        return iter(self.whole)

    def __eq__(self, other: object) -> bool:
        return self.whole == (other.whole if isinstance(other, LazyPassage) else other)

    def __hash__(self) -> int:
        return hash(self.whole)

    def __repr__(self) -> str:
        return repr(self.whole)
