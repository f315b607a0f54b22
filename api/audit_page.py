"""An audit as one HTML page for an editor and the authors: no script, no request, nothing beside it."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from api.answer_text import confidence_text
from api.audit_findings import KINDS, VERDICTS, Findings
from api.entry_text import address
from api.terminal import in_cells
from evqa.controls import marked
from evqa.errors import InputError
from evqa.model import Reference

TEMPLATE, STYLE = "audit_page.html", "audit_page.css"


def audit_page(found: Sequence[Findings]) -> str:
    """The page: runs first, then suspects, worst first, then bookkeeping and, folded, every pair."""
    # Escaping is on for whatever is put into the page.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        # Whatever is put in, before it is escaped.
        finalize=lambda value: marked(value) if type(value) is str else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"cells": in_cells, "confidence": confidence_text}
    environment.globals["link"] = link
    return environment.get_template(TEMPLATE).render(
        found=found,
        policy=policy(),
        style=_style(),
        kinds=KINDS,
        verdicts=VERDICTS,
        release=version("evqa"),
    )


@cache
def policy() -> str:
    """What the page may load: its own style, told by its digest, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def link(entry: Reference | None) -> str:
    """Where an entry is found, if that is an address of the web; else ""."""
    found = address(entry) if entry else ""
    return found if found.startswith(("https://", "http://")) else ""


def save_audit_page(page: str, path: Path) -> None:
    """Writes a page. Raises InputError if the disk refuses."""
    try:
        path.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(f"{path} can't be written ({error.strerror}): choose another place for the report") from error


@cache
def _style() -> str:
    return Path(__file__).with_name(STYLE).read_text(encoding="utf-8")
