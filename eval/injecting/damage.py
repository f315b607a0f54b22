"""Files of a corpus changed, cut, emptied or gone, alone and in pairs."""

import hashlib
import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from random import Random

from eval.injecting.homes import CORPUS, Found, Template, answered, state
from eval.injecting.kills import sound
from index.disk.folder import RECORDS, corpus_folder

WAYS = ("flipped", "cut", "emptied", "gone")
# Nothing of a corpus lies in these: the lock of whoever writes it.
NOT_DATA = frozenset({"writer.lock"})


def damaged(template: Template, home: Path, number: int, seed: int) -> Found:
    """Damage one file, every third time two. `verify` has to see it, unless every row is as it was; a question has to
    get the same answer or an error."""
    chance = Random(f"{seed} {number}")  # noqa: S311 - to be the same again
    folder = corpus_folder(home, CORPUS)
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in NOT_DATA)
    chosen = chance.sample(files, 2 if number % 3 == 2 else 1)
    done = [(path, WAYS[chance.randrange(len(WAYS))]) for path in chosen]
    found = Found("damage", ", ".join(f"{path.relative_to(folder)} {way}" for path, way in done))
    before = rows(template.home)
    for path, way in done:
        _damage(path, way, chance)
    # First the truth of `verify`: a question makes anew what can be made anew.
    damage = sound(home, CORPUS)
    is_harmless = not damage and rows(home) == before and state(home, CORPUS) == template.state
    found.outcome = "seen" if damage else "harmless" if is_harmless else "unseen"
    found.unless(bool(damage) or is_harmless, "verify sees nothing")
    said = in_child(home)
    is_right = said == answered(template.home, CORPUS) or said.startswith("error: ")
    found.unless(is_right, f"answers {said!r}")
    return found


def _damage(path: Path, way: str, chance: Random) -> None:
    data = path.read_bytes()
    if way == "gone":
        path.unlink()
    elif way == "emptied" or not data:
        path.write_bytes(b"")
    elif way == "cut":
        path.write_bytes(data[: chance.randrange(len(data))])
    else:
        place = chance.randrange(len(data))
        path.write_bytes(data[:place] + bytes([data[place] ^ chance.randint(1, 255)]) + data[place + 1 :])


def rows(home: Path) -> str:
    """SHA-256 over every row of the records that counts; what SQLite says if they can't be read."""
    path = corpus_folder(home, CORPUS) / RECORDS
    digest = hashlib.sha256()
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            for line in connection.iterdump():
                # Which reader read a file decides only whether it is read again.
                if not line.startswith('INSERT INTO "reading"'):
                    digest.update(line.encode(errors="surrogateescape"))
    except (sqlite3.Error, UnicodeError) as error:
        return str(error)
    return digest.hexdigest()


def in_child(home: Path) -> str:
    """What a question gets, in a process of its own, so that one that dies is an answer, too."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _answer_into(writing, home)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        said = told.read()
    status = os.waitpid(child, 0)[1]
    return said if os.waitstatus_to_exitcode(status) == 0 else f"died: {os.waitstatus_to_exitcode(status)} {said}"


def _answer_into(pipe: int, home: Path) -> None:
    code = 1
    try:
        os.write(pipe, answered(home, CORPUS).encode())
        code = 0
    except BaseException as error:  # whatever it is, it is an offence, and the child may never return
        os.write(pipe, f"{type(error).__name__}: {error}".encode()[:500])
    finally:
        os._exit(code)


def flips(template: Template, home: Path, places: Sequence[float]) -> Found:
    """One byte of each file flipped, at these shares of its length: how many of them `verify` sees."""
    found = Found("flips", f"{len(places)} places of every file")
    folder = corpus_folder(home, CORPUS)
    before = rows(template.home)
    seen = harmless = 0
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in NOT_DATA):
        data = path.read_bytes()
        for share in places if data else ():
            place = int(share * len(data))
            path.write_bytes(data[:place] + bytes([data[place] ^ 0x41]) + data[place + 1 :])
            if sound(home, CORPUS):
                seen += 1
            elif rows(home) == before and state(home, CORPUS) == template.state:
                harmless += 1
            else:
                found.unless(False, f"{path.relative_to(folder)} at {place}")
            path.write_bytes(data)
    found.outcome = f"{seen} seen, {harmless} harmless"
    return found
