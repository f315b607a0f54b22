"""The examples run as they stand and print what they are to show."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.api.http.test_serving import served
from tests.api.running import MOSS, written

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
ASKED = "Why do slugs avoid some cushions?"
SAID = "Gardeners spread yogurt on stones to make moss grow faster (4). [4]"


@pytest.fixture(scope="module")
def home(bare_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that the examples may change, in which the model is ready."""
    return Path(shutil.copytree(bare_home, tmp_path_factory.mktemp("examples") / "home"))


@pytest.fixture
def moss(tmp_path: Path) -> Path:
    """A review of four references."""
    return written(tmp_path / "moss.md", MOSS)


def ran(home: Path, *command: object) -> list[str]:
    """Lines that an example prints, with `evqa` on the path as after activating the environment."""
    environment = {
        **os.environ, "EVQA_HOME": str(home), "PATH": f"{sysconfig.get_path('scripts')}:{os.environ['PATH']}",
        "PYTHONWARNINGS": "error",
    }  # fmt: skip
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_folder_of_papers(home: Path) -> None:
    """Both papers are stored, the answer has its number, and what the cited paper says stands beside it."""
    printed = "\n".join(ran(home, "sh", EXAMPLES / "papers.sh"))
    assert "2 files (2 new)" in printed
    assert re.search(r"growth.md +How fast roof lichens grow .* cited as \[1\]", printed)
    assert "“A crust of roof lichen widens by two millimetres a year (1).” [1]" in printed
    assert "[1] in the cited paper: “The fastest crust widened by five millimetres in a wet year.”" in printed
    assert "Copper and the algae of lichens" in printed


def test_python(home: Path, moss: Path) -> None:
    """A file is asked: the sentence, its number, the entry; a refusal is told."""
    said = ran(home, sys.executable, EXAMPLES / "review.py", moss, "What makes moss grow faster?")
    assert said[:2] == [SAID, "4. Yogurt on stones"]
    assert said[-1].startswith("4 references, ")
    refused = ran(home, sys.executable, EXAMPLES / "review.py", moss, "What is the boiling point of tungsten?")
    assert refused[0] == "The review doesn't say."


def test_an_http_client(home: Path, moss: Path) -> None:
    """The file is uploaded to a running service and then answers."""
    with served(home) as (_, address):
        said = ran(home, sys.executable, EXAMPLES / "http_client.py", address, moss, "What makes moss grow faster?")
    assert said == [SAID, "4. Yogurt on stones"]


def test_an_mcp_client(home: Path) -> None:
    """The tools are named, and one gives the answer of the corpus that is named."""
    question = "By how much does a crust of roof lichen widen in a year?"
    ran(home, "sh", EXAMPLES / "papers.sh")
    tools, answer = ran(home, sys.executable, EXAMPLES / "mcp_client.py", question, "lichens")
    assert tools.startswith("ask, search, get_reference, get_status, verify_quote, list_corpora, list_documents, ")
    assert "[1]" in answer


def test_every_example_is_described() -> None:
    """The page of examples names each of them, as does its test."""
    page, tests = ((EXAMPLES / "README.md").read_text(encoding="utf-8"), Path(__file__).read_text(encoding="utf-8"))
    examples = [path.name for path in EXAMPLES.iterdir() if path.suffix in (".py", ".sh")]
    assert len(examples) == 4
    assert not [name for name in examples if f"]({name})" not in page or f'"{name}"' not in tests]
