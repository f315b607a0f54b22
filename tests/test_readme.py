"""What the README shows is what happens."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from api.main import parsers

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
MAIN = "import sys; from api.main import main; sys.exit(main())"


def blocks(language: str) -> list[str]:
    """Fenced blocks of the README that are marked as this language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def commands() -> list[list[str]]:
    """Every `evqa …` line of the README, split as a shell would."""
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    return [shlex.split(line, comments=True) for line in lines if line.startswith("evqa ")]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the project's folder with this Python."""
    return subprocess.run(
        [sys.executable, "-c", *command],
        cwd=ROOT,
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )


def in_brackets(text: str) -> list[str]:
    """Every "[38, 39]" and "[38]" of a text, in order."""
    return re.findall(r"\[[\d, ]+\]", text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page names a file of the project."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_commands_are_understood() -> None:
    """Every command line that the README shows has a form that evqa takes."""
    parser, _ = parsers()
    assert commands()
    for _, *arguments in commands():
        assert parser.parse_args(arguments).command == arguments[0]


def test_shown_answer_is_the_answer() -> None:
    """The shown question, asked of the built-in sample, gives the words and the numbers that are shown."""
    question = re.findall(r'make ask Q="(.*?)"', README)[0]
    printed = run(MAIN, "ask", question).stdout
    shown = blocks("text")[0]
    assert in_brackets(shown)
    assert in_brackets(shown) == in_brackets(printed)
    assert re.findall("“.*?”", shown, re.DOTALL) == re.findall("“.*?”", printed, re.DOTALL)


def test_python_example_runs() -> None:
    """The README's example of use from Python prints claims with their reference numbers."""
    run(MAIN, "ingest", "ingest/sample", "--corpus", "default")
    assert in_brackets(run(blocks("python")[0]).stdout)
