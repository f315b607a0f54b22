"""Child processes that open PDFs: damage that PDFium doesn't survive ends them and nothing else."""

import functools
import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

from evqa.errors import InputError
from ingest.pdf.file import start, warm
from ingest.pdf.file.pool import WarmPool

WARM = WarmPool()
_LIBRARIES = {"darwin": "libpdfium.dylib", "win32": "pdfium.dll"}


def run_child(module: ModuleType, *arguments: str, data: bytes, patience: float) -> subprocess.CompletedProcess[bytes]:
    """Call a module's `main` with PDFium's path and these arguments in a process of its own, and wait for it.

    `data`: what the child reads on stdin. The module may import nothing but the standard library and this project.

    Raises subprocess.TimeoutExpired after `patience` seconds; InputError if pypdfium2 is missing.
    """
    return subprocess.run(_command(module, *arguments), input=data, capture_output=True, timeout=patience, check=False)


def read_apart(module: ModuleType, *arguments: str, data: bytes, patience: float) -> subprocess.CompletedProcess[bytes]:
    """Do as `run_child` in a fork of a process that stays, where the platform can fork: a file then pays for no start.

    The module's `read_file` is called, by `warm.py`.
    """
    if not hasattr(os, "fork"):
        return run_child(module, *arguments, data=data, patience=patience)
    return WARM.read(_command(warm, *arguments), data, patience)


def _command(module: ModuleType, *arguments: str) -> list[str]:
    start_it = [sys.executable, "-I", "-S", str(start.__file__), _root(module), module.__name__, library_path()]
    return [*start_it, *arguments]


def _root(module: ModuleType) -> str:
    """The folder that holds the top package of a module: one above it for every name before its own."""
    return str(Path(str(module.__file__)).parents[module.__name__.count(".")])


@functools.cache
def package_folder() -> str:
    """Folder of pypdf, "" if it isn't installed: then PDFs are read without their links."""
    found = importlib.util.find_spec("pypdf")
    return str(Path(found.origin).parent) if found and found.origin else ""


@functools.cache
def library_path() -> str:
    """Path of the PDFium library that pypdfium2 brings. Raises InputError if it is missing."""
    found = importlib.util.find_spec("pypdfium2_raw")
    if not found or not found.origin:
        raise InputError("", "PDFs need pypdfium2", "type pip install pypdfium2")
    return str(Path(found.origin).with_name(_LIBRARIES.get(sys.platform, "libpdfium.so")))
