"""Look-ups in the record of truth: written at once, read again, checked."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from evqa.errors import CorpusError
from evqa.model import Notice, Reference
from evqa.works.keys import entry_key
from evqa.works.records import FoundWork, LookUp
from index.store.lookups import Answered, LookUps, sought, standings, status_of
from index.store.store import Store, created, opened

DAY = "2026-11-30"
GONE = Notice(type="retraction", DOI="10.1000/n", source="openalex")


def answered(source: str, key: str, *works: FoundWork, reply: bytes = b"{}") -> Answered:
    """An answer of that day; "none" without works."""
    outcome = "found" if works else "none"
    return Answered(LookUp(source=source, key=key, date=DAY, outcome=outcome, works=works), reply)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Blank records."""
    with closing(created(tmp_path / "corpus.sqlite")) as store:
        yield store


def test_answers_come_back(store: Store) -> None:
    """What was stored is read again, with the reply as it came, by whoever opens the file next."""
    work = FoundWork(source="openalex", title="Moss", DOI="10.1000/x", notices=(GONE,))
    LookUps(store).put([answered("openalex", "10.1000/x", work, reply=b'{"a": 1}'), answered("crossref", "10.1000/y")])
    with closing(opened(store.path)) as again:
        lookups = LookUps(again)
        assert [(each.source, each.outcome) for each in lookups.every()] == [
            ("crossref", "none"),
            ("openalex", "found"),
        ]
        assert lookups.of("10.1000/x")[0].works == (work,)
        assert lookups.reply("openalex", "10.1000/x") == b'{"a": 1}'
        assert lookups.reply("openalex", "10.1000/y") == b""
        assert lookups.dates() == {("openalex", "10.1000/x"): DAY, ("crossref", "10.1000/y"): DAY}


def test_records_without_look_ups_have_none(store: Store) -> None:
    """Records made before there were look-ups can be asked for them."""
    lookups = LookUps(store)
    assert not [*lookups.every(), *lookups.of("10.1000/x")]
    assert not list(lookups.damage())
    assert lookups.dates() == {}
    assert standings(store) == {}


def test_a_failure_takes_nothing_away(store: Store) -> None:
    """A failed look-up is noted where nothing was known, stays due, and never replaces an answer."""
    lookups = LookUps(store)
    work = FoundWork(source="openalex", notices=(GONE,))
    lookups.put([answered("openalex", "10.1000/x", work)])
    lookups.note_failed("openalex", ["10.1000/x", "10.1000/y"], DAY)
    assert [(each.key, each.outcome) for each in lookups.every()] == [("10.1000/x", "found"), ("10.1000/y", "failed")]
    assert lookups.dates() == {("openalex", "10.1000/x"): DAY}
    assert list(standings(store)) == ["10.1000/x"]


def test_every_answer_changes_the_revision(store: Store) -> None:
    """The index is made anew after answers, since it tells the status of entries."""
    before = store.revision
    LookUps(store).put([answered("openalex", "10.1000/x")])
    assert store.revision == before + 1


def test_an_entry_without_doi_has_the_status_of_its_work(store: Store) -> None:
    """Where an entry was found to be a work, what is known under that work's DOI is its status."""
    entry = Reference(number=1, raw="Berg J. Moss.")
    found = FoundWork(source="crossref", DOI="10.1000/x")
    gone = FoundWork(source="openalex", DOI="10.1000/x", notices=(GONE,))
    LookUps(store).put([answered("crossref", entry_key(entry), found), answered("openalex", "10.1000/x", gone)])
    status = status_of(entry, standings(store))
    assert status is not None
    assert status.notices == (GONE,)
    assert status_of(Reference(number=2, raw="Other."), standings(store)) is None


def test_damage_is_found(store: Store) -> None:
    """A changed byte of a look-up is told by name, and one that can't be read is an error of the corpus."""
    lookups = LookUps(store)
    lookups.put([answered("openalex", "10.1000/x")])
    assert list(lookups.damage()) == []
    store.connection.execute("UPDATE lookup SET works = 'x'")
    assert ["10.1000/x at openalex" in line for line in lookups.damage()] == [True]
    with pytest.raises(CorpusError, match=r"look-up of 10\.1000/x"):
        list(lookups.every())


def put_references(store: Store, entries: list[Reference]) -> None:
    """A document of nothing but these entries."""
    store.connection.execute("INSERT INTO document VALUES (1, 'd-1', 'a.md', 'x', '{}', 'x')")
    rows = [("d-1", place, each.number, each.model_dump_json()) for place, each in enumerate(entries)]
    store.connection.executemany("INSERT INTO reference VALUES (?, ?, ?, ?)", rows)


def test_nothing_is_said_where_nothing_was_looked_up(store: Store) -> None:
    """An audit of a corpus that nobody enriched gets nothing at all."""
    put_references(store, [Reference(number=1, raw="Berg J. Moss.")])
    assert sought("d-1", store) == ()


def test_an_audit_learns_who_answered(store: Store) -> None:
    """Of an entry that nobody looked up nothing is said; a DOI that a source doesn't know says nothing of the work, a
    search by what is printed does, and what it brought is handed on."""
    bare = Reference(number=1, raw="Berg J. Moss.")
    printed = Reference(number=2, raw="Moss A. Stones.", DOI="10.1000/y")
    near = FoundWork(source="crossref", title="Something like moss")
    searched = LookUp(source="crossref", key=entry_key(bare), date=DAY, outcome="none", works=(near,))
    LookUps(store).put([Answered(searched), answered("crossref", "10.1000/y")])
    LookUps(store).note_failed("europepmc", ["10.1000/y"], DAY)
    entries = [bare, printed, Reference(number=3, raw="Other.")]
    put_references(store, entries)
    first, second, third = sought("d-1", store)
    assert first is not None
    assert second is not None
    assert (first.found, first.answered, first.failed) == ((near,), ("crossref",), ())
    assert (second.found, second.answered, second.failed) == ((), (), ("europepmc",))
    assert third is None
