"""Characters of one look."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Characters of one look.

    `styles`: of i, b, ^ and _. `place`: of the entry that they cite. `link`: a web address.
    """

    text: str
    styles: str = ""
    place: int | None = None
    link: str = ""


Runs = Sequence[Run]
