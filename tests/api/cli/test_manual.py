"""docs/cli.md."""

from api.cli.manual import PATH, manual


def test_the_manual_is_current() -> None:
    """docs/cli.md says what `--help`, the settings and the exit codes are; write it by `python -m api.cli.manual`."""
    assert PATH.read_text(encoding="utf-8") == manual()
