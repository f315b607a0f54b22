"""Measure a command in a process of its own: its time, its peak memory, the modules it imports. POSIX only."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence

from pydantic import Field

from evqa.errors import EvqaError
from evqa.model import Record

ANSWERED_OR_REFUSED = (0, 3)
IMPORT_LINE = re.compile(r"^import time:.*\|\s*(\S+)$", re.MULTILINE)


class Cost(Record):
    """Wall time of a process from start to end, and its largest resident memory in MB of 10^6 bytes."""

    seconds: float = Field(gt=0)
    megabytes: float = Field(gt=0)


def cost(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Run a command and measure it; its output is discarded. Raises EvqaError if it fails.

    A small process starts the command, because the system counts the starter's memory as a lower bound of the peak.
    """
    starter = [sys.executable, "-m", "eval.cost.cold", json.dumps(list(command))]
    return Cost.model_validate_json(_output(starter, environment).stdout)


def imported(command: Sequence[str], environment: Mapping[str, str]) -> frozenset[str]:
    """The names of all modules that a Python command imports. Raises EvqaError if it fails."""
    done = _output(command, {**environment, "PYTHONPROFILEIMPORTTIME": "1"})
    return frozenset(IMPORT_LINE.findall(done.stderr))


def _output(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    try:
        done = subprocess.run(command, env=dict(environment), capture_output=True, text=True, check=False)
    except OSError as error:
        raise EvqaError(command[0], "can't be started", "install the project first", error.strerror) from error
    if done.returncode not in ANSWERED_OR_REFUSED:
        last = done.stderr.strip().rpartition("\n")[2]
        raise EvqaError(command[0], f"ended with {done.returncode}", "run it by hand to see why", last)
    return done


def _spend(command: Sequence[str]) -> tuple[int, Cost]:
    before = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - before
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024
    return process.returncode, Cost(seconds=seconds, megabytes=usage.ru_maxrss * unit / 1e6)


if __name__ == "__main__":
    code, spent = _spend(json.loads(sys.argv[1]))
    print(spent.model_dump_json())
    sys.exit(code)
