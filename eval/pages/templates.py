"""HTML pages from templates. Text of documents is escaped."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from evqa.controls import marked
from evqa.errors import InputError


def rendered(template: Path, values: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]] | None = None) -> str:
    """Fill a template. Every value is escaped, and control characters that reorder text are made visible."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # only reports need it

    environment = Environment(
        loader=FileSystemLoader(template.parent),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: marked(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= filters or {}
    # Macros see only globals.
    environment.globals |= values
    return environment.get_template(template.name).render()


def save_page(page: str, path: Path) -> None:
    """Write a page. Raises InputError if it can't be written."""
    try:
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(path, "can't be written", "choose another place for the report", error.strerror) from error
