"""What stands for the code that reads files."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import ingest
from api.intake.readers import MEMO, OPTIONAL_PARSERS, PARSERS, READERS, fingerprint, parsed, readers_fingerprint
from tests.api.running import written

TREE = {
    "ingest/__init__.py": '"""Files in, documents out."""\n',
    "ingest/reader.py": (
        '"""Reads."""\n\nfrom typing import TYPE_CHECKING\n\nfrom evqa.words import WORDS\n\n'
        "if TYPE_CHECKING:\n    from evqa.types import Name\n\n\n"
        'def read(path):\n    """Read."""\n    from ingest.pdf.reader import read_pdf\n\n'
        "    return read_pdf(path, WORDS)\n"
    ),
    "ingest/passages.py": "from ingest import cuts\n\nLONGEST = cuts.LONGEST\n",
    "ingest/cuts.py": "LONGEST = 600  # letters\n",
    "ingest/pdf/__init__.py": "",
    "ingest/pdf/reader.py": (
        "from . import lines\n\n\nclass Page:\n    pass\n\n\ndef read_pdf(path, words):\n    return lines.ALL\n"
    ),
    "ingest/pdf/lines.py": "ALL = ()\n",
    "ingest/sample.py": "PATH = 1\n",
    "evqa/__init__.py": "",
    "evqa/words.py": 'WORDS = ("of", "the")\n',
    "evqa/types.py": "Name = str\n",
    "evqa/refusal.py": "import evqa.words\n\nBOUND = 0.5\n",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Two packages, of which readers load a part, some of it only while they read."""
    for name, text in TREE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        written(tmp_path / name, text)
    return tmp_path


def code_of(tree: Path) -> str:
    """The fingerprint of the readers in a tree."""
    return fingerprint(parsed(READERS, tree))


def test_what_readers_load(tree: Path) -> None:
    """All that they import counts, lazily or by a relative name; what only type checkers or others see doesn't."""
    others = {"ingest/sample.py", "evqa/types.py", "evqa/refusal.py"}
    assert set(parsed(READERS, tree)) == TREE.keys() - others


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("ingest/cuts.py", "# letters", "# characters, not letters"),
        ("ingest/reader.py", '"""Read."""', '"""Read a file.\n\n    At once.\n    """'),
        ("ingest/reader.py", '    """Read."""\n', ""),
        ("ingest/pdf/reader.py", "class Page:\n", '# A page.\nclass Page:\n    """One page."""\n\n'),
        ("evqa/refusal.py", "0.5", "0.6"),
        ("ingest/sample.py", "1", "2"),
    ],
)
def test_what_changes_nothing(tree: Path, name: str, old: str, new: str) -> None:
    """Comments, docstrings and code that readers don't load leave the fingerprint as it is."""
    before = code_of(tree)
    assert old in TREE[name]
    written(tree / name, TREE[name].replace(old, new))
    assert code_of(tree) == before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("ingest/cuts.py", "600", "601"),
        ("evqa/words.py", '"of"', '"on"'),
        ("ingest/pdf/reader.py", "lines.ALL", "words"),
        ("ingest/pdf/lines.py", "()", "(1,)"),
        ("ingest/passages.py", "LONGEST", "MOST"),
    ],
)
def test_what_changes_it(tree: Path, name: str, old: str, new: str) -> None:
    """A constant or a line of any module that readers load, and be it only while they read, makes it another one."""
    before = code_of(tree)
    written(tree / name, TREE[name].replace(old, new))
    assert code_of(tree) != before


@pytest.mark.slow
def test_the_readers_of_every_format_count(shared: Path, tmp_path: Path) -> None:
    """Whatever a process has loaded of ours once it has read a file of each format counts; judging doesn't."""
    counted = set(parsed(READERS, Path(ingest.__file__ or "").parents[1]))
    code = (
        "import sys; from pathlib import Path; from ingest.passages import passages; from ingest.reader import read\n"
        "for file in sys.argv[1:]: passages(read(Path(file), 'name'))\n"
        "ours = [m.__file__ for n, m in sys.modules.items() if n.partition('.')[0] in ('ingest', 'evqa')]\n"
        "print(*ours, sep='\\n')"
    )
    files = [shared / "review/ev-review.md", shared / "review/ev-review.pdf", shared / "articles/xml/PMC5376420.xml"]
    done = subprocess.run([sys.executable, "-c", code, *files], capture_output=True, text=True, check=True)
    root = Path(ingest.__file__ or "").parents[1]
    loaded = {Path(line).relative_to(root).as_posix() for line in done.stdout.splitlines()}
    assert {"ingest/pdf/reader.py", "ingest/jats/reader.py", "ingest/markdown/reader.py"} <= loaded <= counted
    assert not [name for name in counted if name.startswith(("evqa/refusal", "evqa/answer", "evqa/question"))]


@pytest.mark.slow
def test_every_parser_counts() -> None:
    """Each distribution that readers import counts with its version, but for the one that records are made with."""
    trees = parsed(READERS, Path(ingest.__file__ or "").parents[1]).values()
    nodes = [node for tree in trees for node in ast.walk(tree)]
    named = [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    named += [each.name for node in nodes if isinstance(node, ast.Import) for each in node.names]
    others = {name.partition(".")[0] for name in named} - sys.stdlib_module_names - {"evqa", "ingest", "pydantic"}
    assert others <= {*PARSERS, *OPTIONAL_PARSERS}


@pytest.mark.slow
def test_it_is_kept(tmp_path: Path) -> None:
    """It is 16 hexadecimal digits, found again in the home while no file has changed, and made anew if damaged."""
    first = readers_fingerprint(tmp_path)
    assert len(first) == 16
    assert int(first, 16) >= 0
    kept = json.loads((tmp_path / MEMO).read_text())
    assert "ingest/reader.py" in kept["files"]
    for memo, is_used in (({**kept, "code": "other"}, True), ({**kept, "bytes": "other", "code": "other"}, False)):
        written(tmp_path / MEMO, json.dumps(memo))
        readers_fingerprint.cache_clear()
        assert (readers_fingerprint(tmp_path) != first) is is_used
    for damaged in ("", "[]", '{"files": ["no such file"]}', '{"files": 3}'):
        written(tmp_path / MEMO, damaged)
        readers_fingerprint.cache_clear()
        assert readers_fingerprint(tmp_path) == first


@pytest.mark.slow
def test_a_home_that_is_not_there(tmp_path: Path) -> None:
    """Where nothing can be kept it is the same, and no folder is made."""
    assert readers_fingerprint(tmp_path / "nowhere") == readers_fingerprint(tmp_path)
    assert not (tmp_path / "nowhere").exists()
