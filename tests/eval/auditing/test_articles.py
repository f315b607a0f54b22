"""Articles whose citations are audited."""

from pathlib import Path

import pytest

from eval.auditing.articles import FEWEST, articles
from evqa.errors import InputError
from tests.eval.invented_jats import article, cite, ref
from tests.evqa.citing import TOPICS, statement, title

HEAD = "pmc\tcitation_style\txml\tpdf\n"


def jats(count: int) -> str:
    """An article with so many statements, each of which cites one of as many entries."""
    said = [
        f"<p>{statement(topic)[:-1]} [{cite(f'r{number}', str(number))}].</p>"
        for number, topic in enumerate(TOPICS[:count], start=1)
    ]
    listed = [ref(number, title(topic)) for number, topic in enumerate(TOPICS[:count], start=1)]
    return article(f"<sec><title>Findings</title>{''.join(said)}</sec>", "".join(listed))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article long enough, one too short, and a row whose file is missing."""
    found = tmp_path_factory.mktemp("articles")
    (found / "a.xml").write_text(jats(12), encoding="utf-8")
    (found / "b.xml").write_text(jats(FEWEST - 2), encoding="utf-8")
    rows = "1\t[n]\ta.xml\t\n2\t(n)\tb.xml\t\n3\t[n]\tc.xml\t\n"
    (found / "manifest.tsv").write_text(HEAD + rows, encoding="utf-8")
    return found


@pytest.fixture
def home(_home: Path, tmp_path: Path) -> Path:
    """A home of its own that shares the exported model with other tests."""
    (_home / "models").mkdir(exist_ok=True)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "models").symlink_to(_home / "models")
    return tmp_path / "home"


@pytest.mark.slow
def test_articles_are_embedded_once(folder: Path, home: Path) -> None:
    """Articles of enough statements come as an audit sees them; next time nothing is embedded; bad rows are told."""
    said: list[str] = []
    (found,) = articles(folder, home, (), said.append)
    assert (found.name, found.style, len(found.cited.statements), len(found.cited.entries)) == ("PMC1", "[n]", 13, 12)
    assert [line for line in said if line.startswith("embedding")] == ["embedding PMC1", "embedding PMC2"]
    assert any("no file c.xml" in line for line in said)
    (again,) = articles(folder, home, ["PMC1"], said.append)
    assert again.cited.statements == found.cited.statements
    assert (again.cited.likeness.passages.cosine == found.cited.likeness.passages.cosine).all()
    assert [line for line in said if line.startswith("embedding")] == ["embedding PMC1", "embedding PMC2"]


def test_what_isnt_there_is_refused(folder: Path, tmp_path: Path) -> None:
    """A folder without manifest, and a number that it doesn't list, is an InputError."""
    with pytest.raises(InputError, match=r"manifest\.tsv"):
        articles(tmp_path, tmp_path, (), print)
    with pytest.raises(InputError, match="99"):
        articles(folder, tmp_path, ["99"], print)
