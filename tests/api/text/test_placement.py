"""Where documents belong, in words."""

from api.text.placement import placement_lines
from evqa.model import Placement, Rival

REVIEW = Placement(document="d-r", source="review.md", title="Moss", kind="review", papers=2)
OTHER = Placement(document="d-s", source="other.md", title="Lichen", kind="review", papers=0)
BY_DOI = Placement(
    document="d-a", source="a.md", title="A", kind="paper", review="d-r", reference=3, by="doi", score=1.0
)
BY_TITLE = Placement(
    document="d-b",
    source="b.md",
    title="B",
    kind="paper",
    review="d-r",
    reference=4,
    by="title",
    score=0.973,
    rivals=(Rival(review="d-s", reference=9, score=1.0, fits=True, reason="it is placed under review.md"),),
)
TAKEN = Placement(
    document="d-c",
    source="c.md",
    title="C",
    kind="review",
    rivals=(Rival(review="d-r", reference=3, score=1.0, fits=True, reason="a.md fits better or as well"),),
)
FAR = TAKEN.model_copy(
    update={"rivals": (Rival(review="d-r", reference=1, score=0.812, fits=False, reason="it is another work"),)}
)


def test_each_document_is_told() -> None:
    """Number and way of matching of each paper, why a document stands on its own, and the sum."""
    lines = placement_lines([REVIEW, BY_DOI, BY_TITLE, TAKEN, OTHER], {"d-r", "d-a", "d-b", "d-c", "d-s"})
    assert lines == [
        "review.md: 2 cited papers under its references",
        "a.md: reference 3 of review.md (by DOI)",
        "b.md: reference 4 of review.md (by title, 0.97 alike); fits reference 9 of other.md too",
        "c.md: on its own; nearest is reference 3 of review.md (1.00 alike), but a.md fits better or as well",
        "other.md: on its own, no other document here cites it",
        "cited papers: 2 under the references of 1 document; 2 documents on their own",
    ]


def test_a_near_miss_names_its_score() -> None:
    """What no entry names is told with the entry that came nearest."""
    lines = placement_lines([REVIEW, FAR], {"d-c"})
    assert lines[0] == (
        "c.md: on its own, no other document here cites it;"
        " nearest is reference 1 of review.md (0.81 alike), but it is another work"
    )


def test_a_run_tells_of_its_own_documents() -> None:
    """A paper added later is told alone; a review added later is told with its papers; one document not at all."""
    every = [REVIEW, BY_DOI, BY_TITLE, OTHER]
    assert [line.split(":")[0] for line in placement_lines(every, {"d-a"})] == ["a.md", "cited papers"]
    assert [line.split(":")[0] for line in placement_lines(every, {"d-r"})][:3] == ["review.md", "a.md", "b.md"]
    assert placement_lines([REVIEW], {"d-r"}) == []


def test_two_files_of_one_work_are_pointed_out() -> None:
    """Documents of one title are named together, whatever its case and dashes; short titles and other runs' aren't."""
    one = REVIEW.model_copy(update={"title": "Moss-covered stones in forests"})
    other = OTHER.model_copy(update={"title": "Moss covered Stones in Forests"})
    (told,) = [line for line in placement_lines([one, other, BY_DOI], {"d-s"}) if "same title" in line]
    assert told.startswith("of the same title: review.md, other.md; if they are one work, `evqa remove` all but one")
    assert "same title" not in "".join(placement_lines([one, other, BY_DOI], {"d-a"}))
    assert "same title" not in "".join(placement_lines([REVIEW, OTHER.model_copy(update={"title": "Moss"})], {"d-s"}))
