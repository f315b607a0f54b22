"""GET /v1/corpora/{name}/documents, and one of them as it stands, to read an answer in its place."""

from contextlib import closing
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from api.catalogue import ListedDocument, listed_documents
from api.errors import AbsentError
from api.http.documented import answers, not_changed
from api.http.etags import tagged
from api.http.paging import PageQuery, linked, stretch, with_link
from api.http.routes.asking import CORPUS, ENTRY, JSON, PASSAGE, SENTENCE, Served
from api.http.routes.bibliography import OUTLINE, Name
from api.text.json_text import json_text
from evqa.corpus.corpus import Corpus, Filter
from evqa.errors import BusyError
from evqa.model import CorpusState, Document, Outline, Passage, PassageKind, Record, Statement
from index.disk.folder import RECORDS, corpus_folder
from index.store.store import opened, outline

router = APIRouter(prefix="/v1/corpora", tags=["corpora"])

Identity = Annotated[str, Path(description="id of the document, as in the corpus and in answers",
                               examples=["d-91c0aa52de7b4f10"], max_length=200)]  # fmt: skip


class PassageInPlace(Record):
    """Where a passage stands, and what each of its statements cites; its text is that slice of the document's."""

    id: str
    kind: PassageKind
    start: int
    end: int
    label: str | None
    page: int | None
    sentences: tuple[Statement, ...]


class DocumentInFull(Document):
    """What `evqa read --json` prints, with `kind` and `reference` as the corpus places it; the id of the `review` that
    cites it, if one does; its `passages` in the order of the text; and its corpus."""

    review: str | None = None
    passages: tuple[PassageInPlace, ...] = ()
    corpus: CorpusState


EXAMPLE: dict[str, Any] = {
    "id": "d-91c0aa52de7b4f10",
    "kind": "review",
    "genre": "review",
    "title": "A review of vesicles",
    "author": [],
    "year": 2022,
    "DOI": None,
    "license": None,
    "reference": None,
    "source": {"name": "vesicles.md", "sha256": "0f" * 32, "media_type": "text/markdown"},
    "text": f"4 Resistance\n\n{SENTENCE}",
    "keywords": [],
    "sections": [{"number": "4", "title": "Resistance", "level": 1, "start": 0, "end": 40}],
    "blocks": [
        {"kind": "heading", "start": 0, "end": 12, "section": 0, "page": None},
        {"kind": "prose", "start": 14, "end": 40, "section": 0, "page": None},
    ],
    "sentences": [{"start": 14, "end": 40, "block": 1, "page": None}],
    "tables": [],
    "figures": [],
    "references": [ENTRY],
    "citations": [{"marker": "(15)", "start": 35, "end": 39, "sentence": 0, "references": [15], "where": "text"}],
    "rejected": [],
    "abbreviations": [],
    "integrity": {
        "references": 1,
        "contiguous": False,
        "missing": [],
        "duplicates": [],
        "citations": 1,
        "unresolved": [],
        "never_cited": [],
        "without_doi": [],
        "duplicate_entries": [],
        "warnings": [],
    },
    "review": None,
    "passages": [
        {
            "id": PASSAGE["id"],
            "kind": "prose",
            "start": 14,
            "end": 40,
            "label": None,
            "page": None,
            "sentences": [{"start": 14, "end": 40, "references": [15], "carried": []}],
        }
    ],
    "corpus": CORPUS,
}


@router.get(
    "/{name}/documents",
    summary="List the documents",
    response_class=Response,
    responses={
        **with_link(answers("Every document, in the order in which they came", [OUTLINE], 404, 422, 500, 503,
                            written=tuple[ListedDocument, ...])),
        **not_changed(),
    },
)  # fmt: skip
async def documents(name: Name, query: Annotated[PageQuery, Query()], service: Served, request: Request) -> Response:
    """The documents with title, authors, year, file and integrity; with `limit` a page of them, whose Link header leads
    to the next."""
    known = await service.body(
        name, ("number of documents",), lambda corpus: (str(len(corpus.outlines())).encode(), None)
    )
    page = stretch(query.limit, query.cursor, int(known.content), known.fingerprint[:16])
    body = await service.body(
        name,
        ("documents", page.start, page.stop),
        lambda corpus: (json_text(listed_documents(corpus)[page.part]).encode(), None),
    )
    return linked(tagged(request, body.fingerprint, body.content, JSON), request, page.following)


@router.get(
    "/{name}/documents/{identity}",
    summary="One document in full",
    response_class=Response,
    responses={
        **answers("The document: text, structure, citations and passages", EXAMPLE, 404, 422, 500, 503,
                  model=DocumentInFull),
        **not_changed(),
    },
)  # fmt: skip
async def document(name: Name, identity: Identity, service: Served, request: Request) -> Response:
    """The canonical text with its sections, blocks, tables, citations and passages; all offsets are code points into
    that text, end exclusive."""
    body = await service.body(
        name,
        ("document", identity),
        lambda corpus: (in_full(identity, corpus, service.home).model_dump_json().encode(), None),
    )
    return tagged(request, body.fingerprint, body.content, JSON)


def in_full(identity: str, corpus: Corpus, home: FilePath) -> DocumentInFull:
    """The document as the open generation has it.

    Raises AbsentError if the corpus holds none of that id, BusyError while an ingest is replacing or removing it.
    """
    placed = outline_of(identity, corpus)
    document = _stored(identity, home, corpus.state.name)
    if document is None or outline(document).model_copy(update={"document": placed.document}) != placed:
        raise BusyError(f"document {identity!r}", "is being replaced", "ask again in a few seconds")
    passages = tuple(map(_in_place, corpus.passages(Filter(documents=frozenset({identity})))))
    fields = {field: getattr(document, field) for field in Document.model_fields}
    home_of = placed.document
    where = {
        "title": home_of.title,
        "kind": home_of.kind,
        "reference": home_of.reference,
        "review": home_of.review,
    }
    return DocumentInFull(**{**fields, **where}, passages=passages, corpus=corpus.state)


def outline_of(identity: str, corpus: Corpus) -> Outline:
    """The structure of the document of that id, as the corpus places it. Raises AbsentError if there is none."""
    outlines = corpus.outlines()
    match = next((outline for outline in outlines if outline.document.id == identity), None)
    if match is None:
        known = ", ".join(outline.document.id for outline in outlines[:5]) or "none"
        more = f" and {len(outlines) - 5} more" if len(outlines) > 5 else ""
        raise AbsentError(
            f"no document {identity!r} in corpus {corpus.state.name}",
            f"there is {known}{more}",
            "GET the corpus for all",
        )
    return match


def _stored(identity: str, home: FilePath, name: str) -> Document | None:
    with closing(opened(corpus_folder(home, name) / RECORDS)) as store:
        return store.document(identity)


def _in_place(passage: Passage) -> PassageInPlace:
    return PassageInPlace(**{field: getattr(passage, field) for field in PassageInPlace.model_fields})
