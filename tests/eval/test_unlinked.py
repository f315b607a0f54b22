"""Files read with their links and without."""

from pathlib import Path

import pytest

from eval.reading.unlinked import read_unlinked, stripped
from eval.unlinked import main
from ingest.pdf.file.extract import opened
from tests.ingest.pdf.linked import at, link, linked_file
from tests.ingest.pdf.written import shown


def pdf() -> bytes:
    """An article of a page whose one marker is a link, with a bibliography of six entries."""
    lines = [shown(b"Of salt and of light", y=760, look=b"/F3 20")]
    lines += [
        shown(b"Salt glows in cold rooms at night, and so does quartz [2]."),
        shown(b"References", y=640, look=b"/F3 14"),
    ]
    lines += [
        shown(b"%d. Oak A. Salt and light, part %d. J Salt. 200%d;1:1-9." % (i, i, i), y=634 - 14 * i)
        for i in range(1, 7)
    ]
    note = link(172, 698, 180, 710, b"/Dest" + at(1, 50, 616))
    return linked_file([b"".join(lines)], {1: note})


def test_a_stripped_file_knows_nothing() -> None:
    """Links are gone, the text is the same."""
    whole, bare = opened(pdf(), "a.pdf"), opened(stripped(pdf()), "a.pdf")
    assert whole.known.destinations
    assert not bare.known.destinations
    assert not any(run.link for page in bare.pages for run in page.runs)
    assert "".join(r.text for r in bare.pages[0].runs).split() == "".join(r.text for r in whole.pages[0].runs).split()


def test_both_readings_are_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A marker that is printed is bound with its link and without."""
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf())
    assert [c.references for c in read_unlinked(path).citations] == [(2,)]
    assert main([str(path)]) == 0
    assert "links F1 1.0000" in capsys.readouterr().out
