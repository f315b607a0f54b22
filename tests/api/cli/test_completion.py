"""Completion, by the shells themselves."""

import shutil
import subprocess
from pathlib import Path

import pytest

from api.cli.main import COMMANDS
from tests.api.running import Run, written

# Each asks its shell for what follows `evqa in` and `evqa refs --format `, and for a file behind `evqa read rev`.
BASH = """
source "$1"
ask() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _shtab_evqa evqa "${@: -1}" "${@: -2:1}"; echo "${COMPREPLY[@]}"; }
ask evqa in; ask evqa refs --format ''; ask evqa read rev
"""
FISH = """
source $argv[1]
for line in 'evqa in' 'evqa refs --format ' 'evqa read rev'
    echo (complete -C $line | string replace -r '\\t.*' '')
end
"""
ZSH = """
fpath=("${1:h}" $fpath)
autoload -Uz compinit
compinit -u -D
print $_comps[evqa]
eval "$(<$1)"
print $_comps[evqa]
print $_shtab_evqa_commands
print $_shtab_evqa_refs_options
"""


@pytest.fixture
def script(evqa: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> list[str]:
    """What runs a script of a shell with evqa's own as its argument, in a folder that holds a review."""
    shell, flags = request.param
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    made = evqa("completion", shell)
    assert (made.code, made.err) == (0, "")
    (tmp_path / "review.md").touch()
    monkeypatch.chdir(tmp_path)
    own = written(tmp_path / "_evqa", made.out)
    return [shell, *flags, str(own)]


def said(command: list[str], text: str) -> list[str]:
    """Lines that a shell prints when it runs the text; nothing may come on stderr."""
    *shell, own = command
    named = [*shell, "-c", text, *([] if "fish" in shell else ["shell"]), own]
    done = subprocess.run(named, capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.parametrize("script", [("bash", ["--norc"])], indirect=True)
def test_bash_completes(script: list[str]) -> None:
    """Commands, the values of an option, and files are completed."""
    assert said(script, BASH) == ["ingest", "text json bibtex ris csl-json", "review.md"]


@pytest.mark.parametrize("script", [("fish", ["--no-config"])], indirect=True)
def test_fish_completes(script: list[str]) -> None:
    """Commands, the values of an option, and files are completed."""
    commands, formats, files = said(script, FISH)
    assert (commands, files) == ("ingest", "review.md")
    assert {*formats.split()} == {"bibtex", "csl-json", "json", "ris", "text"}


@pytest.mark.slow
@pytest.mark.parametrize("script", [("zsh", ["-f"])], indirect=True)
def test_zsh_takes_the_script(script: list[str]) -> None:
    """A file in its path is found for the command, and what is read in the shell itself is registered."""
    found, registered, *options = said(script, ZSH)
    assert (found, registered) == ("_evqa", "_shtab_evqa")
    assert "text json bibtex ris csl-json" in " ".join(options)


def test_every_command_is_completed(evqa: Run) -> None:
    """The script of each shell names every command and loads no corpus."""
    for shell in ("bash", "fish", "zsh"):
        printed = evqa("completion", shell).out
        assert not [name for name in COMMANDS if name not in printed]


def test_another_shell_is_refused(evqa: Run) -> None:
    """A shell for which there is no script is a usage error that names those there are."""
    ran = evqa("completion", "tcsh")
    assert (ran.code, ran.out) == (2, "")
    assert "'bash', 'fish', 'zsh'" in ran.err
