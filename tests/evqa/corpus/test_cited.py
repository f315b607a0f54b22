"""Which stored documents are papers that another one cites."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from evqa.corpus.cited import StoredWork, place
from evqa.model import Placement
from evqa.works.same_work import work

TITLES = {
    "a": "Water uptake by the leaves of forest moss",
    "b": "How much rain a cushion of moss can hold",
    "c": "The bitter acids that keep slugs from moss",
    "d": "Yogurt on stones and the growth of moss",
    "r": "Moss on stones and the animals in it: a review",
    "s": "Everything that is known of moss today: a second review",
}


def listed(name: str, cites: str = "", title: str = "", doi: str = "", year: int | None = None) -> StoredWork:
    """A document of that name that cites the named ones, numbered from 1."""
    entries = tuple((number, work(TITLES[each], "", None, "")) for number, each in enumerate(cites, 1))
    heading = title or TITLES[name[0]]
    return StoredWork(f"d-{name}", f"{name}.md", heading, work(heading, doi, year, ""), entries)


def homes(found: Sequence[Placement]) -> dict[str, tuple[str | None, int | None]]:
    return {each.document: (each.review, each.reference) for each in found}


def test_papers_stand_under_their_numbers() -> None:
    """Each paper is placed under the number of its entry; what no entry names stands on its own."""
    found = place([listed("r", "abc"), listed("a"), listed("c"), listed("d")])
    assert homes(found) == {"d-r": (None, None), "d-a": ("d-r", 1), "d-c": ("d-r", 3), "d-d": (None, None)}
    assert [each.kind for each in found] == ["review", "paper", "paper", "review"]
    assert [each.papers for each in found] == [2, 0, 0, 0]
    assert (found[1].by, found[1].score) == ("title", 1.0)


@given(
    st.permutations(
        [listed("r", "abc"), listed("s", "ad"), listed("a", "b"), listed("b", "r"), listed("c"), listed("d")]
    )
)
def test_the_order_of_documents_does_not_matter(documents: list[StoredWork]) -> None:
    """Papers first or reviews first, circles among them: the same papers stand under the same numbers."""
    placed = homes(place(documents))
    assert [each.document for each in place(documents)] == [each.document for each in documents]
    assert (placed["d-a"], placed["d-d"]) == (("d-s", 1), ("d-s", 2))
    assert (placed["d-b"], placed["d-c"]) == (("d-r", 2), ("d-r", 3))
    assert placed["d-r"] == placed["d-s"] == (None, None)


def test_one_document_is_never_placed() -> None:
    """A document alone, even one that lists itself, is a review."""
    assert homes(place([listed("a", "a")])) == {"d-a": (None, None)}
    assert place([]) == ()


def test_of_two_that_cite_each_other_the_newer_is_the_review() -> None:
    """A circle is broken: one of the two is placed, the older."""
    found = place([listed("a", "b", year=2019), listed("b", "a", year=2015)])
    assert homes(found) == {"d-a": (None, None), "d-b": ("d-a", 1)}


def test_a_review_that_another_cites_keeps_its_many_papers() -> None:
    """What cites more than twice as many of the documents is the review, though another cites it."""
    found = homes(place([listed("s", "r"), listed("r", "abcd"), *(listed(name) for name in "abcd")]))
    assert found["d-r"] == (None, None)
    assert [found[f"d-{name}"] for name in "abcd"] == [("d-r", number) for number in (1, 2, 3, 4)]


def test_a_paper_that_two_reviews_cite_is_told_of_twice() -> None:
    """It is placed under the review that has more of the papers; the number in the other is named."""
    found = place([listed("s", "a"), listed("r", "ab"), listed("a"), listed("b")])
    paper = found[2]
    assert (paper.review, paper.reference) == ("d-r", 1)
    assert [(each.review, each.reference, each.fits) for each in paper.rivals] == [("d-s", 1, True)]


def test_one_paper_a_number() -> None:
    """Of two papers under one number the one with the DOI is placed, the other stands on its own and is told why."""
    review = StoredWork(
        "d-r", "r.md", "Review", work("Review", "", None, ""), ((7, work(TITLES["a"], "10.1/a", 2019, "")),)
    )
    found = place([review, listed("a1"), listed("a2", doi="10.1/A")])
    assert homes(found) == {"d-r": (None, None), "d-a1": (None, None), "d-a2": ("d-r", 7)}
    assert found[1].rivals[0].fits
    assert "a2.md" in found[1].rivals[0].reason
    assert found[2].by == "doi"


def test_a_near_miss_is_told() -> None:
    """A title that is alike but not the same isn't placed; the entry that came near is named with its score."""
    other = "How much rain a cushion of moss can store"
    found = place([listed("r", "ab"), listed("b", title=other)])
    near = found[1].rivals[0]
    assert (found[1].kind, near.reference, near.fits) == ("review", 2, False)
    assert 0.85 <= near.score < 1
