"""What type checkers and editors see of the package; the floors are checked in `__init__.py`."""

from api.review import Review as Review

__all__ = ["Review"]
