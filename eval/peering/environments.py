"""Environments of peers: a virtual environment for each, made by pip once and reused as long as its packages stay."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from eval.peering.known import Peer
from eval.peering.trouble import PeerError, last_words
from evqa.model import Record

CONSTRAINTS = Path(__file__).resolve().parents[2] / "constraints.txt"
# All peers embed by the same code; the rest of a peer's packages is what the peer asks for.
PINNED = ("torch", "sentence-transformers", "transformers", "tokenizers")
NEWER = tuple(f"python3.{minor}" for minor in range(12, 16))
INSTALL_LIMIT = 3600.0
VERSIONS = (
    "import json, sys; from importlib.metadata import distributions;"
    "print(json.dumps({'python': sys.version.split()[0]} | {d.name: d.version for d in distributions()}))"
)


class Environment(Record):
    """The interpreter of a peer's environment, and the version of every package in it ("python" among them)."""

    python: Path
    versions: dict[str, str]

    def version_of(self, requirement: str) -> str:
        """The installed version of a requirement, "" if it isn't there; "a.b-c" and "a_b_c" are one name."""
        name = _normal(requirement.partition("==")[0])
        return next((version for found, version in self.versions.items() if _normal(found) == name), "")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def environment_for(peer: Peer, cache: Path, interpreter: Path | None, say: Callable[[str], None]) -> Environment:
    """The peer's environment under the folder, made if it isn't there yet.

    `interpreter` is tried first for a peer that needs another Python than this one. Raises PeerError if no Python
    fits, or the packages can't be installed; what pip said last is kept in a file `.log` beside the environment.
    """
    base = interpreter_for(peer, interpreter)
    folder = cache / environment_name(peer, base)
    done = folder / "versions.json"
    if not done.is_file():
        say(f"{peer.name}: installing {', '.join(peer.packages)}")
        shutil.rmtree(folder, ignore_errors=True)
        versions = _installed(peer, base, folder)
        done.write_text(json.dumps(versions, indent=1), encoding="utf-8")
    return Environment(python=_python_of(folder), versions=json.loads(done.read_text(encoding="utf-8")))


def environment_name(peer: Peer, base: Sequence[str]) -> str:
    """The name of the environment's folder: the same packages, pins and Python have the same name."""
    content = "\n".join([*base, *peer.packages, *pins()])
    return f"{peer.name.lower()}-{hashlib.sha256(content.encode()).hexdigest()[:12]}"


def pins(constraints: Path = CONSTRAINTS) -> list[str]:
    """The lines of the constraints file that pin what embeds. Raises PeerError if the file can't be read."""
    try:
        lines = constraints.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise PeerError(constraints, "can't be read", "run from a clone", error.strerror) from error
    return [line for line in lines if line.partition("==")[0].strip().lower() in PINNED]


def interpreter_for(peer: Peer, named: Path | None) -> list[str]:
    """The command of a Python that the peer accepts: this one, the one named, or a newer one on the path."""
    if sys.version_info[:2] >= peer.python:
        return [sys.executable]
    for candidate in ([str(named)] if named else []) + [found for name in NEWER if (found := shutil.which(name))]:
        if _version(candidate) >= peer.python:
            return [candidate]
    least = ".".join(map(str, peer.python))
    here = ".".join(map(str, sys.version_info[:2]))
    raise PeerError(peer.name, f"needs Python {least} or newer, this is {here}", "name one by --python")


def _version(python: str) -> tuple[int, ...]:
    """The first two parts of an interpreter's version; () if it doesn't run."""
    command = [python, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    except (OSError, subprocess.SubprocessError):
        return ()
    return tuple(map(int, said.split()))


def _installed(peer: Peer, base: Sequence[str], folder: Path) -> dict[str, str]:
    """Make the environment, install the packages, and return every version."""
    said = ""
    for command in _making(peer, base, folder):
        said = _run(peer, command, folder)
    found: dict[str, str] = json.loads(said)
    return found


def _making(peer: Peer, base: Sequence[str], folder: Path) -> list[list[str]]:
    """The commands that make an environment; the last one prints its versions."""
    python = str(_python_of(folder))
    constraints = folder.with_name(f"{folder.name}.constraints.txt")
    constraints.parent.mkdir(parents=True, exist_ok=True)
    constraints.write_text("\n".join(pins()) + "\n", encoding="utf-8")
    return [
        [*base, "-m", "venv", str(folder)],
        [python, "-m", "pip", "install", "--no-input", "--constraint", str(constraints), *peer.packages],
        [python, "-c", VERSIONS],
    ]


def _run(peer: Peer, command: Sequence[str], folder: Path) -> str:
    """Run a command of the installation; its output. Raises PeerError, with the first error it said, if it fails."""
    trouble, log = "can't be installed", folder.with_name(f"{folder.name}.log")
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=INSTALL_LIMIT)
    except (OSError, subprocess.SubprocessError) as error:
        raise PeerError(peer.name, trouble, "try again", f"{error!s:.200}") from error
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(done.stdout + done.stderr, encoding="utf-8")
    if done.returncode:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise PeerError(peer.name, trouble, f"see {log.name}", last_words(errors[0] if errors else done.stderr))
    return done.stdout


def _python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
