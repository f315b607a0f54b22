"""Damage done to files that may still be mapped into memory."""

from pathlib import Path


def overwrite(path: Path, content: bytes) -> None:
    """Another file with this content in the place of the old one.

    Cut in its place, a file that a reader of this process still has mapped would end the process at the next access.
    """
    fresh = path.with_name(f".{path.name}.damaged")
    fresh.write_bytes(content)
    fresh.replace(path)
