"""Words and reasoning: records, question understanding, answering. Knows no files, no FAISS, no HTTP.

`from evqa import Review` is the way in from Python; it is looked up when first named, since it lies on the top floor.
"""

from importlib import import_module
from typing import Any

__all__ = ["Review"]


def __getattr__(name: str) -> Any:
    """Look up `Review`. Raises AttributeError for any other name."""
    if name == "Review":
        return import_module("api.review").Review
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
