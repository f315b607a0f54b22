"""What the README shows is what happens."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import indent

import pytest

from api.cli.main import main, parsers
from ingest.sample import sample_path

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
USAGE = (ROOT / "docs" / "usage.md").read_text(encoding="utf-8")
PAGES = [
    *sorted(ROOT.glob("*.md")),
    ROOT / "deploy" / "README.md",
    ROOT / "examples" / "README.md",
    *sorted((ROOT / "docs").rglob("*.md")),
]


def blocks(language: str, page: str = README) -> list[str]:
    """Fenced blocks of a page, by default the README, that are marked as this language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def commands() -> list[list[str]]:
    """Every `evqa …` line of the README and of the page on use, split as a shell would."""
    lines = [line for page in (README, USAGE) for block in blocks("sh", page) for line in block.splitlines()]
    return [shlex.split(line, comments=True) for line in lines if line.startswith("evqa ")]


def in_brackets(text: str) -> list[str]:
    """Every "[38, 39]" and "[38]" of a text, in order."""
    return re.findall(r"\[[\d, ]+\]", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page names a file of the project."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_commands_are_understood() -> None:
    """Every command line that the README or the page on use shows has a form that evqa takes."""
    parser, _ = parsers()
    assert commands()
    for _, *arguments in commands():
        assert parser.parse_args(arguments).command == arguments[0]


def test_shown_answer_is_the_answer(
    bare_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The shown question, asked of the built-in sample, gives the words and the numbers that are shown."""
    monkeypatch.setenv("EVQA_HOME", str(bare_home))
    assert main(["ask", re.findall(r'make ask Q="(.*?)"', README)[0]]) == 0
    printed, shown = capsys.readouterr().out, blocks("text")[0]
    assert in_brackets(shown)
    assert in_brackets(shown) == in_brackets(printed), printed
    assert re.findall("“.*?”", shown, re.DOTALL) == re.findall("“.*?”", printed, re.DOTALL), printed


def test_shown_audit_is_the_audit(
    bare_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is shown of the built-in sample's audit is printed, line for line."""
    monkeypatch.setenv("EVQA_HOME", str(bare_home))
    assert main(["audit"]) == 0
    printed = capsys.readouterr().out.splitlines()
    (shown,) = (block for block in blocks("text", USAGE) if "Runs of shifted numbers" in block)
    assert not [line for line in shown.splitlines() if line not in printed], printed


def test_python_example_runs(bare_home: Path, tmp_path: Path) -> None:
    """The README's examples of use from Python print an answer and claims with their reference numbers."""
    shutil.copy(sample_path(), tmp_path / "review.md")
    first, second = blocks("python")[:2]
    code = first + indent(second, "    ")
    home = shutil.copytree(bare_home, tmp_path / "home")
    environ = {**os.environ, "EVQA_HOME": str(home)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=True, timeout=240)
    answer, *claims = done.stdout.splitlines()
    assert in_brackets(answer)
    assert claims
    assert all(in_brackets(claim) for claim in claims), done.stdout
