"""Damaged files read: `python -m eval.fuzz DIR…`, thousands of mutants of the PDF, XML and text files in folders.

A reader may read a mutant or refuse it with an InputError of one line. Whatever else it does is an offence: any other
error (crashed), the end of its process (died), more than 30 s (hung), more than 512 MB (memory). Mutant N of a seed
and a set of files is always the same, so `--only N` makes it again.
"""

import argparse
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from random import Random
from tempfile import TemporaryDirectory
from typing import get_args

from eval.reading.mutate import Kind, mutate
from eval.reading.process import READER, ReadingProcess
from evqa.errors import InputError
from evqa.model import Record

KINDS: dict[str, Kind] = {".pdf": "PDF", ".xml": "XML", ".nxml": "XML", ".md": "text", ".txt": "text"}
HANG = 30.0
MEMORY = 512.0
SLOWEST = 5
LARGEST = 5_000_000
FOUND = Path("fuzz-found")


class Mutant(Record):
    """A damaged copy: its number, the file it is of, what was done to it."""

    number: int
    of: Path
    changes: tuple[str, ...]
    data: bytes


class Trial(Record):
    """What came of reading a mutant. `outcome` is read, refused, crashed, died, hung or memory."""

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
        """Whether a reader must not do that."""
        return self.outcome not in ("read", "refused")


class Mutants:
    """The mutants of a set of files: kinds equally often, small files more often than large ones."""

    def __init__(self, paths: Sequence[Path], seed: int) -> None:
        self._seed = seed
        kinds = {kind: [p for p in paths if KINDS[p.suffix.lower()] == kind] for kind in get_args(Kind)}
        self._kinds: dict[Kind, list[Path]] = {kind: of_kind for kind, of_kind in kinds.items() if of_kind}
        self._data = {path: path.read_bytes() for path in paths}

    def make(self, number: int) -> Mutant:
        """The mutant of that number, from 1."""
        random = Random(f"{self._seed}/{number}")  # noqa: S311 – repeatable, not secret
        kind = random.choice(list(self._kinds))
        paths = self._kinds[kind]
        of, other = random.choices(paths, weights=[1 / (1 + len(self._data[path])) for path in paths], k=2)
        data, changes = mutate(self._data[of], self._data[other], kind, random)
        return Mutant(number=number, of=of, changes=changes, data=data)


def seeds(folders: Sequence[Path]) -> list[Path]:
    """Readable files of up to 5 MB under the folders, each folder's sorted. Raises InputError if there is none."""
    found = [p for folder in folders for p in sorted(folder.rglob("*")) if p.suffix.lower() in KINDS and p.is_file()]
    small = [path for path in found if path.stat().st_size <= LARGEST]
    if not small:
        named = ", ".join(str(folder) for folder in folders)
        raise InputError(named, "no file to damage", f"name folders with {', '.join(KINDS)} files")
    return small


def trials(mutants: Mutants, numbers: Sequence[int], jobs: int, found: Path, reader: str = READER) -> Iterator[Trial]:
    """Makes and reads the mutants, `jobs` at a time, in order; offenders are saved in the folder `found`."""
    free: SimpleQueue[ReadingProcess] = SimpleQueue()
    processes = [ReadingProcess(HANG, reader, keep=False) for _ in range(jobs)]
    for process in processes:
        free.put(process)
    try:
        with TemporaryDirectory() as folder, ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(lambda n: _try(mutants.make(n), free, Path(folder), found), numbers)
    finally:
        for process in processes:
            process.close()


def _try(mutant: Mutant, free: SimpleQueue[ReadingProcess], folder: Path, found: Path) -> Trial:
    path = folder / f"mutant-{mutant.number}{mutant.of.suffix}"
    path.write_bytes(mutant.data)
    process = free.get()
    try:
        trial = _read(mutant, path, process)
    finally:
        free.put(process)
        path.unlink()
    if trial.is_offence:
        found.mkdir(parents=True, exist_ok=True)
        (found / f"{mutant.number}-{trial.outcome}-{mutant.of.name}").write_bytes(mutant.data)
    return trial


