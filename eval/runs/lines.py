"""Read files with one JSON record a line, the format of gold sets and runs."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from evqa.errors import InputError

Line = TypeVar("Line", bound=BaseModel)
LINES = "give a file with one JSON object a line"


def read_lines(path: Path, record: type[Line]) -> tuple[Line, ...]:
    """The records of a file, in order; blank lines are ignored.

    Raises InputError if the file can't be read, is empty, or a line isn't such a record. The message names the file
    and the line, counted from 1.
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
        raise InputError(f"{path} line {number}", _problem(error), "correct the line") from error


def _problem(error: ValidationError) -> str:
    """The first problem of a line, with the field and the value."""
    problem = error.errors(include_url=False)[0]
    field = ".".join(str(part) for part in problem["loc"])
    value = "" if problem["type"] in ("json_invalid", "missing", "value_error") else f", not {problem['input']!r:.80}"
    return f"{field}: {problem['msg']}{value}" if field else f"{problem['msg']}{value}"


def unique_ids(path: Path, ids: list[str]) -> None:
    """Raise InputError with the first id that occurs twice in the file."""
    if repeated := next((name for place, name in enumerate(ids) if name in ids[:place]), None):
        raise InputError(path, f"the id {repeated!r} occurs more than once", "give each line its own")
