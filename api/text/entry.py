"""A bibliography entry as text."""

import re

from evqa.model import Name, Reference

NAMED = 6


def entry_text(reference: Reference) -> str:
    """Authors. Title. Journal (year) volume:pages. https://doi.org/…, or the entry as printed if that isn't known."""
    if not (reference.title and reference.author):
        return _with_address(reference.raw, reference)
    parts = (_authors(reference), reference.title, _published(reference))
    return _with_address(" ".join(_closed(part) for part in parts if part), reference)


def name_text(name: Name) -> str:
    """Family Given, or a consortium's name."""
    return name.literal or " ".join(part for part in (name.family, name.given) if part)


def address(reference: Reference) -> str:
    """The address of the work: its DOI as a URL, else its URL, else ""."""
    return f"https://doi.org/{reference.DOI}" if reference.DOI else reference.URL or ""


def names_some(reference: Reference) -> bool:
    """Whether the printed entry names only some of its authors."""
    return bool(reference.author) and re.search(r"\bet al\b", reference.raw) is not None


def _authors(reference: Reference) -> str:
    shown = [name_text(name) for name in reference.author[:NAMED]]
    more = len(reference.author) > NAMED or names_some(reference)
    return ", ".join([*shown, "et al."] if more else shown)


def _published(reference: Reference) -> str:
    year = f"({reference.year})" if reference.year else ""
    issue = f"({reference.issue})" if reference.issue else ""
    place = ":".join(part for part in (f"{reference.volume or ''}{issue}", reference.page) if part)
    container = reference.container_title or reference.publisher or ""
    return " ".join(part for part in (container, year, place) if part)


def _closed(part: str) -> str:
    return part if part.endswith((".", "?", "!")) else f"{part}."


def _with_address(text: str, reference: Reference) -> str:
    where = address(reference)
    known = not where or (reference.DOI or where).lower() in text.lower()
    return text if known else f"{_closed(text)} {where}"
