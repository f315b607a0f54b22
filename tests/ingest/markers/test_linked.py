"""Citations of a file that tells its markers itself."""

from evqa.model import Citation, Rejected, Unresolved, Where
from ingest.markers.citations import Bound
from ingest.markers.linked import both_citations, contradictions, disagreements, linked_citations, with_markers
from ingest.structure.draft import LinkedMarker

TEXT = "Salt melts (1). Ice is 3 (2) m. Brine (4)."


def _guess(start: int, end: int, number: int) -> Citation:
    return Citation(marker=TEXT[start:end], start=start, end=end, sentence=0, references=(number,), where="text")


def test_marks_decide() -> None:
    """Only the marks cite; what was turned down beside them stays turned down."""
    rejected = [
        Rejected(marker="(1)", start=11, end=14, reason="quantity"),
        Rejected(marker="(2)", start=25, end=28, reason="quantity"),
    ]
    bound = linked_citations(
        TEXT, [(LinkedMarker(11, 14, (1,)), "text"), (LinkedMarker(38, 41, (4,)), "text")], [], Bound(rejected=rejected)
    )
    assert [c.marker for c in bound.citations] == ["(1)", "(4)"]
    assert [r.start for r in bound.rejected] == [25]


def test_file_that_marks_little() -> None:
    """Where most printed markers aren't marked, those count too."""
    guessed = Bound("round", [_guess(11, 14, 1), _guess(25, 28, 2), _guess(38, 41, 4)])
    assert len(linked_citations(TEXT, [(LinkedMarker(11, 14, (1,)), "text")], [], guessed).citations) == 3
    assert (
        len(
            linked_citations(
                TEXT, [(LinkedMarker(11, 14, (1,)), "text"), (LinkedMarker(38, 41, (4,)), "text")], [], guessed
            ).citations
        )
        == 2
    )


def test_contradictions() -> None:
    """Links that lead to other entries than printed are warned of, with one of them."""
    guessed = Bound("round", [_guess(11, 14, 1), _guess(38, 41, 4)])
    right, wrong = (LinkedMarker(11, 14, (1,)), LinkedMarker(38, 41, (5,)))
    assert contradictions(TEXT, [(right, "text")], guessed) == []
    (warning,) = contradictions(TEXT, [(right, "text"), (wrong, "text")], guessed)
    assert warning.startswith("1 marker leads to other entries than printed ((4) leads to 5)")


def test_lone_markers_join() -> None:
    """A sentence of nothing but markers is the end of the one before."""
    text = "Salt melts. (1). Ice. (a 2)."
    spans = [(0, 11), (12, 16), (17, 21), (22, 28)]
    marks = [LinkedMarker(12, 15, (1,)), LinkedMarker(25, 26, (2,))]
    assert with_markers(text, spans, marks) == [(0, 16), (17, 21), (22, 28)]


def test_both_sources() -> None:
    """In a printed file marks come first, and patterns give the rest; what has no entry stays unresolved."""
    guessed = Bound("round", [_guess(11, 14, 7), _guess(25, 28, 2)])
    guessed.unresolved.append(Unresolved(marker="(4)", start=38, end=41, missing=(4,), reason="the bibliography …"))
    marks: list[tuple[LinkedMarker, Where]] = [(LinkedMarker(11, 14, (1,)), "text")]
    bound = both_citations(TEXT, marks, [], guessed, [])
    assert [(c.marker, c.references) for c in bound.citations] == [("(1)", (1,)), ("(2)", (2,))]
    assert [u.marker for u in bound.unresolved] == ["(4)"]


def test_disagreements() -> None:
    """The report names the first marker whose link leads to another entry than printed, and counts them."""
    wrong: list[tuple[LinkedMarker, Where]] = [(LinkedMarker(11, 14, (1,), linked=(5,)), "text")]
    (warning,) = disagreements(TEXT, wrong)
    assert warning.startswith("1 marker is linked to other entries than printed ((1) leads to 5)")
    assert disagreements(TEXT, [(LinkedMarker(11, 14, (1,)), "text")]) == []
