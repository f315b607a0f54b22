"""The lines that the server writes on stderr, as text or as JSON; never what was asked, unless that is wanted.

The formatters are ours because of that rule: an error's message may hold the question, so only its kind and place are
written. A package's JSON formatter would be as many lines with the rule added.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, Literal

from api.text.terminal import printable, say

LogForm = Literal["text", "json"]
log = logging.getLogger("evqa.http")


def begin_logs(form: LogForm, has_questions: bool = False) -> None:
    """Send every log record of the process to stderr, as JSON lines or as text."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(has_questions) if form == "json" else TextLines(has_questions))
    logging.getLogger().addHandler(handler)
    log.setLevel(logging.INFO)


def tell(message: str) -> None:
    """Write a message to whoever runs the server, in the form of its log."""
    if any(isinstance(handler.formatter, JsonLines) for handler in logging.getLogger().handlers):
        log.info(printable(message))
    else:
        say(message)


class TextLines(logging.Formatter):
    """A record on one line for a person, its trace below it.

    `has_questions`: whether a trace ends with the error's message, which may hold what was asked.
    """

    def __init__(self, has_questions: bool = False) -> None:
        super().__init__()
        self._has_questions = has_questions

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        fields = " ".join(f"{name}={printable(str(value))}" for name, value in fields_of(record).items())
        line = f"{_when(record)} {record.levelname.lower()} {printable(record.getMessage())} {fields}".rstrip()
        return f"{line}\n{trace}" if (trace := self.trace(record)) else line

    def trace(self, record: logging.LogRecord) -> str:
        """Where the record's error was raised, and its kind."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return ""
        if self._has_questions:
            return "".join(traceback.format_exception(error)).rstrip()
        return "".join([*traceback.format_tb(error.__traceback__), type(error).__qualname__])


class JsonLines(TextLines):
    """A record as a JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The object."""
        line = {
            "time": _when(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **fields_of(record),
        }
        trace = self.trace(record)
        return json.dumps({**line, "trace": trace} if trace else line, ensure_ascii=True)


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """The fields of a record, beside its event."""
    fields: dict[str, Any] = getattr(record, "fields", {})
    return fields


def _when(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
