"""`evqa audit`."""

from pathlib import Path

import pytest

from api.audit.text import ROWS, SLIPS
from evqa.audit.records import Audit
from tests.api.running import MOSS, Run, written

# What is wrong with it: 5 and 6 are never cited, 6 is 1 again, and (9) isn't listed.
FAULTY = (
    MOSS.replace("bitter acids.", "bitter acids (9).")
    + "5. Gray G. Moss on roofs. Garden Sci. (2020) 3:5–6. doi: 10.1000/moss.5\n"
    + "6. Adams A, Brown B. Water uptake by moss leaves. J Moss Res. (2018) 12:1–9. doi: 10.1000/moss.1\n"
)


def test_the_sample_in_a_terminal(asked: Run) -> None:
    """Counts first, then the run of its table with the numbers that are meant, then suspects; the record agrees."""
    ran = asked("audit")
    audit = Audit.model_validate_json(asked("audit", "--json").out)
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.split("\n")
    counts = {verdict: sum(each.verdict == verdict for each in audit.pairs) for verdict in ("fits", "suspect")}
    assert f"{len(audit.pairs)} pairs of statement and reference: {counts['fits']} fit" in ran.out
    assert f"{counts['suspect']} suspect" in ran.out
    (run,) = audit.runs
    assert run.where == "Table 1"
    for printed, meant in run.mapping.items():
        assert any(line.startswith(f"      {printed:>3} → {meant:<3} ") for line in lines), printed
    assert len([line for line in lines if " → " in line]) <= ROWS + 1
    assert max(map(len, lines)) <= 100
    assert "; --all shows them" in ran.out
    whole = asked("audit", "--all").out
    assert "--all" not in whole
    assert len(whole) > len(ran.out)
    assert all(f"“{each.text.split()[0]} " in whole for each in run.agrees)


def test_the_record_is_the_same_every_time(asked: Run) -> None:
    """Byte for byte."""
    assert asked("audit", "--json").out == asked("audit", "--json").out


def test_bookkeeping_is_told_by_kind(asked: Run, tmp_path: Path) -> None:
    """Never cited, twice listed and beyond the list, each under its heading with the entry's number."""
    faulty = written(tmp_path / "faulty.md", FAULTY)
    asked("ingest", faulty, "--corpus", "faulty")
    out = asked("audit", "--corpus", "faulty").out
    for words in (
        "Unresolved markers (1)\n    - (9) cites 9",
        "Listed, but never cited (1)\n    - no statement cites 5–6",
        "One work under two numbers (1)\n    - 1 and 6 are one work",
    ):
        assert words in out, out
    kinds = {each["kind"] for each in asked("audit", "--json", "--corpus", "faulty").json["bookkeeping"]}
    assert kinds >= {"beyond_list", "never_cited", "duplicate"}
    assert out.count("\n    - ") <= SLIPS * len(kinds)


def test_without_a_corpus_the_sample_is_audited(evqa: Run, bare_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And that is said on stderr."""
    monkeypatch.setenv("EVQA_HOME", str(bare_home))
    ran = evqa("audit", "--json")
    assert "built-in sample" in ran.err
    assert len(ran.json["pairs"]) > 90


def test_what_cannot_be_done(asked: Run, tmp_path: Path) -> None:
    """A corpus that isn't there and a place that can't be written to are one line each, with their exit codes."""
    ran = asked("audit", "--corpus", "nowhere")
    assert (ran.code, ran.out, ran.err.count("\n")) == (6, "", 1)
    assert "no corpus 'nowhere'" in ran.err
    ran = asked("audit", "--report", tmp_path / "none" / "audit.html")
    assert (ran.code, ran.out, ran.err.count("\n")) == (4, "", 1)
    assert "choose another place" in ran.err