def _read(mutant: Mutant, path: Path, process: ReadingProcess) -> Trial:
    reading = process.read(path)
    is_large = reading.megabytes > MEMORY and reading.outcome in ("read", "refused")
    return Trial(
        number=mutant.number,
        of=mutant.of,
        changes=mutant.changes,
        outcome="memory" if is_large else reading.outcome,
        message=reading.message,
        seconds=reading.seconds,
        megabytes=reading.megabytes,
        size=len(mutant.data),
    )


def render(done: Sequence[Trial], seed: int) -> str:
    """What happened by kind, how long it took, the slowest, and every offence."""
    heads = f"{'kind':6}{'mutants':>9}{'read':>7}{'refused':>9}{'crashed':>9}{'died':>6}{'hung':>6}{'memory':>8}"
    lines = [f"{heads}{'median s':>10}{'p99 s':>8}{'max s':>8}{'max MB':>8}{'median kB':>11}"]
    for kind in (*get_args(Kind), "all"):
        of_kind = [trial for trial in done if kind in ("all", KINDS[trial.of.suffix.lower()])]
        lines += [_line(kind, of_kind)] if of_kind else []
    slow = sorted(done, key=lambda trial: -trial.seconds)[:SLOWEST]
    lines += ["", "slowest:", *(_told(trial) for trial in slow)]
    offences = [trial for trial in done if trial.is_offence]
    lines += ["", f"offences: {len(offences)}" + (f" (make one again with --seed {seed} --only N)" if offences else "")]
    return "\n".join([*lines, *(_told(trial) for trial in offences)])


def _line(kind: str, done: Sequence[Trial]) -> str:
    count = Counter(trial.outcome for trial in done)
    seconds = sorted(trial.seconds for trial in done)
    outcomes = (("read", 7), ("refused", 9), ("crashed", 9), ("died", 6), ("hung", 6), ("memory", 8))
    counted = "".join(f"{count[name]:>{width}}" for name, width in outcomes)
    spread = f"{statistics.median(seconds):>10.3f}{seconds[int(len(seconds) * 0.99)]:>8.2f}{seconds[-1]:>8.2f}"
    most, size = max(trial.megabytes for trial in done), statistics.median(trial.size for trial in done)
    return f"{kind:6}{len(done):>9}{counted}{spread}{most:>8.0f}{size / 1000:>11.0f}"


def _told(trial: Trial) -> str:
    cost = f"{trial.seconds:.2f} s, {trial.megabytes:.0f} MB, {trial.size:,} bytes"
    return f"  {trial.number} {trial.outcome} {trial.of.name} {'+'.join(trial.changes)} ({cost}): {trial.message}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m eval.fuzz", description=(__doc__ or "").split("\n\n")[1])
    parser.add_argument("folders", type=Path, nargs="+", metavar="DIR")
    parser.add_argument("--count", type=int, default=10_000, metavar="N", help="mutants (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes at a time (default: %(default)s)")
    parser.add_argument("--only", type=int, nargs="+", metavar="N", help="make and read only these mutants")
    parser.add_argument("--found", type=Path, default=FOUND, metavar="DIR", help="offenders go there (%(default)s)")
    parser.add_argument("--reader", default=READER, metavar="MODULE:FUNCTION", help="what reads (default: %(default)s)")
    return parser


def run(options: argparse.Namespace) -> list[Trial]:
    """Reads all mutants that the options name, telling offences on stderr as they come."""
    numbers = options.only or range(1, options.count + 1)
    done = []
    for trial in trials(
        Mutants(seeds(options.folders), options.seed), numbers, options.jobs, options.found, options.reader
    ):
        done.append(trial)
        if trial.is_offence or len(done) % 500 == 0:
            print(f"{len(done)}/{len(numbers)}{_told(trial)}", file=sys.stderr)
    return done


def main(arguments: Sequence[str]) -> int:
    """Prints the summary: 0, 1 when there is an offence, 4 when there is nothing to read."""
    options = _parser().parse_args(arguments)
    try:
        done = run(options)
    except (InputError, ImportError) as error:
        print(error, file=sys.stderr)
        return 4
    print(render(done, options.seed))
    return int(any(trial.is_offence for trial in done))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
