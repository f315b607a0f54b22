"""What stands for the code that reads files: what other readers made of a file isn't taken for the same."""

import ast
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import ingest

READERS = ("ingest.reader", "ingest.passages")
PARSERS = ("lxml", "numpy", "pylatexenc", "pypdf", "pypdfium2", "rapidfuzz", "sentencex")
# Those of the extra "ocr", which may be missing.
OPTIONAL_PARSERS = ("tesserocr",)
MEMO = "readers.json"


@cache
def readers_fingerprint(home: Path) -> str:
    """16 hexadecimal digits over the code that reads a file, the versions of its parsers, and Python's.

    To parse the code takes some tenths of a second, so the result is kept in `home` for as long as no file of it
    changes.
    """
    folder = Path(ingest.__file__ or "").parents[1]
    optional = (_version(name) for name in OPTIONAL_PARSERS)
    versions = [*map(version, PARSERS), *optional, *map(str, sys.version_info[:2])]
    code = _read_memo(home / MEMO, folder) or _write_memo(home / MEMO, folder, parsed(READERS, folder))
    return hashlib.sha256(" ".join([*versions, code]).encode()).hexdigest()[:16]


def _version(distribution: str) -> str:
    """Its version, "none" where it isn't installed."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "none"


def parsed(modules: Iterable[str], folder: Path) -> dict[str, ast.Module]:
    """Modules under a folder and all that they import from it, wherever in their code: their trees, by file name.

    What is imported for type checkers alone isn't loaded, and doesn't count.
    """
    trees: dict[str, ast.Module] = {}
    waiting = list(modules)
    while waiting:
        module = waiting.pop()
        path = _path(module, folder)
        name = path.relative_to(folder).as_posix() if path else ""
        if path and name not in trees:
            trees[name] = ast.parse(path.read_bytes())
            package = module if path.name == "__init__.py" else module.rpartition(".")[0]
            waiting += [package, *_imported(trees[name], package)]
    return trees


def fingerprint(trees: Mapping[str, ast.Module]) -> str:
    """Hexadecimal SHA-256 over what the modules do; comments and docstrings, which do nothing, don't count."""
    digest = hashlib.sha256()
    for name, tree in sorted(trees.items()):
        digest.update(f"{name}\n{ast.dump(_without_docstrings(tree))}\n".encode())
    return digest.hexdigest()


def _path(module: str, folder: Path) -> Path | None:
    """The file of a module; None if there is none under the folder, as for a name inside a module."""
    path = folder.joinpath(*module.split("."))
    files = (path.with_suffix(".py"), path / "__init__.py") if module else ()
    return next((file for file in files if file.is_file()), None)


def _imported(tree: ast.AST, package: str) -> Iterator[str]:
    """Names of what is imported anywhere in a tree: modules, and what may be modules or stand in them."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (module, *(f"{module}.{each.name}" for each in node.names))
        elif not (isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            yield from _imported(node, package)


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body:
                case [ast.Expr(ast.Constant(str())), *rest]:
                    node.body = rest
    return tree


def _bytes_of(files: Iterable[str], folder: Path) -> str:
    """Hexadecimal SHA-256 over files as they are, and Python's version, which decides how they are parsed."""
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted(files):
        content = (folder / name).read_bytes()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _read_memo(memo: Path, folder: Path) -> str:
    """The fingerprint that was kept, if the files that it was made of are as they were; else ""."""
    try:
        kept = json.loads(memo.read_text())
        return str(kept["code"]) if _bytes_of(kept["files"], folder) == kept["bytes"] else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _write_memo(memo: Path, folder: Path, trees: Mapping[str, ast.Module]) -> str:
    """The modules' fingerprint, kept for other processes where the folder is there and can be written to."""
    code = fingerprint(trees)
    kept = {"files": sorted(trees), "bytes": _bytes_of(trees, folder), "code": code}
    # On a full or read-only disk the next process parses anew.
    with suppress(OSError):
        if memo.parent.is_dir():
            with tempfile.NamedTemporaryFile("w", dir=memo.parent, prefix=f".{memo.name}-", delete=False) as fresh:
                json.dump(kept, fresh)
            Path(fresh.name).replace(memo)
    return code
