"""Files of JSON records, one a line, as gold sets and runs are stored."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from evqa.errors import InputError

Line = TypeVar("Line", bound=BaseModel)
LINES = "give a file with one JSON object a line"


def read_lines(path: Path, record: type[Line]) -> tuple[Line, ...]:
    """The file's records in order; blank lines are passed over.

    Raises InputError when the file can't be read, holds nothing, or a line isn't such a record;
    the message names the file and the line, counted from 1.
    """
    numbered = enumerate(_text(path).split("\n"), start=1)
    records = tuple(_parse(path, number, line, record) for number, line in numbered if line.strip())
    if not records:
        raise InputError(path, "empty", LINES)
    return records


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path, f"not UTF-8 at byte {error.start}", "save it as UTF-8") from error
    except OSError as error:
        raise InputError(path, "can't be read", LINES, error.strerror) from error


def _parse(path: Path, number: int, line: str, record: type[Line]) -> Line:
    try:
        return record.model_validate_json(line)
    except ValidationError as error:
        raise InputError(f"{path} line {number}", _first(error), "correct the line") from error


def _first(error: ValidationError) -> str:
    found = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in found["loc"])
    value = "" if found["type"] in ("json_invalid", "missing", "value_error") else f", not {found['input']!r:.80}"
    return f"{place}: {found['msg']}{value}" if place else f"{found['msg']}{value}"


def unique_ids(path: Path, ids: list[str]) -> None:
    """Raises InputError naming the first id that stands in the file twice."""
    if repeated := next((name for place, name in enumerate(ids) if name in ids[:place]), None):
        raise InputError(path, f"the id {repeated!r} occurs more than once", "give each line its own")
