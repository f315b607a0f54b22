"""An audit as one HTML page for editors and authors: a single file without scripts or requests."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path

from api.audit.findings import KINDS, VERDICTS, Findings
from api.text.answer import confidence_text
from api.text.entry import address
from api.text.terminal import in_cells
from eval.pages.templates import rendered
from evqa.model import Reference

TEMPLATE, STYLE = "page.html", "page.css"


def audit_page(found: Sequence[Findings]) -> str:
    """The page: runs, suspects (worst first), bookkeeping, and every pair in a folded list."""
    values = {
        "found": found,
        "policy": policy(),
        "style": _style(),
        "kinds": KINDS,
        "verdicts": VERDICTS,
        "release": version("evqa"),
        "link": link,
    }
    filters: dict[str, Callable[..., str]] = {"cells": in_cells, "confidence": confidence_text}
    return rendered(Path(__file__).with_name(TEMPLATE), values, filters)


@cache
def policy() -> str:
    """The content security policy: the page loads only its own style, named by its digest."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def link(entry: Reference | None) -> str:
    """The web address of an entry; "" if it has none."""
    found = address(entry) if entry else ""
    return found if found.startswith(("https://", "http://")) else ""


@cache
def _style() -> str:
    return Path(__file__).with_name(STYLE).read_text(encoding="utf-8")
