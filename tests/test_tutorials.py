"""The tutorials are walked through: every command runs, in order, and prints what is shown below it."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from tests.api.http.test_serving import served

TUTORIALS = Path(__file__).resolve().parents[1] / "docs" / "tutorials"
# Where `evqa serve` listens by itself; the tests take a free port in its place.
USUAL = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Step:
    """A block of commands or of Python, and what is shown of its output: "" where it prints nothing."""

    language: str
    code: str
    shown: str


def steps(page: str) -> list[Step]:
    """Blocks of a page marked as sh or python, in order, each with the block marked as text that follows it."""
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    following = [*blocks[1:], ("", "")]
    return [
        Step(language, code, after[1] if after[0] == "text" else "")
        for (language, code), after in zip(blocks, following, strict=True)
        if language in ("sh", "python")
    ]


def pattern(shown: str) -> str:
    """A regex of the output that is shown, in which "…" stands for whatever was left out; ends of lines may differ in
    blanks."""
    lines = [".*?".join(map(re.escape, line.rstrip().split("…"))) for line in shown.strip().splitlines()]
    return r"\s*" + r"[ ]*\n".join(lines) + r"\s*"


@pytest.fixture
def home(bare_home: Path, tmp_path: Path) -> Path:
    """A home without a corpus, in which the model is ready."""
    return Path(shutil.copytree(bare_home, tmp_path / "home"))


class Walk:
    """A reader with a terminal: each step is run in the same folder, and a server runs on in a terminal of its own."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home, self.folder = home, folder
        self.address = USUAL
        self.servers = ExitStack()
        scripts = sysconfig.get_path("scripts")
        self.environ = {**os.environ, "EVQA_HOME": str(home), "PATH": f"{scripts}:{os.environ['PATH']}"}

    def printed(self, step: Step) -> str:
        """What a step prints on both streams."""
        if step.code.strip() == "evqa serve":
            _, self.address = self.servers.enter_context(served(self.home))
            return ""
        code = step.code.replace(USUAL, self.address)
        command = [sys.executable, "-c", code] if step.language == "python" else ["bash", "-c", code]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environ, stdout=-1, stderr=-2, text=True, check=False, timeout=240
        )
        return done.stdout.replace(self.address, USUAL)


@pytest.fixture
def walk(home: Path, tmp_path: Path) -> Iterator[Walk]:
    """A walk that begins in a folder with the paper that comes with the tutorials."""
    folder = tmp_path / "reader"
    folder.mkdir()
    shutil.copy(TUTORIALS / "paper.pdf", folder)
    walk = Walk(home, folder)
    with walk.servers:
        yield walk


@pytest.mark.parametrize("name", ["clinician", "student", "engineer"])
def test_a_tutorial_prints_what_it_shows(name: str, walk: Walk) -> None:
    """From its first command to its last; a step below which nothing is shown prints nothing."""
    told = steps((TUTORIALS / f"{name}.md").read_text(encoding="utf-8"))
    assert len(told) >= 6
    for step in told:
        printed = walk.printed(step)
        assert re.fullmatch(pattern(step.shown), printed, re.DOTALL), f"{step.code}\n{printed}"


def test_the_paper_is_its_source_printed() -> None:
    """Every paragraph, heading and cell of paper.html stands in paper.pdf, word for word."""
    source = (TUTORIALS / "paper.html").read_text(encoding="utf-8")
    texts = [unescape(text) for text in re.findall(r"<(?:h1|h2|p|th|td)\b[^>]*>(.*?)</", source, re.DOTALL)]
    with PdfDocument(TUTORIALS / "paper.pdf") as paper:
        pages = [paper[number].get_textpage().get_text_range() for number in range(len(paper))]
    printed = re.sub(r"\s+", "", "".join(pages))
    assert len(texts) > 30
    assert not [text for text in texts if re.sub(r"\s+", "", text) not in printed]


def test_what_was_left_out_may_be_anything_else_not() -> None:
    """ "…" stands for words or lines; a word, a number or a line more is a difference."""
    shown = "Answer · confidence …\n\n  “Light helps (4).” [4]\n…\nend"
    printed = "Answer · confidence high (0.88)\n\n  “Light helps (4).” [4]\nmore\n\nstill more\nend\n"
    assert re.fullmatch(pattern(shown), printed, re.DOTALL)
    for changed in (printed.replace("(4)", "(5)"), printed.replace("end", "the end"), printed + "one line more"):
        assert not re.fullmatch(pattern(shown), changed, re.DOTALL)
    assert not re.fullmatch(pattern(""), "evqa: no such file", re.DOTALL)
