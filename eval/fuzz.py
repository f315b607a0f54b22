"""`python -m eval.fuzz DIR…`: read thousands of damaged copies of the files in folders.

A reader may read a damaged copy (a mutant), or refuse it with an InputError of one line. Anything else is an offence:
another error (crashed), the end of its process (died), more than 30 s (hung), more than 512 MB (memory). Mutant N of a
seed and a set of files is always the same, so `--only N` repeats it.
"""

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import get_args

from eval.command_line import exit_code, parser_for, say
from eval.reading.mutate import Kind, mutate
from eval.reading.process import READER, ReadingProcesses
from evqa.errors import InputError
from evqa.model import Record

KINDS: dict[str, Kind] = {
    ".docx": "Word",
    ".html": "HTML",
    ".md": "text",
    ".nxml": "XML",
    ".pdf": "PDF",
    ".txt": "text",
    ".xml": "XML",
}
HANG = 30.0
MEMORY = 512.0
SLOWEST = 5
LARGEST = 5_000_000
FOUND = Path("fuzz-found")


class Mutant(Record):
    """A damaged copy of a file: its number, the file, and the changes made."""

    number: int
    of: Path
    changes: tuple[str, ...]
    data: bytes


class Trial(Record):
    """The result of reading a mutant. `outcome` is read, refused, crashed, died, hung or memory."""

    number: int
    of: Path
    changes: tuple[str, ...]
    outcome: str
    message: str
    seconds: float
    megabytes: float
    size: int

    @property
    def is_offence(self) -> bool:
        """Whether a reader must not behave like that."""
        return self.outcome not in ("read", "refused")


class Mutants:
    """The mutants of a set of files. Each kind is equally likely; small files are more likely than large ones."""

    def __init__(self, paths: Sequence[Path], seed: int) -> None:
        self._seed = seed
        kinds = {kind: [p for p in paths if KINDS[p.suffix.lower()] == kind] for kind in get_args(Kind)}
        self._kinds: dict[Kind, list[Path]] = {kind: of_kind for kind, of_kind in kinds.items() if of_kind}
        self._data = {path: path.read_bytes() for path in paths}

    def make(self, number: int) -> Mutant:
        """Make the mutant of a number, from 1."""
        random = Random(f"{self._seed}/{number}")  # noqa: S311 – repeatable, not secret
        kind = random.choice(list(self._kinds))
        paths = self._kinds[kind]
        of, other = random.choices(paths, weights=[1 / (1 + len(self._data[path])) for path in paths], k=2)
        data, changes = mutate(self._data[of], self._data[other], kind, random)
        return Mutant(number=number, of=of, changes=changes, data=data)


def seeds(folders: Sequence[Path]) -> list[Path]:
    """Files of known kinds and up to 5 MB under the folders, sorted. Raises InputError if there is none."""
    known = [p for folder in folders for p in sorted(folder.rglob("*")) if p.suffix.lower() in KINDS and p.is_file()]
    small = [path for path in known if path.stat().st_size <= LARGEST]
    if not small:
        named = ", ".join(str(folder) for folder in folders)
        raise InputError(named, "no file to damage", f"name folders with {', '.join(KINDS)} files")
    return small


def trials(mutants: Mutants, numbers: Sequence[int], jobs: int, found: Path, reader: str = READER) -> Iterator[Trial]:
    """Make and read the mutants in order, `jobs` at a time. Offending mutants are saved in the folder `found`."""
    with (
        ReadingProcesses(jobs, HANG, reader, keep=False) as processes,
        TemporaryDirectory() as folder,
        ThreadPoolExecutor(jobs) as pool,
    ):
        yield from pool.map(lambda number: _try(mutants.make(number), processes, Path(folder), found), numbers)


def _try(mutant: Mutant, processes: ReadingProcesses, folder: Path, found: Path) -> Trial:
    path = folder / f"mutant-{mutant.number}{mutant.of.suffix}"
    path.write_bytes(mutant.data)
    try:
        reading = processes.read(path)
    finally:
        path.unlink()
    is_large = reading.megabytes > MEMORY and reading.outcome in ("read", "refused")
    trial = Trial(
        number=mutant.number,
        of=mutant.of,
        changes=mutant.changes,
        outcome="memory" if is_large else reading.outcome,
        message=reading.message,
        seconds=reading.seconds,
        megabytes=reading.megabytes,
        size=len(mutant.data),
    )
    if trial.is_offence:
        found.mkdir(parents=True, exist_ok=True)
        (found / f"{mutant.number}-{trial.outcome}-{mutant.of.name}").write_bytes(mutant.data)
    return trial


