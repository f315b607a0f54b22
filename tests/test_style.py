"""What holds for every file of the project, read from its source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from evqa import errors
from evqa.settings import NAMES

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("evqa", "ingest", "index", "eval", "api")
SOURCES = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
VAGUE = {"utils", "util", "helpers", "helper", "common", "core", "manager", "service", "engine", "pipeline", "misc"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(paths: list[Path]) -> Iterator[tuple[str, Function]]:
    """Every function of the files, nested ones and methods too, with its place as "file:line name"."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node


def untyped(function: Function) -> list[str]:
    """Names of the parameters without a type, and "return" where that is missing."""
    given = function.args
    every = [*given.posonlyargs, *given.args, *given.kwonlyargs, given.vararg, given.kwarg]
    bare = [one.arg for one in every if one and one.annotation is None and one.arg not in ("self", "cls")]
    return bare + ["return"] * (function.returns is None)


@pytest.mark.slow
def test_every_function_is_typed() -> None:
    """Every parameter and every return value has a type."""
    assert not {place: bare for place, one in functions(SOURCES + TESTS) if (bare := untyped(one))}


def test_files_are_named_after_their_concept() -> None:
    """No file or folder has a name that would fit any content."""
    names = {path: {*path.relative_to(ROOT).with_suffix("").parts} for path in SOURCES + TESTS}
    assert not [path for path, parts in names.items() if parts & VAGUE or path.stem.removeprefix("test_") in VAGUE]


@pytest.mark.slow
def test_every_file_says_what_it_holds() -> None:
    """Every file of the product starts with a docstring."""
    assert not [path for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]


@pytest.mark.slow
def test_every_test_states_its_claim() -> None:
    """Every test function has a docstring."""
    tests = [(place, one) for place, one in functions(TESTS) if one.name.startswith("test_")]
    assert tests
    assert not [place for place, one in tests if not ast.get_docstring(one)]


def prose() -> str:
    """README and docs, as one text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def test_every_error_is_documented() -> None:
    """Every error class stands in the README or the docs, and says when it is raised."""
    tree = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.EvqaError)]
    text = prose()
    assert not [one.__name__ for one in tree if f"`{one.__name__}`" not in text or not one.__doc__]


def test_every_setting_is_documented() -> None:
    """Every setting stands in the README or the docs."""
    text = prose()
    assert not [name for name in NAMES if f"`{name}`" not in text]
