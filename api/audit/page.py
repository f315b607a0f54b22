"""An audit as one HTML page for an editor and the authors: no script, no request, nothing beside it."""

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
    """The page: runs first, then suspects, worst first, then bookkeeping and, folded, every pair."""
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
    """What the page may load: its own style, told by its digest, and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def link(entry: Reference | None) -> str:
    """Where an entry is found, if that is an address of the web; else ""."""
    found = address(entry) if entry else ""
    return found if found.startswith(("https://", "http://")) else ""


@cache
def _style() -> str:
    return Path(__file__).with_name(STYLE).read_text(encoding="utf-8")
