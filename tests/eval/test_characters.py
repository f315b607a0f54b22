"""Which special characters survive."""

from pathlib import Path

import pytest

from eval.characters import losses, main, table
from eval.reading.characters import Survival, specials, survivals
from evqa.model import Document
from ingest.reader import read
from tests.eval.invented_jats import article

BODY = (
    "<sec><title>Text</title><p>The signal of the cytokine TGF-&#946; in the northern harbours rose by 5 &#177; 2 "
    "units at a temperature of 37 &#176;C with Ca<sup>2+</sup> and at 10<sup>&#8722;6</sup> moles of H<sub>2</sub>O "
    "in the final solution of ordinary barley.</p></sec>"
)


@pytest.fixture
def xml(tmp_path: Path) -> Path:
    """An article with special characters."""
    path = tmp_path / "article.xml"
    path.write_text(article(BODY, ""), encoding="utf-8")
    return path


def told(xml: Path, text: str | None = None) -> dict[str, Survival]:
    """What became of each stretch in the article itself, or in a text that is read instead."""
    document: Document = read(xml)
    if text is not None:
        document = document.model_copy(update={"text": text, "citations": ()})
    return {one.special.text: one for one in survivals(specials(xml), document)}


def test_all_survive_in_the_article_itself(xml: Path) -> None:
    """The XML's own reading keeps each of them, and raises the exponent."""
    found = told(xml)
    assert {text: one.outcome for text, one in found.items() if len(one.special.before) == 14} == dict.fromkeys(
        ["β", "±", "°", "2+", "−6", "2", "fi"], "kept"
    )
    assert found["−6"].is_raised


def test_losses_are_told_from_words_that_are_not_found(xml: Path) -> None:
    """A sign that became another is lost, one whose words are missing isn't found, a lowered exponent isn't raised."""
    text = read(xml).text.replace("β", "b").replace("±", "\ufffd").replace("⁻⁶", "-6").replace("barley", "rye")
    found = told(xml, text)
    assert (found["β"].outcome, found["±"].outcome, found["±"].found.strip()) == ("lost", "lost", "\ufffd")
    assert (found["−6"].outcome, found["−6"].is_raised) == ("kept", False)
    assert told(xml, "Other words.")["β"].outcome == "unfound"
    assert "sign" in next(iter(losses([found["±"]])))


def test_exponents_that_cite_are_counted(xml: Path) -> None:
    """A superscript that was taken for a marker is counted in the table."""
    document = read(xml)
    at = document.text.index("⁻⁶") + 1
    citation = {"marker": "⁶", "start": at, "end": at + 1, "sentence": 0, "references": (6,), "where": "text"}
    cited = Document.model_validate(document.model_dump() | {"citations": [citation]})
    (line,) = (line for line in table(list(survivals(specials(xml), cited))) if line.startswith("superscript"))
    assert line.split() == ["superscript", "2", "2", "1.0000", "1.0000", "1"]


def test_the_command(xml: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints the table of a folder, and one line where there is nothing to measure."""
    manifest = "pmc\tcitation_style\txml\tpdf\n1\t[n]\tarticle.xml\t\n"
    (xml.parent / "manifest.tsv").write_text(manifest, encoding="utf-8")
    assert main([str(xml.parent), "--format", "xml"]) == 0
    assert "Greek                1       1  1.0000" in capsys.readouterr().out
    assert main([str(xml.parent)]) == 4
    assert "nothing to measure as pdf" in capsys.readouterr().err
