"""The bibliography as CSL-JSON, which pandoc and Zotero read."""

from collections.abc import Sequence
from typing import Any

from api.bibliography.entry_keys import entry_keys
from evqa.model import Reference

OURS = frozenset({"number", "document", "raw", "start", "end"})


def csl_items(references: Sequence[Reference]) -> list[dict[str, Any]]:
    """CSL items in the order given; the number is `citation-number`, the printed entry `note`."""
    return [
        {"id": key, "citation-number": item.number, **item.model_dump(mode="json", exclude=set(OURS)), "note": item.raw}
        for key, item in zip(entry_keys(references), references, strict=True)
    ]
