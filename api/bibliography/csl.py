"""The bibliography as CSL-JSON, which pandoc and Zotero read."""

from collections.abc import Sequence
from typing import Any

from api.bibliography.entries import noted
from api.text.json_text import json_text
from evqa.model import Reference

OURS = frozenset({"number", "document", "raw", "start", "end", "status"})


def csl_json(references: Sequence[Reference], keys: Sequence[str]) -> str:
    """CSL items in the order given, as JSON; the number is `citation-number`, the `note` printed entry and status."""
    return json_text([_item(key, item) for key, item in zip(keys, references, strict=True)])


def _item(key: str, reference: Reference) -> dict[str, Any]:
    fields = reference.model_dump(mode="json", exclude=set(OURS))
    return {"id": key, "citation-number": reference.number, **fields, "note": noted(reference)}
