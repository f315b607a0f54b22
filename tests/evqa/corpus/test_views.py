"""Views of a corpus by the roles of its documents."""

from evqa.corpus.corpus import Filter, Query
from evqa.corpus.views import paper_ids, views
from tests.evqa.invented import BREAD_HOME, BREAD_SHELF, SLEEP_HOME, SLEEP_OUTLINE, SLEEP_PASSAGES, SLEEP_REFERENCES
from tests.evqa.papers import PAPER_PASSAGES, WITH_PAPERS, shelf


def test_a_corpus_without_papers_is_itself() -> None:
    """Nothing stands between a question and a corpus of reviews alone."""
    found = views(BREAD_SHELF)
    assert found.leading is BREAD_SHELF
    assert found.reviews is BREAD_SHELF
    assert found.papers is None


def test_reviews_and_papers_are_parted() -> None:
    """Every passage is in one part; the papers' part has no bibliography and knows the words of both."""
    found = views(WITH_PAPERS)
    assert found.papers
    assert list(found.papers.passages(Filter())) == PAPER_PASSAGES
    assert list(found.reviews.passages(Filter())) == list(BREAD_SHELF.passages(Filter()))
    assert found.papers.references() == ()
    assert found.reviews.references() == BREAD_SHELF.references()
    assert found.papers.retrieve(Query("crust", within=Filter(documents=frozenset({BREAD_HOME.id})))).candidates == ()
    assert found.reviews.state == WITH_PAPERS.state
    assert (found.reviews.frequency("crust"), found.reviews.is_common("bread")) == (
        WITH_PAPERS.frequency("crust"),
        True,
    )


def test_papers_by_the_number_of_the_review() -> None:
    """The review's id and number lead to the paper."""
    found = views(WITH_PAPERS)
    assert found.papers
    assert paper_ids(found.papers.outlines()) == {(BREAD_HOME.id, 2): "d-trials", (BREAD_HOME.id, 10): "d-crust"}


def test_one_review_with_papers_leads() -> None:
    """With fewer other documents than papers the review alone is meant by "the abstract"; both are still asked."""
    mixed = shelf([SLEEP_OUTLINE], SLEEP_PASSAGES, SLEEP_REFERENCES)
    found = views(mixed)
    assert [outline.document for outline in found.leading.outlines()] == [BREAD_HOME]
    assert [outline.document for outline in found.reviews.outlines()] == [BREAD_HOME, SLEEP_HOME]


def test_among_many_documents_none_leads() -> None:
    """Where as many documents stand on their own as papers are placed, all of them are meant."""
    other = SLEEP_OUTLINE.model_copy(update={"document": SLEEP_HOME.model_copy(update={"id": "d-other"})})
    found = views(shelf([SLEEP_OUTLINE, other]))
    assert len(found.leading.outlines()) == 3
