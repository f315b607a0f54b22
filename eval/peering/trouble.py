"""Why a peer could not be measured."""

from evqa.errors import EvqaError


class PeerError(EvqaError):
    """When a peer can't be installed or run, or what it wrote can't be used; it becomes a row with the reason."""


def last_words(said: str) -> str:
    """The last line that a process printed, within 200 characters."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return f"{lines[-1]:.200}" if lines else "it said nothing"
