"""`evqa read`."""

from pathlib import Path

from tests.api.running import Run


def test_a_document_in_words(evqa: Run, moss: Path) -> None:
    """Title, sections, counts and the integrity report are shown."""
    ran = evqa("read", moss)
    assert ran.code == 0
    for words in ("Moss on stones: a short review", "1 Introduction", "references: 4; numbered", "Integrity: sound"):
        assert words in ran.out


def test_a_document_as_json(evqa: Run, moss: Path) -> None:
    """The document has the contract's fields, and its offsets slice its text."""
    document = evqa("read", moss, "--json").json
    assert [entry["number"] for entry in document["references"]] == [1, 2, 3, 4]
    assert document["integrity"]["citations"] == 4
    for citation in document["citations"]:
        assert document["text"][citation["start"] : citation["end"]] == citation["marker"]


def test_an_unsound_document_is_shown(evqa: Run, gap: Path) -> None:
    """It is printed in full and one line says what isn't sound; with --strict the exit code does, too."""
    ran = evqa("read", gap)
    assert ran.code == 0
    assert "NOT SOUND" in ran.out
    assert "missing: 3" in ran.out
    assert ran.err.strip().count("\n") == 0
    assert "no entry for reference 3" in ran.err
    strict = evqa("read", gap, "--strict")
    assert (strict.code, strict.out, strict.err) == (5, ran.out, ran.err)
    needless = evqa("read", gap, "--allow-partial")
    assert (needless.code, needless.out) == (0, ran.out)
    assert "allow-partial is the default now" in needless.err


def test_an_unsound_document_as_json(evqa: Run, gap: Path) -> None:
    """The JSON stands on stdout whatever the exit code."""
    for ran, code in ((evqa("read", gap, "--json"), 0), (evqa("read", gap, "--json", "--strict"), 5)):
        assert ran.code == code
        assert ran.json["integrity"]["missing"] == [3]
