"""The home that faults are injected into, the commands that are disturbed, and what a corpus holds."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from evqa.answer import ask
from evqa.errors import EvqaError
from index.corpus import open_corpus
from index.disk.folder import RECORDS, corpus_folder
from index.generation.generation import open_generation
from index.store.store import opened

CORPUS, TAKEN = "lab", "taken"
QUESTION, ANSWER = "At how many degrees does brass melt?", "940 degrees"
COMMAND = (sys.executable, "-m", "api.cli.main")
LONGEST = 600.0


def review(title: str, facts: Sequence[str]) -> str:
    """A short review in Markdown with one entry a fact."""
    text = " ".join(f"{fact} ({number})." for number, fact in enumerate(facts, start=1))
    entries = [
        f"{number}. Doe J, Lee {chr(64 + number)}. {fact} for sure. J {title}. 20{number:02};{number}:1-{number + 4}."
        f" doi:10.1000/{title.lower()}.{number}"
        for number, fact in enumerate(facts, start=1)
    ]
    return "\n\n".join([f"# {title} and what is known of it", "## Introduction", text, "## References", *entries, ""])


BASE = {
    "brass.md": review("Brass", ["Brass melts at 940 degrees", "Brass holds copper and zinc"]),
    "salt.md": review("Salt", ["Salt melts at 801 degrees", "Salt grows in cubes", "Salt draws water from the air"]),
}
MORE = {
    "moss.md": review("Moss", ["Moss holds twenty times its weight of water", "Moss grows on stones"]),
    "wax.md": review("Wax", ["Wax melts at 62 degrees", "Wax keeps water out"]),
}
CHANGED = review("Salt", ["Salt melts at 801 degrees", "Salt grows in cubes", "Salt tastes of the sea"])
LIBRARY = """@article{one, title={Brass melts at 940 degrees for sure}, author={Doe, J.}, year={2001},
 doi={10.1000/brass.1}, abstract={Brass was heated until it melted. It melted at 940 degrees in all of ten trials.}}
"""


@dataclass(frozen=True)
class Disturbed:
    """A command that is disturbed: its arguments but for the home's paths, the corpus it changes, and whether asking
    for it again after it is done is refused (exit code 6)."""

    name: str
    arguments: Callable[[Path], list[str]]
    corpus: str = CORPUS
    refuses_again: bool = False


DISTURBED = (
    Disturbed("ingest", lambda home: ["ingest", str(home / "more"), "--corpus", CORPUS]),
    Disturbed("ingest a change", lambda home: ["ingest", str(home / "changed"), "--corpus", CORPUS]),
    Disturbed("remove", lambda _: ["remove", "salt.md", "--corpus", CORPUS], refuses_again=True),
    Disturbed("enrich", lambda home: ["enrich", "--corpus", CORPUS, "--abstracts", "--from", str(home / "library")]),
    Disturbed("import", lambda home: ["import", str(home / "lab.evqa"), "--as", TAKEN], TAKEN, refuses_again=True),
)


@dataclass(frozen=True)
class State:
    """What a corpus holds: the names of its documents as recorded, and the fingerprint of what is published."""

    documents: frozenset[str] = frozenset()
    fingerprint: str = ""


@dataclass
class Found:
    """What came of one case: what was done, and every way in which it wasn't as it has to be."""

    kind: str
    case: str
    offences: list[str] = field(default_factory=list)
    outcome: str = ""

    def unless(self, holds: bool, offence: str) -> None:
        """Note an offence unless something holds."""
        if not holds:
            self.offences.append(offence)


class Template:
    """A home with a corpus, from which each case begins, and what each command makes of it undisturbed."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "template"
        for name, texts in (("base", BASE), ("more", MORE), ("changed", {"salt.md": CHANGED})):
            (self.home / name).mkdir(parents=True)
            for file, text in texts.items():
                (self.home / name / file).write_text(text, encoding="utf-8")
        (self.home / "library").mkdir()
        (self.home / "library" / "library.bib").write_text(LIBRARY, encoding="utf-8")
        run(self.home, ["ingest", str(self.home / "base"), "--corpus", CORPUS], must=True)
        run(self.home, ["export", CORPUS, str(self.home / "lab.evqa")], must=True)
        self.state = state(self.home, CORPUS)
        self.ends: dict[str, State] = {}
        self.seconds: dict[str, float] = {}
        for each in DISTURBED:
            home = self.copy(folder / f"whole {each.name}")
            began = time.monotonic()
            run(home, each.arguments(home), must=True)
            self.seconds[each.name] = time.monotonic() - began
            self.ends[each.name] = state(home, each.corpus)
            shutil.rmtree(home)

    def copy(self, folder: Path) -> Path:
        """A copy of the home; the models are linked, since no case writes to them."""
        shutil.copytree(self.home, folder, ignore=shutil.ignore_patterns("models"), symlinks=True)
        (folder / "models").symlink_to(self.home / "models")
        return folder


def run(home: Path, arguments: Sequence[str], must: bool = False) -> "subprocess.CompletedProcess[str]":
    """Run a command of evqa to its end. With `must`, raises RuntimeError unless it succeeds."""
    environment = {**os.environ, "EVQA_HOME": str(home)}
    done = subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=LONGEST,
    )
    if must and done.returncode not in (0, 5):
        raise RuntimeError(f"evqa {' '.join(arguments)}: {done.returncode}: {done.stderr}")
    return done


def state(home: Path, corpus: str) -> State:
    """What a corpus holds; nothing if it isn't there."""
    records = corpus_folder(home, corpus) / RECORDS
    if not records.exists():
        return State()
    with closing(opened(records)) as store:
        documents = frozenset(row.source for row in store.rows())
    generation = open_generation(records.parent)
    if isinstance(generation, str):
        return State(documents)
    with closing(generation):
        return State(documents, generation.manifest.fingerprint)


def answered(home: Path, corpus: str) -> str:
    """The first claim that answers the question; what is said instead, after "refused: " or "error: "."""
    try:
        with open_corpus(home, corpus, warn=lambda _: None) as found:
            answer = ask(QUESTION, found)
    except EvqaError as error:
        return f"error: {error}"
    return answer.claims[0].text if answer.claims else f"refused: {answer.status}"
