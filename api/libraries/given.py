"""What a library of references gives to a run: files, their entries, and what there is to say of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.intake.storing import Given
from evqa.model import LibraryEntry, Outline


@dataclass(frozen=True)
class GivenLibrary:
    """What a run is given, and lines on what of the library isn't.

    `told` gives those lines; which entries no file was found for is known only after the run. `sources`: source and
    collection of its entries (see LibraryEntry). `keys`: those of its files, or of its entries where files have none,
    that are there now.
    """

    given: Given
    told: Callable[[], Sequence[str]] = tuple
    sources: frozenset[tuple[str, str | None]] = frozenset()
    keys: frozenset[str] = frozenset()

    @property
    def notes(self) -> tuple[str, ...]:
        """Lines on what of the library isn't given, as far as that is known by now."""
        return tuple(self.told())

    def gone(self, outlines: Iterable[Outline]) -> list[Outline]:
        """The documents that once came from here and don't any more."""
        return [each for each in outlines if each.library and self._is_gone(each.library)]

    def _is_gone(self, entry: LibraryEntry) -> bool:
        return (entry.source, entry.collection) in self.sources and (entry.attachment or entry.key) not in self.keys


def real(path: Path) -> Path:
    """The path by which a file is known, whatever links lead to it."""
    return path.resolve()
