"""What Windows and macOS lack isn't imported."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("evqa", "ingest", "index", "eval", "api")
# What Python has on POSIX alone. Libraries look for these themselves; only our own files go without them here.
POSIX = ("fcntl", "grp", "pwd", "resource", "termios")
EVERY = f"""
import builtins
from importlib import import_module
from pathlib import Path

real = builtins.__import__

def without_posix(name, globals=None, *rest, **named):
    importer = (globals or {{}}).get("__name__", "").partition(".")[0]
    if importer in {FOLDERS!r} and name in {POSIX!r}:
        raise ImportError(f"{{name}} isn't there")
    return real(name, globals, *rest, **named)

builtins.__import__ = without_posix
count = 0
for folder in {FOLDERS!r}:
    for path in sorted(Path(folder).rglob("*.py")):
        name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
        # An adapter of eval/peering runs in the environment of its peer.
        if not name.endswith("__main__") and ".adapters." not in name:
            count += 1
            try:
                import_module(name)
            except ImportError as error:
                print(f"{{name}}: {{error}}")
print(count)
"""


@pytest.mark.slow
def test_every_file_is_imported_without_posix() -> None:
    """Every module of the five folders is imported where none of the modules that only POSIX has is there."""
    command = [sys.executable, "-c", EVERY]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=240)
    *failed, count = done.stdout.splitlines()
    assert not failed
    assert int(count) > 300