def render(done: Sequence[Trial], seed: int) -> str:
    """The report: outcomes and times by kind, the slowest mutants, and every offence."""
    heads = f"{'kind':6}{'mutants':>9}{'read':>7}{'refused':>9}{'crashed':>9}{'died':>6}{'hung':>6}{'memory':>8}"
    lines = [f"{heads}{'median s':>10}{'p99 s':>8}{'max s':>8}{'max MB':>8}{'median kB':>11}"]
    for kind in (*get_args(Kind), "all"):
        of_kind = [trial for trial in done if kind in ("all", KINDS[trial.of.suffix.lower()])]
        lines += [_line(kind, of_kind)] if of_kind else []
    slow = sorted(done, key=lambda trial: -trial.seconds)[:SLOWEST]
    lines += ["", "slowest:", *(_trial_line(trial) for trial in slow)]
    offences = [trial for trial in done if trial.is_offence]
    lines += ["", f"offences: {len(offences)}" + (f" (repeat one with --seed {seed} --only N)" if offences else "")]
    return "\n".join([*lines, *(_trial_line(trial) for trial in offences)])


def _line(kind: str, done: Sequence[Trial]) -> str:
    count = Counter(trial.outcome for trial in done)
    seconds = sorted(trial.seconds for trial in done)
    outcomes = (("read", 7), ("refused", 9), ("crashed", 9), ("died", 6), ("hung", 6), ("memory", 8))
    counted = "".join(f"{count[name]:>{width}}" for name, width in outcomes)
    spread = f"{statistics.median(seconds):>10.3f}{seconds[int(len(seconds) * 0.99)]:>8.2f}{seconds[-1]:>8.2f}"
    most, size = max(trial.megabytes for trial in done), statistics.median(trial.size for trial in done)
    return f"{kind:6}{len(done):>9}{counted}{spread}{most:>8.0f}{size / 1000:>11.0f}"


def _trial_line(trial: Trial) -> str:
    cost = f"{trial.seconds:.2f} s, {trial.megabytes:.0f} MB, {trial.size:,} bytes"
    return f"  {trial.number} {trial.outcome} {trial.of.name} {'+'.join(trial.changes)} ({cost}): {trial.message}"


def _parser() -> argparse.ArgumentParser:
    parser = parser_for("fuzz", __doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR", help="folders of files to damage")
    parser.add_argument("--count", type=int, default=10_000, metavar="N", help="mutants (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the mutants (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes at a time (default: %(default)s)")
    parser.add_argument("--only", type=int, nargs="+", metavar="N", help="read only these mutants")
    parser.add_argument(
        "--found", type=Path, default=FOUND, metavar="DIR", help="folder for offending mutants (%(default)s)"
    )
    parser.add_argument("--reader", default=READER, metavar="MODULE:FUNCTION", help="the reader (default: %(default)s)")
    return parser


def run(options: argparse.Namespace) -> list[Trial]:
    """Read all mutants that the options name; print offences on stderr at once."""
    numbers = options.only or range(1, options.count + 1)
    done = []
    for trial in trials(
        Mutants(seeds(options.folders), options.seed), numbers, options.jobs, options.found, options.reader
    ):
        done.append(trial)
        if trial.is_offence or len(done) % 500 == 0:
            say(f"{len(done)}/{len(numbers)}{_trial_line(trial)}")
    return done


def main(argv: Sequence[str] | None = None) -> int:
    """Print the summary: exit code 0, 1 if a reader failed on a mutant, 4 if there is nothing to read."""
    options = _parser().parse_args(argv)

    def read_all() -> int:
        done = run(options)
        print(render(done, options.seed))
        return int(any(trial.is_offence for trial in done))

    return exit_code(read_all, failed=4)


if __name__ == "__main__":
    sys.exit(main())
