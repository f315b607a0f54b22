"""What a bare machine needs: pins, and a Makefile that hands the question on as it was typed."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PINS = dict(line.split("==") for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").split())
FOLDERS = ("evqa", "ingest", "index", "eval", "api")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS: dict[str, list[str]] = PROJECT["optional-dependencies"]


def plain(name: str) -> str:
    """A distribution's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    """Names of the distributions that the requirements ask for."""
    return {plain(re.split(r"[<>=\[ ]", one)[0]) for one in requirements}


def imported(folders: tuple[str, ...]) -> set[str]:
    """Distributions that the folders' files import from, wherever in a file."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    # An adapter runs in the environment of its peer and imports nothing but that.
    files = [path for path in found if path.parent.name != "adapters"]
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    tops = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {*FOLDERS, "tests"}
    owners = packages_distributions()
    return {plain(owner) for top in tops for owner in owners.get(top, [top])}


def make(*words: str) -> subprocess.CompletedProcess[str]:
    """Run make without the set-up, which needs a network."""
    command = ["make", "--no-print-directory", "-o", ".venv/.installed", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=20)


@pytest.fixture
def echo(tmp_path: Path) -> str:
    """A folder with an `evqa` that prints its arguments, one a line, and leaves with the code in $CODE."""
    script = tmp_path / "evqa"
    script.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\nexit ${CODE:-0}\n', encoding="utf-8")
    script.chmod(0o755)
    return str(tmp_path)


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def test_every_dependency_is_pinned() -> None:
    """Every direct dependency, of the product, of its extras and of its development, has one exact version."""
    wanted = PROJECT["dependencies"] + [one for extra in EXTRAS.values() for one in extra]
    assert not declared(wanted) - {plain(pin) for pin in PINS} - {"evqa"}


@pytest.mark.slow
def test_what_is_imported_is_declared() -> None:
    """Every package that the product imports is a dependency of its own, not only of another package."""
    known = declared(PROJECT["dependencies"])
    ways_in = declared([*EXTRAS["serve"], *EXTRAS["mcp"], *EXTRAS["eval"]])
    assert not imported(("evqa", "index")) - known
    assert not imported(("ingest",)) - known - declared(EXTRAS["ocr"])
    assert not imported(("api",)) - known - ways_in
    assert not imported(("eval", "tests")) - known - ways_in - declared([*EXTRAS["dev"], *EXTRAS["ocr"]])


def test_what_all_and_dev_bring() -> None:
    """The extra `all` is every extra of the product, and `dev` has them too."""
    named = set(EXTRAS) - {"all", "dev"}
    assert EXTRAS["all"] == [f"evqa[{','.join(sorted(named))}]"]
    assert "evqa[all]" in EXTRAS["dev"]


def test_pins_name_versions_and_nothing_else() -> None:
    """A pin holds no address, no hash and no build label, so that any package index can serve it."""
    assert PINS["torch"] == "2.13.0"
    assert not [pin for pin in PINS.items() if not re.fullmatch(r"[\w.-]+==\d[\w.]*", "==".join(pin))]


@needs_make
@pytest.mark.parametrize(
    "question",
    [
        "plain words",
        'it\'s "quoted"',
        "$HOME $(shell id) ${Q} $$",
        "`id` #5 100 % \\ & ; | > x",
        "--help",
        "β-catenin?",
    ],
)
def test_make_ask_hands_the_question_on_unchanged(question: str, echo: str) -> None:
    """Whatever the question holds, neither make nor the shell reads anything into it."""
    done = make("ask", f"BIN={echo}", f"Q={question}")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, question)


@needs_make
def test_make_ask_without_question_says_how() -> None:
    """A missing question gives one line with an example and a failure."""
    done = make("ask")
    assert done.returncode != 0
    assert 'make ask Q="' in done.stderr.splitlines()[0]


@needs_make
def test_make_ask_takes_a_refusal_for_a_result(echo: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 3, insufficient evidence, is no failure of make; any other is."""
    monkeypatch.setenv("CODE", "3")
    assert make("ask", f"BIN={echo}", "Q=x").returncode == 0
    monkeypatch.setenv("CODE", "4")
    assert make("ask", f"BIN={echo}", "Q=x").returncode != 0
