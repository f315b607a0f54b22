"""Cited papers in a corpus: which document is which review's reference, and what readers see of it.

The record of truth keeps every document as it was read. Where it belongs is found anew whenever documents
came or went, so that neither their order nor a removed review leaves a trace.
"""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from evqa.model import Home, Passage, Placement
from index.store.store import Store

if TYPE_CHECKING:
    from evqa.corpus.cited import Listed
    from evqa.corpus.same_work import Work

# Raised when other rules would place documents otherwise, or placements are kept in another form.
RULES = 2


def placements(store: Store) -> tuple[Placement, ...]:
    """Where every stored document belongs, in order of ingestion; kept until documents come or go."""
    state = f"{RULES}:{store.revision}"
    if store.fact("placed") == state:
        return tuple(map(Placement.model_validate, json.loads(store.fact("placements"))))
    from evqa.corpus.cited import place  # not needed to ask

    found = place(tuple(listed(store)))
    with store.transaction():
        store.set_facts({"placed": state, "placements": json.dumps([each.model_dump(mode="json") for each in found])})
    return found


def listed(store: Store) -> Iterator["Listed"]:
    """Every document by what tells it from others, with its bibliography."""
    from evqa.corpus.cited import Listed
    from evqa.corpus.same_work import work

    for (document,) in store.select("SELECT id FROM document ORDER BY position"):
        outline = store.outline_of(document)
        first = outline.author[0] if outline.author else None
        family = (first.family or first.literal or "") if first else ""
        home = outline.document
        yield Listed(
            home.id,
            outline.source.name,
            home.title,
            work(home.title, outline.DOI or "", outline.year, family),
            tuple(entries(store, home.id)),
        )


def entries(store: Store, document: str) -> Iterator[tuple[int, "Work"]]:
    """Number and work of each entry of a document's bibliography."""
    from evqa.corpus.same_work import work

    query = "SELECT number, body FROM reference WHERE document = ? ORDER BY number, place"
    for number, body in store.select(query, (document,)):
        known = json.loads(body)  # a third of the time that the whole record takes
        first = (known.get("author") or [{}])[0]
        family = first.get("family") or first.get("literal") or ""
        year = known["issued"]["date-parts"][0][0] if known.get("issued") else None
        yield number, work(known.get("title") or "", known.get("DOI") or "", year, family, known["raw"])


def as_papers(passages: Sequence[Passage], home: Home) -> list[Passage]:
    """A cited paper's passages under its number; its own numbers and bibliography are left out."""
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
