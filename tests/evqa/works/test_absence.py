"""Whether sources know no such work."""

import pytest

from evqa.model import Name
from evqa.works.absence import LookUp, is_answered, is_unknown
from tests.evqa.works.printed import entry, record, year

OTHER = record(
    title="Feeding habits of the grey heron",
    author=(Name(family="Fir", given="Z"),),
    volume="1",
    page="2",
    issued=year(1999),
)


@pytest.mark.parametrize(
    ("answered", "failed", "is_enough"),
    [
        (("crossref", "europepmc"), (), True),
        (("crossref", "europepmc", "openalex"), (), True),
        (("crossref",), (), False),
        (("crossref", "unpaywall", "retraction-watch"), (), False),
        (("crossref", "europepmc"), ("openalex",), False),
        (("crossref", "europepmc"), ("unpaywall",), True),
        ((), (), False),
    ],
)
def test_enough_sources_have_to_answer(answered: tuple[str, ...], failed: tuple[str, ...], is_enough: bool) -> None:
    """Two sources that search by fields have to answer, and none that was asked may fail."""
    assert is_answered(answered, failed) == is_enough
    look_up = LookUp(found=(OTHER,), answered=answered, failed=failed)
    assert is_unknown(entry(), look_up) == is_enough


def test_a_work_that_was_found_is_known() -> None:
    """The work itself, a work near it, or any record under the printed DOI keeps "no such work" from being told."""
    answered = ("crossref", "europepmc")
    assert not is_unknown(entry(), LookUp(found=(record(),), answered=answered))
    near = record(title=record().title, volume=None, page=None, issued=None, author=())
    assert not is_unknown(entry(), LookUp(found=(near,), answered=answered))
    by_doi = OTHER.model_copy(update={"DOI": "10.1000/moss.1"})
    assert not is_unknown(entry(DOI="10.1000/moss.1"), LookUp(found=(by_doi,), answered=answered))


@pytest.mark.parametrize("lacking", [{"type": "book"}, {"title": "Moss"}, {"author": ()}, {"container_title": None}])
def test_only_articles_that_databases_should_know_are_told(lacking: dict[str, object]) -> None:
    """Of a book, and of an entry whose title, author or journal wasn't read, nothing is told."""
    raw = entry().raw
    assert not is_unknown(entry(raw=raw, **lacking), LookUp(answered=("crossref", "europepmc")))
