"""What is said where the packages of an extra aren't installed."""

import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from api.cli.extras import extra
from evqa.errors import ExtraError
from tests.api.running import Run

ROOT = Path(__file__).resolve().parents[3]
EXTRAS: dict[str, list[str]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "optional-dependencies"
]
# By the extra that brings it, a package that is asked for first.
LACKING = [
    ("serve", "fastapi", ("serve", "--port", "0")),
    ("serve", "uvicorn", ("serve", "--port", "0")),
    ("serve", "sse_starlette", ("serve", "--port", "0")),
    ("mcp", "mcp", ("mcp",)),
    ("mcp", "starlette", ("mcp", "--http", "--port", "0")),
    ("eval", "ir_measures", ("eval", "gold.jsonl")),
]
WITHOUT = """
import sys
sys.modules.update(dict.fromkeys({blocked!r}))
from api.cli.main import main
sys.exit(main({arguments!r}))
"""


def without(blocked: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command run in a process in which these packages can't be imported."""
    code = WITHOUT.format(blocked=blocked, arguments=list(arguments))
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)


def brought() -> list[str]:
    """Every package that an extra of the product brings, as it is imported."""
    names = {re.split(r"[<>=\[]", one)[0] for name in ("serve", "mcp", "eval") for one in EXTRAS[name]} - {"evqa"}
    return sorted(name.replace("-", "_") for name in names)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "package", "arguments"), LACKING)
def test_a_missing_extra_is_one_line(name: str, package: str, arguments: tuple[str, ...]) -> None:
    """A command without its packages names the extra, the package and what to type, in one line, and ends with 2."""
    done = without([package], *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f'evqa: evqa {arguments[0]} needs the "{name}" extra ({package} isn\'t installed); '
        f"type pip install '.[{name}]' in your clone of evqa\n"
    )


def test_the_extra_that_is_named_is_one() -> None:
    """What a line says to type is an extra of pyproject.toml that brings the package, itself or by another."""
    for name, package, _ in LACKING:
        nested = EXTRAS["serve"] if any("[serve]" in one for one in EXTRAS[name]) else []
        assert any(one.replace("-", "_").startswith(package) for one in [*EXTRAS[name], *nested])


def test_every_package_of_an_extra_exists() -> None:
    """The names that these tests block are ones under which something is installed."""
    assert len(brought()) > 8
    for name in brought():
        importlib.import_module(name)


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments", [("corpora",), ("keys", "list"), ("verify",), ("read", "tests/../ingest/sample/ev-review-digest.md")]
)
def test_other_commands_need_no_extra(arguments: tuple[str, ...]) -> None:
    """Commands that are neither a server nor a measurement run without any package of any extra."""
    done = without(brought(), *arguments)
    assert "extra" not in done.stderr
    assert "internal error" not in done.stderr
    assert done.returncode in (0, 6), done.stderr


def test_an_answer_needs_no_extra(asked: Run) -> None:
    """`evqa ask` answers in the same bytes where no package of an extra is there."""
    question = "What does reference 15 support?"
    expected = asked("ask", question, "--json")
    done = without(brought(), "ask", question, "--json")
    assert (done.returncode, done.stdout) == (0, expected.out), done.stderr


def test_a_missing_file_of_our_own_is_no_missing_extra() -> None:
    """A module of evqa that can't be found is a fault and stays one."""
    with pytest.raises(ModuleNotFoundError, match="nowhere"), extra("serve", "evqa serve"):
        importlib.import_module("api.nowhere")
    with pytest.raises(ExtraError, match="nowhere_at_all"), extra("serve", "evqa serve"):
        importlib.import_module("nowhere_at_all")
