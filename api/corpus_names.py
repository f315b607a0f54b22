"""Names of corpora: the default, and those that evqa keeps for itself."""

import re
from collections.abc import Collection, Iterable
from typing import Literal

from evqa.errors import UsageError

DEFAULT = "default"
SAMPLE, FILES = "sample", "files"
COLLECTION = "beir"
# So many names are listed where one of them has to be given.
SHOWN = 10
_KEPT = re.compile(rf"({SAMPLE}|{FILES}|{COLLECTION})\.[0-9a-f]{{16}}")
Use = Literal["own", "sample", "files", "beir"]
_USES: dict[str, Use] = {SAMPLE: "sample", FILES: "files", COLLECTION: "beir"}


def use_of(name: str) -> Use:
    """Whose the corpus is: the user's own, that of the built-in sample, one of files asked directly, or one of a
    retrieval collection that was measured."""
    kept = _KEPT.fullmatch(name)
    return _USES[kept[1]] if kept else "own"


def is_remade(name: str) -> bool:
    """Whether evqa makes the corpus from files whenever it is asked for: the sample's, or one of files."""
    return use_of(name) in ("sample", "files")


def own_names(names: Iterable[str]) -> tuple[str, ...]:
    """Those among the names that are the user's own."""
    return tuple(name for name in names if use_of(name) == "own")


def usual_name(names: Collection[str], naming: str) -> str | None:
    """The corpus that is meant where none is named: `default`, else the only one of the user's own; None without any.

    `names`: the corpora that there are; `naming`: how one is named. Raises UsageError, which lists them, where there
    are several and none is called default.
    """
    own = own_names(names)
    if DEFAULT in own:
        return DEFAULT
    if len(own) > 1:
        more = f" and {len(own) - SHOWN} more" if len(own) > SHOWN else ""
        named = f"{', '.join(own[:SHOWN])}{more}"
        reason = f"none was named and none is called {DEFAULT}: there is {named}"
        raise UsageError("corpus", reason, f"name one {naming}")
    return own[0] if own else None


def own_name(name: str) -> str:
    """The name, which a user may write to. Raises UsageError for one that evqa keeps for itself."""
    if use_of(name) != "own":
        raise UsageError(f"corpus name {name}", "evqa keeps such names for what it builds itself", "choose another")
    return name
