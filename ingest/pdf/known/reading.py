"""Read with pypdf what a PDF knows of itself. Used in the child process only."""

import importlib.util
import io
import logging
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ingest.pdf.known.annotations import LINKS, PER_PAGE, Rectangle, links_of
from ingest.pdf.known.destinations import Places
from ingest.pdf.known.glyphnames import glyphs_of
from ingest.pdf.known.metadata import metadata_of
from ingest.pdf.known.outline import outline_of
from ingest.pdf.known.values import entry, items, number

PAGES = 1_500


def read(data: bytes, package: str) -> dict[str, Any]:
    """Read a file with the pypdf in a folder. What fails is named in "failed"; the rest is still there.

    "links" holds a list of rectangles for each page; the rest is as in `records.py`.
    """
    _silence()
    reader = pypdf_in(package).PdfReader(io.BytesIO(data))
    return _File(reader).told()


def _silence() -> None:
    """What pypdf says of a damaged file goes nowhere: the report says it."""
    log = logging.getLogger("pypdf")
    log.propagate = False
    log.addHandler(logging.NullHandler())


def pypdf_in(package: str) -> Any:
    """Import pypdf alone: the child knows no installed packages."""
    if "pypdf" not in sys.modules:
        start = str(Path(package, "__init__.py"))
        spec = importlib.util.spec_from_file_location("pypdf", start, submodule_search_locations=[package])
        if not spec or not spec.loader:
            raise ImportError(package)
        module = importlib.util.module_from_spec(spec)
        sys.modules["pypdf"] = module
        spec.loader.exec_module(module)
    return sys.modules["pypdf"]


class _File:
    """A file opened with pypdf."""

    def __init__(self, reader: Any) -> None:
        self._trailer, self._root = reader.trailer, entry(reader.trailer, "/Root")
        self._pages = list(_first(iter(reader.pages), PAGES))
        self._failed: list[str] = []

    def told(self) -> dict[str, Any]:
        """Return all that the file knows."""
        references = [(at, page.indirect_reference) for at, page in enumerate(self._pages, 1)]
        numbers = {reference.idnum: at for at, reference in references if reference}
        tops = {at: _top(page) for at, page in enumerate(self._pages, 1)}
        nameless = Places(None, numbers, tops)
        places = self._tried("destinations", lambda: Places(self._root, numbers, tops), nameless)
        links = self._links(places)
        outline = self._tried("outline", lambda: list(outline_of(self._root, places)), [])
        metadata = self._tried("metadata", lambda: metadata_of(self._trailer, self._root), ("", [], [], ""))
        glyphs = self._tried("fonts", lambda: glyphs_of(self._pages), {})
        told = {
            "links": links,
            "glyphs": glyphs,
            "destinations": places.found,
            "outline": outline,
            "metadata": metadata,
        }
        return {**told, "failed": self._failed}

    def _links(self, places: Places) -> list[list[Rectangle]]:
        left, found = LINKS, list[list[Rectangle]]()
        for page in self._pages:
            most = min(left, PER_PAGE)
            here = self._tried("links", partial(_links, page, places, most), [])
            left -= len(here)
            found.append(here)
        return found

    def _tried(self, name: str, reading: Callable[[], Any], otherwise: Any) -> Any:
        """Return what a reading gives. pypdf raises errors of any kind on damaged files: they cost this part."""
        try:
            return reading()
        except Exception:
            self._failed += [name] * (name not in self._failed)
            return otherwise


def _links(page: Any, places: Places, most: int) -> list[Rectangle]:
    return list(links_of(page, places, most))[:most]


def _first(pages: Iterator[Any], most: int) -> Iterator[Any]:
    return (page for page, _ in zip(pages, range(most), strict=False))


def _top(page: Any) -> float:
    for box in ("/CropBox", "/MediaBox"):
        corners = [number(one) for one in items(entry(page, box), 4)]
        known = [one for one in corners if one is not None]
        if len(known) == 4:
            return max(known[1], known[3])
    # Boxes are inherited: pypdf knows how.
    return float(page.mediabox.top)
