"""What is measured of title pages and sections, on an invented article."""

from pathlib import Path

import pytest

from eval.front_matter import half_of, main, score_front, unmatched
from eval.reading.fronttruth import read_front_truth
from eval.reading.manifest import ManifestRow
from evqa.model import Document, Name
from ingest.reader import read
from tests.eval.invented_jats import MARKDOWN

JATS = """<article><front><article-meta>
<article-id pub-id-type="doi">10.1000/salt.1</article-id>
<title-group><article-title>Salt in <italic>cold</italic> rooms<xref>*</xref></article-title></title-group>
<contrib-group>
<contrib contrib-type="author"><name><surname>van der Roe</surname><given-names>Bo</given-names></name></contrib>
<contrib contrib-type="editor"><name><surname>Editor</surname><given-names>Max</given-names></name></contrib>
</contrib-group>
<pub-date pub-type="epub"><year>2019</year></pub-date><pub-date pub-type="pmc-release"><year>2021</year></pub-date>
</article-meta></front>
<body><sec><title>1. Methods</title><sec><title>Cold rooms</title><p>Words.</p></sec></sec></body>
<back><ack><title>Thanks</title></ack><sec><title>Funding</title></sec></back></article>"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The article's XML."""
    made = tmp_path / "1.xml"
    made.write_text(JATS, encoding="utf-8")
    return made


def test_truth(path: Path) -> None:
    """Notes, editors, later releases and numbers of sections don't count; sections of body and back do."""
    truth = read_front_truth(path)
    assert (truth.title, [one.whole for one in truth.authors]) == ("saltincoldrooms", ["bovanderroe"])
    assert (truth.years, truth.doi) == (frozenset({2019}), "10.1000/salt.1")
    assert truth.sections == ("methods", "coldrooms", "funding")
    assert "thanks" in truth.other_titles


@pytest.mark.parametrize(
    ("given", "family", "expected"), [("Bo", "van der Roe", True), ("Bo van der", "Roe", True), ("Bo", "Rye", False)]
)
def test_an_author_is_right_by_the_whole_name(path: Path, given: str, family: str, expected: bool) -> None:
    """Where a name is split differently it is still the same name."""
    document = read_markdown(path).model_copy(update={"author": (Name(family=family, given=given),)})
    assert score_front("1", read_front_truth(path), document).authors is expected


def read_markdown(path: Path) -> Document:
    """Another invented article, read from Markdown."""
    text = path.with_suffix(".md")
    text.write_text(MARKDOWN, encoding="utf-8")
    return read(text)


def test_titles_count_once() -> None:
    """A section printed twice is found once; nearly equal titles are the same."""
    assert unmatched(["methods", "results"], ["methods", "methods", "notes"]) == (["results"], ["methods", "notes"])
    assert unmatched(["coldroomsofsalt"], ["coldroomsofsalts"]) == ([], [])


def test_halves(tmp_path: Path) -> None:
    """An article's half depends on its number alone, whatever layout it is set in."""
    rows = [ManifestRow(pmc=pmc, style="n", xml=tmp_path) for pmc in ("1", "1-ieee", "1-word")]
    assert len(set(map(half_of, rows))) == 1


def test_nothing_to_measure(tmp_path: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A manifest without a PDF is told in a line."""
    (tmp_path / "manifest.tsv").write_text(f"pmc\tcitation_style\txml\tpdf\n1\tn\t{path.name}\t\n", encoding="utf-8")
    assert main([str(tmp_path)]) == 4
    assert "no PDF to measure" in capsys.readouterr().err


def test_a_file_that_is_not_read_is_told(tmp_path: Path, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A PDF that can't be read has nothing right."""
    (tmp_path / "1.pdf").write_bytes(b"%PDF-1.4 of nothing")
    (tmp_path / "manifest.tsv").write_text(
        f"pmc\tcitation_style\txml\tpdf\n1\tn\t{path.name}\t1.pdf\n", encoding="utf-8"
    )
    assert main([str(tmp_path)]) == 0
    assert "1: not read" in capsys.readouterr().out
