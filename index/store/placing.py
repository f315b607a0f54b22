"""Find which documents of a corpus are papers that its reviews cite, and what readers see of them.

The records keep every document as it was read. Its placement is worked out again whenever documents were added or
removed, so the order of ingestion doesn't matter and a removed review leaves no trace.
"""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evqa.model import Home, Passage, Placement
from evqa.works import records
from index.store.store import Store

if TYPE_CHECKING:
    from evqa.corpus.cited import StoredWork
    from evqa.works.same_work import Work

# Increase it when the rules of placement change, or the form in which placements are stored.
RULES = 2


def placements(store: Store) -> tuple[Placement, ...]:
    """The placement of every document, in order of ingestion. It is stored until documents are added or removed."""
    state = f"{RULES}:{store.revision}"
    if store.fact("placed") == state:
        return tuple(map(Placement.model_validate, json.loads(store.fact("placements"))))
    from evqa.corpus.cited import place  # not needed to ask

    found = place(tuple(listed(store)))
    with store.transaction():
        store.set_facts({"placed": state, "placements": json.dumps([each.model_dump(mode="json") for each in found])})
    return found


def listed(store: Store) -> Iterator["StoredWork"]:
    """Every document by what tells it from others, with its bibliography."""
    from evqa.corpus.cited import ABSTRACT, FILE, TEXT, StoredWork
    from evqa.works.same_work import work

    fullness = {records.ABSTRACT: ABSTRACT, records.TEXT: TEXT}
    for (document,) in store.select("SELECT id FROM document ORDER BY position"):
        outline = store.outline_of(document)
        family = outline.author[0].surname if outline.author else ""
        home = outline.document
        yield StoredWork(
            home.id,
            outline.source.name,
            home.title,
            work(home.title, outline.DOI or "", outline.year, family),
            tuple(entries(store, home.id)),
            fullness.get(outline.source.media_type, FILE),
        )


def entries(store: Store, document: str) -> Iterator[tuple[int, "Work"]]:
    """Number and work of each entry of a document's bibliography."""
    from evqa.works.same_work import work

    query = "SELECT number, body FROM reference WHERE document = ? ORDER BY number, place"
    for number, body in store.select(query, (document,)):
        known = json.loads(body)  # three times as fast as the whole record
        first = (known.get("author") or [{}])[0]
        family = first.get("family") or first.get("literal") or ""
        year = known["issued"]["date-parts"][0][0] if known.get("issued") else None
        yield number, work(known.get("title") or "", known.get("DOI") or "", year, family, known["raw"])


def drop_unplaced(store: Store) -> None:
    """Remove what was made of look-ups of a work that no entry names any more, or that a file now stands for.

    On its own it would be asked as if it were a review. The look-ups stay, so it is made again without asking.
    """
    loose = {each.document for each in placements(store) if each.kind == "review"}
    rows = [row for row in store.rows() if row.id in loose and records.is_fetched(store.outline_of(row.id).source)]
    if rows:
        with store.transaction():
            store.delete(rows)


def as_papers(passages: Sequence[Passage], home: Home) -> list[Passage]:
    """A cited paper's passages under its number, without its own numbers and bibliography."""
    numbers = () if home.reference is None else (home.reference,)
    return [
        passage.model_copy(
            update={
                "kind": "paper",
                "document": home,
                "references": numbers,
                "sentences": tuple(
                    each.model_copy(update={"references": numbers, "carried": ()}) for each in passage.sentences
                ),
            }
        )
        for passage in passages
        if passage.kind != "reference"
    ]
