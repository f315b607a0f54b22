"""The parts of a tagged text, in printed order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from evqa.model import Name, Reference
from ingest.jats.xml import Element

PartKind = Literal["heading", "paragraph", "item", "table", "caption", "note", "entry"]


@dataclass(frozen=True)
class Part:
    """A part of a text. Its element uses JATS's tags: `bold`, `italic`, `sup`, `xref`, `ext-link`, `table`.

    `level`: a heading's, 1 the highest. `ids`: the names by which links reach it. `addresses`: where the buttons
    beside an entry lead, such as "CrossRef".
    """

    kind: PartKind
    element: Element
    level: int = 0
    ids: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Told:
    """What a file's own fields say of the article."""

    title: str = ""
    author: tuple[Name, ...] = ()
    year: int | None = None
    doi: str | None = None
    keywords: tuple[str, ...] = ()


NOTHING_TOLD = Told()


@dataclass(frozen=True)
class TaggedText:
    """A text's parts, and what the file tells besides.

    `works`: the works that links name and the file describes, by the links' targets. `notices`: warnings.
    """

    parts: tuple[Part, ...]
    told: Told = NOTHING_TOLD
    works: Mapping[str, Reference] = field(default_factory=dict)
    notices: tuple[str, ...] = ()
