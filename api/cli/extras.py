"""Packages that only some commands need, and the one line that is said where they are missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from evqa.errors import ExtraError

OWN = frozenset(("evqa", "ingest", "index", "eval", "api"))


@contextmanager
def extra(name: str, command: str) -> Iterator[None]:
    """Import the packages of an extra of pyproject.toml inside this block.

    `name` is the extra, `command` what needs it, as in `with extra("serve", "evqa serve")`. Raises ExtraError where
    one of its packages isn't installed; the message says what to type.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in OWN:
            raise
        reason, step = f'{command} needs the "{name}" extra', f"type pip install '.[{name}]' in your clone of evqa"
        raise ExtraError("", reason, step, f"{package} isn't installed") from error
