"""What a PDF knows of itself, as frozen records. Points; y grows upwards from the page's lower edge."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# What a run's link leads to: "#12", the destination of that index, or an address "https://doi.org/10…".
MARK = "#"


@dataclass(frozen=True)
class Link:
    """A rectangle of a page that leads somewhere: x0, y0, x1, y1, as the file has them, and `to` (see MARK)."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    to: str


@dataclass(frozen=True)
class Destination:
    """A place that links lead to. `name` is "" if the file gives none; x and y are None if only the page is told."""

    name: str
    page: int
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True)
class OutlineItem:
    """An item of the outline, level 1 the highest; `page` is 0 if it leads nowhere."""

    title: str
    level: int
    page: int = 0
    y: float | None = None


@dataclass(frozen=True)
class Metadata:
    """What the file's own fields say: never true by itself, for templates and file names stand there too.

    `date`: of publication as XMP has it, or what the fields say of the journal's volume, as written.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    dois: tuple[str, ...] = ()
    date: str = ""


@dataclass(frozen=True)
class Known:
    """All that a file knows of itself. `failed`: the words for what couldn't be read."""

    destinations: tuple[Destination, ...] = ()
    outline: tuple[OutlineItem, ...] = ()
    metadata: Metadata = Metadata()
    failed: tuple[str, ...] = ()


UNREAD = Known(failed=("links, outline and metadata",))


def known_of(told: Any) -> Known:
    """Make the records of what the child process wrote as JSON; UNREAD for null."""
    if not told:
        return UNREAD
    return Known(
        destinations=tuple(Destination(*one) for one in told["destinations"]),
        outline=tuple(OutlineItem(*one) for one in told["outline"]),
        metadata=_metadata(told["metadata"]),
        failed=tuple(told["failed"]),
    )


def _metadata(told: Sequence[Any]) -> Metadata:
    title, authors, dois, date = told
    return Metadata(title, tuple(authors), tuple(dois), date)


def unread(known: Known) -> list[str]:
    """Return a warning that names what the file knows of itself and couldn't be read; [] if there is nothing."""
    if not known.failed:
        return []
    return [f"the file's own {' and '.join(known.failed)} can't be read: only what is printed counts"]
