"""Which documents of a corpus are audited."""

from pathlib import Path

import pytest

from evqa.audit.records import Audit
from evqa.audit.support import Cited
from tests.api.running import MOSS, Run, written
from tests.api.test_cited_papers import CUSHION
from tests.evqa.audit.test_bookkeeping import AUTHOR_YEAR
from tests.ingest.pdf.wool import wool_by_author_and_year

SILENT = "# A note on ferns\n\n## 1 Ferns\n\nFerns grow in the shade of old walls and cite nobody at all.\n"


def test_cited_papers_and_what_cites_nothing_are_left_out(asked: Run, moss: Path, tmp_path: Path) -> None:
    """The review is audited as if it stood alone: neither a paper placed under its numbers nor a note adds a pair."""
    paper, note = written(tmp_path / "cushion.md", CUSHION), written(tmp_path / "note.md", SILENT)
    assert asked("ingest", moss, "--corpus", "alone").code == 0
    asked("ingest", moss, paper, note, "--corpus", "beside")
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
    assert asked("audit", "--json", "--corpus", "silent").json == {
        "pairs": [],
        "runs": [],
        "bookkeeping": [],
        "verified": [],
        "failed": [],
    }


@pytest.mark.parametrize("kind", ["pdf", "md"])
def test_a_review_by_author_and_year_with_a_gap(asked: Run, home: Path, tmp_path: Path, kind: str) -> None:
    """A marker that leads nowhere is a finding of the audit: the review is stored, asked, audited and verified."""
    file, at = tmp_path / f"salt.{kind}", ("--corpus", f"salt-{kind}")
    file.write_bytes(wool_by_author_and_year() if kind == "pdf" else AUTHOR_YEAR.encode())
    lost = "(Gray et al., 1999)" if kind == "pdf" else "(Foo et al., 1999)"
    ran = asked("ingest", file, *at)
    assert (ran.code, f"unresolved: {lost}" in ran.out) == (0, True), ran
    answer = asked("ask", "Where does salt go?", "--json", *at)
    assert answer.code in (0, 3), answer
    assert answer.json["passages"]
    record = asked("audit", "--json", *at).json
    (found,) = [each for each in record["bookkeeping"] if each["kind"] == "beyond_list"]
    assert (found["references"], record["failed"]) == ([], [])
    assert found["detail"].startswith(f"{lost}: the bibliography has no entry")
    assert found["detail"] in " ".join(asked("audit", *at).out.split())
    assert asked("verify", *at).code == 0


def test_an_audit_that_fails_is_told_everywhere(
    asked: Run, moss: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ingesting, asking and listing go on; audit and verify name the document and the reason."""

    def broken(cited: Cited, **_: object) -> Audit:
        raise IndexError("list index out of range")

    monkeypatch.setattr("index.generation.audits.audit", broken)
    at = ("--corpus", "unaudited")
    ran = asked("ingest", moss, *at)
    assert (ran.code, "moss.md: stored, but its citations aren't audited: internal error" in ran.err) == (0, True), ran
    assert asked("ask", "How much water do cushions hold?", *at).code == 0
    assert {each["name"]: each["state"] for each in asked("corpora", "--json").json}["unaudited"] == "ready"
    told = "not audited, so nothing is known of its citations: internal error: IndexError in test_auditing.py"
    ran = asked("audit", *at)
    assert (ran.code, told in " ".join(ran.out.split())) == (0, True), ran
    ((reason,),) = [[each["reason"] for each in asked("audit", "--json", *at).json["failed"]]]
    assert reason.endswith("list index out of range")
    page = tmp_path / "audit.html"
    assert asked("audit", "--report", page, *at).code == 0
    assert reason in page.read_text(encoding="utf-8")
    ran = asked("verify", *at)
    assert (ran.code, ran.out) == (0, "corpus unaudited: every byte is as it was written\n")
    assert ran.err == f"evqa: moss.md: stored, but its citations aren't audited: {reason}\n"
    assert asked("verify", "--json", *at).json["unaudited"][0]["source"] == "moss.md"
