"""JSON as every command prints it: compact, deterministic, without escaped letters."""

import json
from typing import Any

from evqa.model import Record


def json_text(value: object) -> str:
    """A value as one line of JSON; it may contain records anywhere."""
    return json.dumps(value, default=_plain, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _plain(record: Record) -> dict[str, Any]:
    return record.model_dump(mode="json")
