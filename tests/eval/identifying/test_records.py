"""Records that are made to look an entry up among."""

from collections import Counter

from eval.identifying.journal_names import written_out
from eval.identifying.records import database, is_made
from evqa.works.same_work import plain_doi
from tests.evqa.works.printed import TITLE, entry

ENTRIES = {
    "one": (entry(DOI="10.1000/Moss.1"), entry(number=8, title="Feeding habits of the grey heron along rivers")),
    "two": (entry(DOI="10.1000/moss.1", volume="47"),),
}


def test_a_database_holds_every_work_once_and_what_is_near_it() -> None:
    """A work that two articles cite is one record, with its DOI; all others have made ones."""
    records = database(ENTRIES, ["A title of its own"], 14)
    dois = Counter(plain_doi(each.DOI or "") for each in records)
    assert (len(records), set(dois.values())) == (14, {1})
    assert dois["10.1000/moss.1"] == 1
    assert sum(not is_made(each) for each in records) == 1
    titles = " ".join(each.title or "" for each in records)
    assert "A title of its own" in titles
    assert sum(TITLE in (each.title or "") for each in records) > 3


def test_the_same_entries_make_the_same_records() -> None:
    """Records don't change from run to run."""
    assert database(ENTRIES, [], 10) == database(ENTRIES, [], 10)


def test_journals_are_written_out() -> None:
    """Known words are written out, whole names and unknown words stay."""
    assert written_out("J. Immunol") == "Journal of Immunology"
    assert written_out("Proc Natl Acad Sci USA") == "Proceedings of the National Academy of Sciences"
    assert written_out("Phytomedicine") == "Phytomedicine"
