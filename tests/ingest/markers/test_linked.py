"""Citations of a file that tells its markers itself."""

import pytest

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
    # A number that no entry has is found by no pattern.
    (warning,) = contradictions(TEXT, [(right, "text"), (wrong, "text")], Bound("round", []))
    assert warning.startswith("1 marker leads to other entries than printed ((4) leads to 5)")
    year = TEXT.replace("(4)", "(2004)")
    assert contradictions(year, [(LinkedMarker(38, 44, (5,)), "text")], Bound("author-year", [])) == []


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
    bound = both_citations(TEXT.replace("is 3", "is y"), marks, [], guessed, [])
    assert [(c.marker, c.references) for c in bound.citations] == [("(1)", (1,)), ("(2)", (2,))]
    assert [u.marker for u in bound.unresolved] == ["(4)"]


def test_disagreements() -> None:
    """The report names the first marker whose link leads to another entry than printed, and counts them."""
    wrong: list[tuple[LinkedMarker, Where]] = [(LinkedMarker(11, 14, (1,), linked=(5,)), "text")]
    (warning,) = disagreements(TEXT, wrong)
    assert warning.startswith("1 marker is linked to other entries than printed ((1) leads to 5)")
    assert disagreements(TEXT, [(LinkedMarker(11, 14, (1,)), "text")]) == []


def test_what_a_file_does_not_link_is_listed() -> None:
    """Beside links, a marker by pattern isn't bound: it is unresolved, or rejected where it looks like a quantity."""
    text = "Salt melts [1]. It is old [3]. Ice [2] is not (4) m. It flows [1, 9]. Brine [7]."
    places = {m: (text.index(m), text.index(m) + len(m)) for m in ("[1]", "[2]", "[1, 9]", "[3]", "(4)", "[7]")}

    def guess(marker: str, number: int) -> Citation:
        start, end = places[marker]
        return Citation(marker=marker, start=start, end=end, sentence=0, references=(number,), where="text")

    guessed = Bound("square", [guess("[1]", 1), guess("[3]", 3), guess("(4)", 4)])
    for marker, number in (("[1, 9]", 9), ("[7]", 7)):
        start, end = places[marker]
        guessed.unresolved.append(Unresolved(marker=marker, start=start, end=end, missing=(number,), reason="none"))
    marks: list[tuple[LinkedMarker, Where]] = [
        (LinkedMarker(*places["[1]"], (1,)), "text"),
        (LinkedMarker(*places["[2]"], (2,)), "text"),
        (LinkedMarker(*places["[1, 9]"], (1,)), "text"),
    ]
    bound = linked_citations(text, marks, [], guessed)
    assert [c.marker for c in bound.citations] == ["[1]", "[2]", "[1, 9]"]
    assert [(u.marker, u.missing) for u in bound.unresolved] == [("[3]", ()), ("[1, 9]", (9,)), ("[7]", (7,))]
    assert [r.marker for r in bound.rejected] == ["(4)"]


@pytest.mark.parametrize(
    ("printed", "is_bound"),
    [
        ("The ratio was 1.2 [2] (95% CI).", False),
        ("Their age was 12 [2] years.", False),
        ("See x² in the table.", False),
        ("It was known in 2012 [2] and before.", True),
        ("It was old news.² It is.", True),
    ],
)
def test_values_that_a_printed_file_does_not_link(printed: str, is_bound: bool) -> None:
    """In a printed file that links its markers, what stands like a value and has no link is unresolved."""
    text = f"Salt melts [1]. {printed}"
    marker = "²" if "²" in text else "[2]"
    at = text.index(marker)
    unlinked = Citation(marker=marker, start=at, end=at + len(marker), sentence=0, references=(2,), where="text")
    bound = both_citations(text, [(LinkedMarker(11, 14, (1,)), "text")], [], Bound("square", [unlinked]), [])
    assert (marker in [c.marker for c in bound.citations]) == is_bound
    assert [u.marker for u in bound.unresolved] == ([] if is_bound else [marker])


@pytest.mark.parametrize(("links", "is_bound"), [(5, True), (40, False)])
def test_an_exception_among_many_links(links: int, is_bound: bool) -> None:
    """Where a printed file links all its markers but one, that one counts only where nothing but a marker can stand."""
    text = "Salt melts [1]. " * links + "In stage [2] it flows. Brine is old [3]."
    marks: list[tuple[LinkedMarker, Where]] = [
        (LinkedMarker(16 * i + 11, 16 * i + 14, (1,)), "text") for i in range(links)
    ]
    found = []
    for number in (2, 3):
        at = text.index(f"[{number}]")
        found.append(
            Citation(marker=f"[{number}]", start=at, end=at + 3, sentence=0, references=(number,), where="text")
        )
    bound = both_citations(text, marks, [], Bound("square", found), [])
    assert [c.references[0] for c in bound.citations[links:]] == ([2, 3] if is_bound else [3])


def test_a_linked_marker_without_an_entry_is_unresolved() -> None:
    """A printed number that has no entry is told once, and its marker cites nothing else."""
    guessed = Bound("round", [])
    guessed.unresolved.append(Unresolved(marker="(4)", start=38, end=41, missing=(4,), reason="none"))
    marks: list[tuple[LinkedMarker, Where]] = [(LinkedMarker(38, 41, (), (4,), "no entry 4"), "text")]
    bound = both_citations(TEXT, marks, [], guessed, [])
    assert bound.citations == []
    assert [(u.marker, u.missing) for u in bound.unresolved] == [("(4)", (4,))]
