"""Kill −9 of a command at a random moment, and two writers at once."""

import os
import signal
import subprocess
import time
from itertools import chain
from pathlib import Path
from random import Random

from eval.injecting.homes import (
    ANSWER,
    COMMAND,
    CORPUS,
    DISTURBED,
    TAKEN,
    Disturbed,
    Found,
    State,
    Template,
    answered,
    run,
    state,
)
from index.disk.folder import RECORDS, corpus_folder
from index.store.sources import source_findings
from index.verify import failure_findings, generation_findings, record_findings

BUSY = 6


def killed(template: Template, home: Path, number: int, seed: int) -> Found:
    """Kill one of the commands, the number says which, and look what is left; then run it again."""
    chance = Random(f"{seed} {number}")  # noqa: S311 - to be the same again
    each = DISTURBED[number % len(DISTURBED)]
    after = chance.uniform(0.1, 1.05) * template.seconds[each.name]
    found = Found("kill", f"{each.name} after {after:.2f} s")
    process = subprocess.Popen(
        [*COMMAND, *each.arguments(home)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "EVQA_HOME": str(home)},
        start_new_session=True,
    )
    time.sleep(after)
    was_running = process.poll() is None
    if was_running:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    begun = State() if each.corpus == TAKEN else template.state
    _check(found, home, each.corpus, begun, template.ends[each.name])
    reached = state(home, each.corpus)
    found.outcome = "ended before" if not was_running else "began" if reached == begun else "went on"
    _go_on(found, template, home, each)
    return found


def _check(found: Found, home: Path, corpus: str, begun: State, ended: State) -> None:
    """The corpus holds a state that was committed, is sound and answers."""
    now = state(home, corpus)
    found.unless(begun.documents & ended.documents <= now.documents, f"lost documents: {sorted(now.documents)}")
    found.unless(now.documents <= begun.documents | ended.documents, f"odd documents: {sorted(now.documents)}")
    if corpus == CORPUS:
        found.unless(ANSWER in answered(home, CORPUS), f"answers {answered(home, CORPUS)!r}")
    damage = sound(home, corpus)
    found.unless(not damage, f"verify finds {damage}")


def sound(home: Path, corpus: str) -> tuple[str, ...]:
    """What `verify` finds in a corpus, without the models, whose 90 MB it would read each time; nothing without one."""
    folder = corpus_folder(home, corpus)
    if not folder.exists():
        return ()
    found = (record_findings(folder / RECORDS), failure_findings(folder), source_findings(folder))
    return tuple(chain(*found, generation_findings(folder)))


def _go_on(found: Found, template: Template, home: Path, each: Disturbed) -> None:
    ended = template.ends[each.name]
    is_done = state(home, each.corpus).documents == ended.documents
    again = run(home, each.arguments(home))
    is_right = again.returncode in (0, 5) or (each.refuses_again and is_done and again.returncode == BUSY)
    found.unless(is_right, f"the next {each.name} ends with {again.returncode}: {again.stderr.strip()[-200:]}")
    answered(home, each.corpus)  # what was stored before the kill is published by the first question
    now = state(home, each.corpus)
    found.unless(now == ended, f"ends as {now}, not {ended}")
    left = [path.name for path in (home / "corpora").iterdir() if path.name.startswith(".")]
    found.unless(not left, f"left behind: {left}")


def two_writers(template: Template, home: Path, number: int, seed: int) -> Found:
    """Two ingests of one corpus at once: each is done or told that the other writes, and both are done in the end."""
    found = Found("two writers", f"pair {number}")
    files = [home / "more" / "moss.md", home / "more" / "wax.md"]
    order = [["ingest", str(file), "--corpus", CORPUS] for file in files]
    environment = {**os.environ, "EVQA_HOME": str(home)}
    pause = Random(f"{seed} {number}").uniform(0.0, 0.5)  # noqa: S311 - as above
    running = []
    for each in order:
        running.append(
            subprocess.Popen(
                [*COMMAND, *each], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
            )
        )
        time.sleep(pause)
    for each, process in zip(order, running, strict=True):
        said = process.communicate()[1]
        if process.returncode == BUSY:
            found.unless("is being written by" in said, f"said {said.strip()[-200:]!r}")
            found.outcome = "one waited"
            run(home, each, must=True)
        else:
            found.unless(process.returncode == 0, f"{each[1]} ends with {process.returncode}: {said.strip()[-200:]}")
    now, ended = state(home, CORPUS), template.ends["ingest"]
    found.unless(now.documents == ended.documents, f"holds {sorted(now.documents)}")
    found.unless(not sound(home, CORPUS), f"verify finds {sound(home, CORPUS)}")
    return found
