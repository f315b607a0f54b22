"""The list of articles to measure."""

from pathlib import Path

import pytest

from eval.reading.manifest import choose, load_manifest
from evqa.errors import InputError

HEAD = "pmc\tdoi\tcitation_style\txml\tpdf\n"


def written(folder: Path, text: str) -> Path:
    (folder / "manifest.tsv").write_text(text, encoding="utf-8")
    (folder / "a.xml").write_text("<article/>", encoding="utf-8")
    return folder


def test_bad_rows_are_told_in_a_line_each(tmp_path: Path) -> None:
    """A row without style, with a missing file or cut short is left out and told with its line."""
    rows = (
        "1\td\t[n]\ta.xml\t\n2\td\t\ta.xml\t\n3\td\t[n]\tb.xml\t\n4\td\t[n]\ta.xml\tc.pdf\n5\td\nPMC6\td\t(n)\ta.xml\n"
    )
    listed, problems = load_manifest(written(tmp_path, HEAD + rows))
    assert [(row.pmc, row.pdf) for row in listed] == [("1", None), ("6", None)]
    assert [problem.split(": ", 1)[1].split(":")[0] for problem in problems] == [
        "nothing in column citation_style",
        "no file b.xml",
        "no file c.pdf",
        "nothing in column citation_style, xml",
    ]
    assert all(f"line {line}:" in problem for line, problem in zip((3, 4, 5, 6), problems, strict=True))


def test_quotes_in_titles_are_only_signs(tmp_path: Path) -> None:
    """A quotation mark doesn't swallow the rows that follow."""
    listed, _ = load_manifest(written(tmp_path, HEAD + '1\t"d\t[n]\ta.xml\t\n2\td"\t[n]\ta.xml\t\n'))
    assert len(listed) == 2


@pytest.mark.parametrize(("text", "words"), [("", "no column pmc"), ("pmc\txml\n", "no column citation_style, pdf")])
def test_a_manifest_without_its_columns(tmp_path: Path, text: str, words: str) -> None:
    """What is lacking is named."""
    with pytest.raises(InputError, match=words):
        load_manifest(written(tmp_path, text))


def test_no_manifest(tmp_path: Path) -> None:
    """A folder without a manifest is refused."""
    with pytest.raises(InputError, match=r"manifest\.tsv: can't be read"):
        load_manifest(tmp_path)


def test_choose(tmp_path: Path) -> None:
    """Articles are chosen by number with or without PMC; an unknown one is refused."""
    listed, _ = load_manifest(written(tmp_path, HEAD + "1\td\t[n]\ta.xml\t\n2\td\t[n]\ta.xml\t\n"))
    assert [row.pmc for row in choose(listed, ["PMC2"])] == ["2"]
    assert len(choose(listed, [])) == 2
    with pytest.raises(InputError, match="PMC9"):
        choose(listed, ["9", "1"])
