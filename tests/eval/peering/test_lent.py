"""What is lent to peers reads their passages as evqa reads its own."""

from pathlib import Path

from eval.peering.lent import numbers_in, with_lent
from eval.runs.run import Hit, Response, SystemRun
from ingest.reader import read
from tests.eval.peering.fakes import REVIEW, asked_set


def test_printed_numbers_are_read_from_any_cut_of_the_text(tmp_path: Path) -> None:
    """Numbers are read from pieces cut anywhere, those of an entry from the entry; others aren't invented."""
    document = asked_set(tmp_path).document
    texts = [
        "bees at night (1). Red lamps",
        "before dawn (2, 3).",
        "Nobody has asked (7)",
        document.references[1].raw,
        "",
    ]
    assert numbers_in(document, texts) == [(1,), (2, 3), (), (2,), ()]


def test_our_own_passages_are_read_alike(tmp_path: Path) -> None:
    """From the text of evqa's passages the lent reader reads the numbers that evqa has for them."""
    asked = asked_set(tmp_path)
    texts = [passage.text for passage in asked.passages]
    assert numbers_in(asked.document, texts) == [passage.references for passage in asked.passages]


def test_markers_of_another_style_are_no_references(tmp_path: Path) -> None:
    """The whole document says in which style it cites, so that a bracketed number of another style isn't taken."""
    assert numbers_in(asked_set(tmp_path).document, ["as written [2] here"]) == [()]


def test_a_document_without_bibliography_has_no_numbers(tmp_path: Path) -> None:
    """Without entries no number is a reference."""
    path = tmp_path / "bare.md"
    path.write_text(REVIEW.partition("## References")[0], encoding="utf-8")
    assert numbers_in(read(path), ["bees at night (1)"]) == [()]


def test_first_passage_gives_references_and_best_score_confidence(tmp_path: Path) -> None:
    """References come from the first passage, confidence is the best score; what a peer gives itself stays."""
    hits = (Hit(score=0.2, text="bees (1)"), Hit(score=0.9, text="sparrows (2)"))
    own = Response(id="b", ms=1, hits=hits, references=(3,), confidence=0.5)
    run = SystemRun(responses=(Response(id="a", ms=1, hits=hits), own, Response(id="c", ms=1, hits=())))
    first, second, third = with_lent(run, asked_set(tmp_path).document).responses
    assert (first.references, first.confidence) == ((1,), 0.9)
    assert second == own
    assert (third.references, third.confidence) == ((), 0.2)
