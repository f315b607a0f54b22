"""HTML pages from templates, with whatever a document says put in as text."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from evqa.controls import marked
from evqa.errors import InputError


def rendered(template: Path, values: Mapping[str, Any], filters: Mapping[str, Callable[..., Any]] | None = None) -> str:
    """The page of a template with these values: each is escaped, and shows what would turn its text round."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # a command without a report needs none of it

    environment = Environment(
        loader=FileSystemLoader(template.parent),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: marked(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= filters or {}
    # As globals, macros see them, too.
    environment.globals |= values
    return environment.get_template(template.name).render()


def save_page(page: str, path: Path) -> None:
    """Writes a page. Raises InputError if the disk refuses."""
    try:
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(path, "can't be written", "choose another place for the report", error.strerror) from error
