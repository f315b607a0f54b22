"""`python -m eval.fault_injection`: kill, damage and starve a corpus, and check that nothing is lost.

Commands are killed at random moments, files changed, cut, emptied or deleted, disks filled, two writers started at
once, the home made read-only, the clock set back. After each the corpus must open at a committed state, `evqa verify`
must tell the truth, and the next command must go on to the same end. Case N of a seed is always the same, but for the
machine's own pace.
"""

import argparse
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.command_line import add_json, exit_code, parser_for, print_result, say
from eval.injecting.damage import damaged, flips
from eval.injecting.homes import Found, Template
from eval.injecting.kills import killed, two_writers
from eval.injecting.limits import clock_set_back, full_disk, read_only
from evqa.model import Record

# Free space of the disks that fill up, in kB: from none to more than an ingest takes.
FREE = (0, 20, 60, 120, 200, 300, 450, 700, 1_000, 2_000, 4_000)
SHARES = tuple(place / 40 for place in range(40))
KINDS = ("kills", "damage", "flips", "writers", "disks", "read-only", "clock")


class Kind(Record):
    """What one kind of fault came to: cases, how they ended, and each offence with its case."""

    kind: str
    cases: int
    outcomes: dict[str, int]
    offences: tuple[str, ...]


class Extent(Record):
    """How much is done: `cases` kills and as many damages, some pairs of writers; `seed` of the random choices; `free`
    kB of the disks that fill up; `shares` of each file's length at which a byte is flipped."""

    cases: int = 200
    seed: int = 1
    free: tuple[int, ...] = FREE
    shares: tuple[float, ...] = SHARES


class Report(Record):
    """All kinds."""

    kinds: tuple[Kind, ...]

    @property
    def lines(self) -> list[str]:
        """The table."""
        found = [f"{'fault':<14} {'cases':>6}  {'offences':>8}  how they ended"]
        for each in self.kinds:
            ends = ", ".join(f"{name} {count}" for name, count in sorted(each.outcomes.items()) if name)
            found.append(f"{each.kind:<14} {each.cases:>6}  {len(each.offences):>8}  {ends}")
        return [*found, *(f"  {each.kind}: {offence}" for each in self.kinds for offence in each.offences)]


def main(argv: Sequence[str] | None = None) -> int:
    """Inject the faults and print what was found. The exit code is 1 if anything was lost."""
    arguments = _parser().parse_args(argv)
    return exit_code(lambda: _inject(arguments))


def _inject(arguments: argparse.Namespace) -> int:
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        found = list(cases(Path(folder), arguments.kinds, Extent(cases=arguments.cases, seed=arguments.seed)))
    report = Report(
        kinds=tuple(
            _kind(name, [each for each in found if each.kind == name])
            for name in dict.fromkeys(each.kind for each in found)
        )
    )
    print_result(report, report.lines, arguments.json)
    return int(any(each.offences for each in report.kinds))


def _kind(name: str, found: Sequence[Found]) -> Kind:
    return Kind(
        kind=name,
        cases=len(found),
        outcomes=dict(Counter(each.outcome for each in found)),
        offences=tuple(f"{each.case}: {offence}" for each in found for offence in each.offences),
    )


def cases(folder: Path, kinds: Sequence[str], extent: Extent) -> Iterator[Found]:
    """Every case, each in a copy of a home under `folder`."""
    say("making the home that faults are injected into")
    template = Template(folder)

    def in_copy(inject: Callable[[Path], Found]) -> Found:
        home = template.copy(folder / "case")
        try:
            return inject(home)
        finally:
            shutil.rmtree(home, ignore_errors=True)

    for kind in kinds:
        for number in range(_count(kind, extent.cases)):
            if number and number % 50 == 0:
                say(f"{kind}: {number} of {extent.cases}")
            inject = {"kills": killed, "damage": damaged, "writers": two_writers}[kind]
            yield in_copy(lambda home: inject(template, home, number, extent.seed))  # noqa: B023 - called at once
        if kind == "flips":
            yield in_copy(lambda home: flips(template, home, extent.shares))
        elif kind == "disks":
            for kilobytes in extent.free:
                yield full_disk(template, folder / f"disk {kilobytes}", kilobytes)
        elif kind == "read-only":
            yield read_only(template, folder / "read-only")
        elif kind == "clock":
            yield in_copy(lambda home: clock_set_back(template, home))


def _count(kind: str, cases: int) -> int:
    return {"kills": cases, "damage": cases, "writers": cases // 20}.get(kind, 0)


def _parser() -> argparse.ArgumentParser:
    parser = parser_for("fault_injection", __doc__)
    parser.add_argument("--cases", type=int, default=200, help="kills, and damages (default: 200 of each)")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS, help="only these")
    parser.add_argument("--seed", type=int, default=1, help="of the random choices (default: 1)")
    add_json(parser)
    return parser


if __name__ == "__main__":
    sys.exit(main())
