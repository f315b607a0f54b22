"""How the command line starts, fails and ends."""

import subprocess
import sys
from pathlib import Path

import pytest

from api.cli.main import COMMANDS, parsers
from tests.api.running import Run


def test_help_lists_every_command(evqa: Run) -> None:
    """`evqa --help` ends with 0 and names all commands."""
    ran = evqa("--help")
    assert (ran.code, ran.err) == (0, "")
    assert all(name in ran.out for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "COMMAND"),
        (("frob",), "'frob'"),
        (("ask",), "either a QUESTION or --questions"),
        (("ask", "x", "--questions", "y"), "either a QUESTION or --questions"),
        (("ask", "--in", "a.md", "x?"), "before it"),
        (("ask", "x", "-k", "0"), "'0' isn't a whole number from 1 to 100"),
        (("ask", "x", "--in", "a.md", "--corpus", "b"), "--in"),
        (("search", "x", "-k", "101"), "'101'"),
        (("refs", "x"), "'x': not the number"),
        (("refs", "3", "--cited-by", "x"), "--cited-by"),
        (("refs", "--json", "--format", "ris"), "--format ris"),
        (("refs", "--format", "xml"), "'xml'"),
        (("eval", "gold", "--run", "r", "--corpus", "c"), "--run"),
        (("ask", "x", "--corpus", "../../etc"), "'../../etc'"),
        (("ingest", "x.md", "--corpus", "files.0123456789abcdef"), "choose another"),
        (("ask", "\udcff"), "not UTF-8"),
    ],
)
def test_a_mistake_is_one_line_and_two(evqa: Run, arguments: tuple[str, ...], words: str) -> None:
    """A mistake in the arguments is one line on stderr with the value in it, nothing on stdout, and exit code 2."""
    ran = evqa(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("evqa: ")
    assert ran.err.count("\n") == 1
    assert words in ran.err


def test_an_unknown_setting_is_refused(evqa: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt variable isn't passed over."""
    monkeypatch.setenv("EVQA_MODLE", "x")
    ran = evqa("corpora")
    assert (ran.code, ran.out) == (2, "")
    assert "EVQA_MODLE" in ran.err


def test_a_home_that_cannot_be(evqa: Run, monkeypatch: pytest.MonkeyPatch, moss: Path) -> None:
    """A home that is a file ends with 6 and is named, in one line."""
    monkeypatch.setenv("EVQA_HOME", str(moss))
    ran = evqa("ingest", moss)
    assert (ran.code, ran.out) == (6, "")
    assert str(moss) in ran.err
    assert ran.err.count("\n") == 1


def test_debug_shows_where(evqa: Run) -> None:
    """Only with --debug, before or behind the command, there is a traceback; the exit code stays."""
    for arguments in (("--debug", "read", "none.md"), ("read", "none.md", "--debug")):
        ran = evqa(*arguments)
        assert ran.code == 4
        assert "Traceback" in ran.err
    assert "Traceback" not in evqa("read", "none.md").err


def test_help_loads_nothing_heavy() -> None:
    """Listing the commands needs neither records nor arrays."""
    code = "import sys; from api.cli.main import main; main(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pydantic", "numpy", "sqlite3", "torch", "faiss"} & set(done.stderr.split())


def test_every_option_says_what_it_does() -> None:
    """No argument of any command is without a text."""
    _, commands = parsers()
    assert not [(name, action.dest) for name, one in commands.items() for action in one._actions if not action.help]
