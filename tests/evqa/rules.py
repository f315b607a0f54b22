"""Count the rules of answering: `python -m tests.evqa.rules` prints a table, one line a folder.

Counted, from the syntax tree alone: calls of `re`; words that stand as alternatives in strings ("a|b|c"); word lists of
modules (collections of words, or a text that is split), and the words in them; named numbers of modules.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "evqa"
COUNTED = ("question", "language", "refusal", "answering", "answer.py")
COLUMNS = ("lines", "expressions", "alternatives", "lists", "words", "constants")
# A word of two letters or more between "|", brackets or the ends of a pattern.
_ALTERNATIVE = re.compile(r"(?:^|[|(:])([A-Za-z][A-Za-z' -]+)(?=[|)?]|$)")
_MANY = 3


def counts(source: str) -> Counter[str]:
    """The rules in a module's text."""
    tree = ast.parse(source)
    found = Counter(lines=source.count("\n"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found["expressions"] += isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "|" in node.value:
            found["alternatives"] += len(_ALTERNATIVE.findall(node.value))
    for value in _values(tree):
        words = _words(value)
        found["lists"] += bool(words)
        found["words"] += len(words)
        found["constants"] += _is_number(value)
    return found


def _values(tree: ast.Module) -> Iterator[ast.expr]:
    """What the module's names are bound to."""
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            several = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple)
            yield from node.value.elts if several and isinstance(node.value, ast.Tuple) else (node.value,)


def _words(value: ast.expr) -> list[str]:
    """The words of a collection; none where it holds few or patterns."""
    texts = [each.value for each in ast.walk(value) if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    is_split = any(isinstance(each, ast.Attribute) and each.attr == "split" for each in ast.walk(value))
    words = [word for text in texts for word in (text.split() if is_split else (text,))]
    if isinstance(value, ast.Constant) or len(words) < _MANY or any("\\" in word or "|" in word for word in words):
        return []
    return words


def _is_number(value: ast.expr) -> bool:
    if isinstance(value, ast.UnaryOp):
        return _is_number(value.operand)
    if isinstance(value, ast.Tuple):
        return bool(value.elts) and all(map(_is_number, value.elts))
    return isinstance(value, ast.Constant) and type(value.value) in (int, float)


def table(root: Path = ROOT) -> dict[str, Counter[str]]:
    """The counts of each part, and of all."""
    found: dict[str, Counter[str]] = {}
    for name in COUNTED:
        path = root / name
        files = [path] if path.is_file() else sorted(path.rglob("*.py"))
        found[name] = sum((counts(each.read_text(encoding="utf-8")) for each in files), Counter[str]())
    return {**found, "all": sum(found.values(), Counter[str]())}


def lines() -> Iterator[str]:
    """The table for a terminal."""
    yield f"{'':<12}" + "".join(f"{name:>14}" for name in COLUMNS)
    for part, counted in table().items():
        yield f"{part:<12}" + "".join(f"{counted[name]:>14}" for name in COLUMNS)


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in lines())
