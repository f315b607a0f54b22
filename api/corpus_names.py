"""Names of corpora: the default, and those that evqa keeps for itself."""

import re
from typing import Literal

from evqa.errors import UsageError

DEFAULT = "default"
SAMPLE, FILES = "sample", "files"
COLLECTION = "beir"
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


def own_name(name: str) -> str:
    """The name, which a user may write to. Raises UsageError for one that evqa keeps for itself."""
    if use_of(name) != "own":
        raise UsageError(f"corpus name {name}", "evqa keeps such names for what it builds itself", "choose another")
    return name
