"""What only separate processes show."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from tests.api.running import MOSS, Run, written

SCRIPT = str(Path(sysconfig.get_path("scripts")) / "evqa")
HEAVY = {"torch", "transformers", "sentence_transformers", "fastapi", "rispy", "bibtexparser"}


def test_a_cold_ask_loads_nothing_heavy(home: Path) -> None:
    """Asking a stored corpus imports neither the bulk model's packages nor a server's nor an export's."""
    code = (
        "import sys; from api.cli.main import main; done = main(['ask', 'What does reference 15 support?', '--json'])\n"
        "print(*sys.modules, file=sys.stderr); sys.exit(done)"
    )
    environment = {**os.environ, "EVQA_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert not HEAVY & set(done.stderr.split())
    assert '"status":"answered"' in done.stdout


def test_the_script_gives_exit_codes_and_utf8(home: Path, tmp_path: Path) -> None:
    """Through the installed script codes arrive at the shell, and a pipe gets UTF-8 whatever the locale."""
    environment = {**os.environ, "EVQA_HOME": str(home), "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    asked = [[SCRIPT, "refs", "--cited-by"], [SCRIPT, "read", str(tmp_path / "none.md")], [SCRIPT, "refs", "--json"]]
    done = [subprocess.run(command, env=environment, capture_output=True, check=False) for command in asked]
    assert [one.returncode for one in done] == [2, 4, 0]
    assert done[2].stdout.decode("utf-8").count('"number":') == 90


def test_two_processes_that_ingest_at_once(asked: Run, home: Path, moss: Path) -> None:
    """One of two may find the corpus busy and says so; the corpus is whole afterwards."""
    assert asked("ingest", moss, "--corpus", "raced").code == 0
    written(moss, MOSS.replace("Slugs avoid cushions that contain bitter acids.", ""))
    environment = {**os.environ, "EVQA_HOME": str(home)}
    command = [SCRIPT, "ingest", str(moss), "--corpus", "raced", "--json"]
    both = [subprocess.Popen(command, env=environment, stdout=-1, stderr=-1, text=True) for _ in range(2)]
    ended = [(one.communicate(), one.returncode) for one in both]
    assert {code for _, code in ended} <= {0, 6}
    assert 0 in {code for _, code in ended}
    assert all("is being written by" in err for (_, err), code in ended if code == 6)
    assert asked("verify", "--corpus", "raced").code == 0
    assert asked("ingest", moss, "--corpus", "raced", "--json").json[0]["state"] == "unchanged"


def test_a_reader_that_leaves_is_no_error(home: Path) -> None:
    """When the other end of the pipe closes, the command ends without a word."""
    environment = {**os.environ, "EVQA_HOME": str(home)}
    process = subprocess.Popen([SCRIPT, "refs", "--json"], env=environment, stdout=-1, stderr=-1, text=True)
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate()
    assert err == ""
    assert process.returncode == 141


def test_closed_streams_are_no_error(home: Path) -> None:
    """With stdin, stdout or stderr closed a command ends with its code, and says nothing in the wrong place."""
    environment = {**os.environ, "EVQA_HOME": str(home)}
    ended = [
        subprocess.run(["sh", "-c", f'"$0" {words}', SCRIPT], env=environment, capture_output=True, check=False)
        for words in ("corpora <&- >&-", "ask '' 2>&-", "corpora <&- 2>&-", "ask '' >&- 2>&-")
    ]
    assert [(one.returncode, one.stderr) for one in ended] == [(0, b""), (2, b""), (0, b""), (2, b"")]
    assert [b"default:" in one.stdout for one in ended] == [False, False, True, False]
