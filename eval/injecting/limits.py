"""A disk that fills up, a home that may only be read, and a clock that was set back.

The first two need a file system of their own, which only root may mount; elsewhere they say that they weren't possible.
"""

import os
import subprocess
import time
from pathlib import Path

from eval.injecting.homes import ANSWER, CORPUS, QUESTION, Found, Template, answered, run, state
from eval.injecting.kills import sound

REFUSED = 6
YEARS = 10 * 365 * 86_400


def full_disk(template: Template, folder: Path, kilobytes: int) -> Found:
    """Ingest into a home on a file system of that size beyond what it holds; then with room."""
    found = Found("full disk", f"{kilobytes} kB free")
    folder.mkdir()
    if not _mounted(folder):
        found.outcome = "not possible here"
        return found
    try:
        home = template.copy(folder / "home")
        used = sum(path.stat().st_size for path in home.rglob("*") if path.is_file() and not path.is_symlink())
        _resize(folder, used // 1024 + 160 + kilobytes)
        order = ["ingest", str(home / "more"), "--corpus", CORPUS]
        done = run(home, order)
        found.outcome = "went through" if done.returncode == 0 else "refused"
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        found.unless(done.returncode in (0, 4, REFUSED), f"ends with {done.returncode}: {done.stderr.strip()[-300:]}")
        found.unless(not any("Traceback" in line or "internal error" in line for line in lines), f"says {lines[-1:]}")
        _resize(folder, 65_536)
        held = state(home, CORPUS)
        found.unless(template.state.documents <= held.documents, f"holds {sorted(held.documents)}")
        found.unless(ANSWER in answered(home, CORPUS), f"answers {answered(home, CORPUS)!r}")
        found.unless(not sound(home, CORPUS), f"verify finds {sound(home, CORPUS)}")
        again = run(home, order)
        found.unless(again.returncode == 0, f"with room it ends with {again.returncode}: {again.stderr.strip()[-200:]}")
        found.unless(state(home, CORPUS) == template.ends["ingest"], "ends in another state")
    finally:
        _unmount(folder)
    return found


def _resize(folder: Path, kilobytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(folder)], check=True)


def read_only(template: Template, folder: Path) -> Found:
    """A home on a read-only file system is asked, and told in a line that nothing can be stored."""
    found = Found("read-only", "a file system")
    folder.mkdir()
    if not _mounted(folder):
        found.outcome = "not possible here"
        return found
    try:
        home = template.copy(folder / "home")
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        asked = run(home, ["ask", QUESTION, "--corpus", CORPUS])
        found.unless(ANSWER in asked.stdout, f"asking ends with {asked.returncode}: {asked.stderr.strip()[-200:]}")
        for order in (["ingest", str(home / "more"), "--corpus", CORPUS], ["remove", "salt.md", "--corpus", CORPUS]):
            said = run(home, order)
            is_line = said.stderr.strip().count("\n") == 0 and "internal error" not in said.stderr
            found.unless(said.returncode == REFUSED and is_line, f"{order[0]}: {said.returncode}: {said.stderr[-300:]}")
        found.unless(not sound(home, CORPUS), f"verify finds {sound(home, CORPUS)}")
    finally:
        _unmount(folder)
    return found


def _unmount(folder: Path) -> None:
    """Take the file system away, as soon as the last file in it that something still maps is closed."""
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _mounted(folder: Path) -> bool:
    order = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    return subprocess.run(order, check=False, capture_output=True).returncode == 0


def clock_set_back(template: Template, home: Path) -> Found:
    """Every file was written ten years from now: storing, asking and checking go on as ever."""
    found = Found("clock", "set back ten years")
    later = time.time() + YEARS
    for path in home.rglob("*"):
        if path.is_file() and not path.is_symlink():
            os.utime(path, (later, later))
    done = run(home, ["ingest", str(home / "more"), "--corpus", CORPUS])
    found.unless(done.returncode == 0, f"ends with {done.returncode}: {done.stderr.strip()[-200:]}")
    found.unless(state(home, CORPUS) == template.ends["ingest"], "ends in another state")
    found.unless(ANSWER in answered(home, CORPUS), f"answers {answered(home, CORPUS)!r}")
    found.unless(not sound(home, CORPUS), f"verify finds {sound(home, CORPUS)}")
    return found
