"""Which documents of a corpus are audited."""

from pathlib import Path

from tests.api.running import MOSS, Run, written
from tests.api.test_cited_papers import CUSHION

SILENT = "# A note on ferns\n\n## 1 Ferns\n\nFerns grow in the shade of old walls and cite nobody at all.\n"


def test_cited_papers_and_what_cites_nothing_are_left_out(asked: Run, moss: Path, tmp_path: Path) -> None:
    """The review is audited as if it stood alone: neither a paper placed under its numbers nor a note adds a pair."""
    paper, note = written(tmp_path / "cushion.md", CUSHION), written(tmp_path / "note.md", SILENT)
    assert asked("ingest", moss, "--corpus", "alone").code == 0
    asked("ingest", moss, paper, note, "--corpus", "beside", "--allow-partial")
    alone, beside = (
        asked("audit", "--json", "--corpus", "alone").json,
        asked("audit", "--json", "--corpus", "beside").json,
    )
    assert [each["reference"] for each in alone["pairs"]] == [1, 2, 3, 4]
    assert [each["reference"] for each in beside["pairs"]] == [1, 2, 3, 4]
    assert {each["document"] for each in beside["pairs"]} == {each["document"] for each in alone["pairs"]}


def test_two_reviews_are_both_audited(asked: Run, moss: Path, tmp_path: Path) -> None:
    """Each under its own id, and the text has a part for each."""
    lichen = written(tmp_path / "lichen.md", MOSS.replace("Moss", "Lichen").replace("moss", "lichen"))
    assert asked("ingest", moss, lichen, "--corpus", "two").code == 0
    pairs = asked("audit", "--json", "--corpus", "two").json["pairs"]
    assert len({each["document"] for each in pairs}) == 2
    assert asked("audit", "--corpus", "two").out.count("Audit of ") == 2


def test_nothing_to_audit(asked: Run, tmp_path: Path) -> None:
    """A corpus whose documents cite nothing is told, in one line, and has an empty record."""
    assert asked("ingest", written(tmp_path / "note.md", SILENT), "--corpus", "silent").code == 0
    assert asked("audit", "--corpus", "silent").out == (
        "no document here has both reference markers and the list that they lead to, so there is nothing to audit\n"
    )
    assert asked("audit", "--json", "--corpus", "silent").json == {"pairs": [], "runs": [], "bookkeeping": []}
