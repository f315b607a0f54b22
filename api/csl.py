"""The bibliography as CSL-JSON, which pandoc and Zotero read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from api.bibtex import keys

if TYPE_CHECKING:
    from evqa.model import Reference

OURS = frozenset({"number", "document", "raw", "start", "end"})


def csl_items(references: "Sequence[Reference]") -> list[dict[str, Any]]:
    """CSL items in the order given; the number is `citation-number`, the printed entry `note`."""
    return [
        {"id": key, "citation-number": item.number, **item.model_dump(mode="json", exclude=set(OURS)), "note": item.raw}
        for key, item in zip(keys(references), references, strict=True)
    ]
