"""GET /v1/corpora and below: corpora, their documents, and their bibliographies in every format."""

import hashlib
from dataclasses import dataclass, fields
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.bibliography.citing import Citing
from api.bibliography.entries import entries, entry
from api.bibliography.exporting import MEDIA, Entry, EntryInFull, Format, in_full, listed
from api.catalogue import ListedCorpus, ListedDocument, listed_documents, summary_record
from api.catalogue import listed as listed_corpora
from api.http.documented import Responses, answers, not_changed
from api.http.etags import tagged
from api.http.paging import PageQuery, Stretch, linked, stretch, with_link
from api.http.routes.asking import CORPUS, ENTRY, JSON, PASSAGE, SENTENCE, WORDED, CorpusName, Served
from api.http.served import Content, Service
from api.text.answer import which_document_line
from api.text.json_text import json_text
from api.text.terminal import WIDEST
from evqa.answer import LONGEST, ask
from evqa.corpus.corpus import Corpus
from evqa.errors import UsageError
from evqa.model import Filters, Reference
from index.corpora import summary

router = APIRouter(prefix="/v1/corpora", tags=["corpora"])
SUMMARY: dict[str, Any] = {
    "name": "default",
    "documents": 1,
    "passages": 512,
    "references": 90,
    "bytes": 8_400_000,
    "generation": 3,
    "state": "ready",
    "failed": 0,
    "use": "own",
}
OUTLINE = {
    **PASSAGE["document"],
    "source": "vesicles.md",
    "genre": "review",
    "author": [],
    "year": 2022,
    "DOI": None,
    "license": None,
    "integrity": {"references": 90, "contiguous": True, "citations": 118},
}
CITED = {**ENTRY, "cited": 1, "key": "adams2022vesicles"}
STATEMENT = {
    "text": SENTENCE,
    "start": 1042,
    "end": 1068,
    "references": [15],
    "carried": False,
    "passage": PASSAGE["id"],
    "kind": "prose",
    "section": PASSAGE["section"],
    "label": None,
    "page": None,
}

Name = Annotated[CorpusName, Path(description="name of the corpus", examples=["default"])]
Number = Annotated[int, Path(description="number of the entry", ge=1, le=999_999_999, examples=[15])]


class EntryQuery(BaseModel):
    """Which entry, and how it is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    form: Format = Field(default="json", alias="format", description="how the entries are written")
    document: str | None = Field(
        default=None, max_length=200, description="only the bibliography of the document with this id"
    )


class BibliographyQuery(EntryQuery, PageQuery):
    """The same for several entries, which may be those behind an answer, and in pages as JSON and text."""

    cited_by: str | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST,
        json_schema_extra=WORDED,
        description="only the entries that the answer to this question rests on, in order of use",
    )


@dataclass(frozen=True)
class CorpusInFull(ListedCorpus):
    """A corpus with the fingerprint of what it holds, and its documents."""

    fingerprint: str = ""
    contents: tuple[ListedDocument, ...] = ()


def _formats(description: str, example: object, written: Any) -> Responses:
    responses = answers(description, example, 404, 422, 500, 503, written=written)
    others = {MEDIA[form].partition(";")[0]: {"schema": {"type": "string"}} for form in MEDIA if "json" not in form}
    responses[200]["content"] |= others | {
        MEDIA["csl-json"]: {"schema": {"type": "array", "items": {"type": "object"}}}
    }
    return {**responses, **not_changed()}


@router.get(
    "",
    summary="List the corpora",
    response_class=Response,
    responses={
        **with_link(
            answers("Every corpus, with sizes and state", [SUMMARY], 422, 500, 503, written=tuple[ListedCorpus, ...])
        ),
        **not_changed(),
    },
)
async def corpora(query: Annotated[PageQuery, Query()], service: Served, request: Request) -> Response:
    """What `evqa corpora --json` prints; with `limit` a page of it, whose Link header leads to the next."""
    found = await service.run(lambda: listed_corpora(service.home))
    page = stretch(query.limit, query.cursor, len(found), _digest("\n".join(each.name for each in found)))
    text = json_text([summary_record(summary) for summary in found[page.part]])
    return linked(tagged(request, _digest(text), text.encode(), JSON), request, page.following)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@router.get(
    "/{name}",
    summary="One corpus and its documents",
    response_class=Response,
    responses={
        **answers("Sizes, state, fingerprint and documents", SUMMARY | {"fingerprint": CORPUS["fingerprint"],
                  "contents": [OUTLINE]}, 404, 422, 500, 503, written=CorpusInFull),
        **not_changed(),
    },
)  # fmt: skip
async def corpus(name: Name, service: Served, request: Request) -> Response:
    """The corpus as in the list, with the fingerprint of what it holds and an outline of each document."""
    text, fingerprint = await service.run(lambda: _corpus(service, name))
    return tagged(request, f"{fingerprint}-{hashlib.sha256(text).hexdigest()[:16]}", text, JSON)


def _corpus(service: Service, name: str) -> tuple[bytes, str]:
    with service.generation(name) as generation:
        whole = CorpusInFull(
            **summary_record(summary(service.home, name)),
            fingerprint=generation.state.fingerprint,
            contents=listed_documents(generation.corpus),
        )
        return json_text(
            {field.name: getattr(whole, field.name) for field in fields(whole)}
        ).encode(), whole.fingerprint


@router.get(
    "/{name}/references",
    summary="The bibliography",
    response_class=Response,
    responses=with_link(
        _formats(
            "Every entry, by document and number, and how many statements print its number", [CITED], tuple[Entry, ...]
        )
    ),
)
async def references(
    name: Name, query: Annotated[BibliographyQuery, Query()], service: Served, request: Request
) -> Response:
    """What `evqa refs --format …` prints, with `cited_by` what `evqa refs --cited-by QUESTION` does.

    As JSON and text it may be asked for in pages: with `limit`, whose Link header leads to the next.
    """
    form, document, question = query.form, query.document, query.cited_by
    page = await _page(name, query, service)
    body = await service.body(
        name,
        ("references", form, document, question, *((page.start, page.stop) if page else ())),
        lambda corpus: _content(
            listed(_several(corpus, document, question)[page.part if page else slice(None)], corpus, form, WIDEST)
        ),
    )
    return linked(
        tagged(request, body.fingerprint, body.content, MEDIA[form]), request, page.following if page else None
    )


async def _page(name: str, query: BibliographyQuery, service: Service) -> Stretch | None:
    """The part that is asked for; None for all. Raises UsageError for an export, whose keys are those of the whole."""
    if query.limit is None and query.cursor is None:
        return None
    if query.form not in ("json", "text"):
        raise UsageError(f"format {query.form}", "is given whole", "leave out limit and cursor")
    document, question = query.document, query.cited_by
    length = await service.body(
        name,
        ("number of references", document, question),
        lambda corpus: _content(str(len(_several(corpus, document, question)))),
    )
    of = hashlib.sha256(f"{document!r} {question!r}".encode()).hexdigest()[:8]
    return stretch(query.limit, query.cursor, int(length.content), length.fingerprint[:16] + of)


@router.get(
    "/{name}/references/{number}",
    summary="One entry and every statement that cites it",
    response_class=Response,
    responses=_formats("The entry with its statements", {**CITED, "statements": [STATEMENT]}, EntryInFull),
)
async def reference(
    name: Name, number: Number, query: Annotated[EntryQuery, Query()], service: Served, request: Request
) -> Response:
    """What `evqa refs NUMBER --format …` prints. If several documents have an entry of this number, `document`
    says which is meant."""
    form, document = query.form, query.document
    body = await service.body(
        name,
        ("reference", number, form, document),
        lambda corpus: _content(in_full(entry(number, corpus, document), Citing(corpus), form, WIDEST)),
    )
    return tagged(request, body.fingerprint, body.content, MEDIA[form])


def _several(corpus: Corpus, document: str | None, question: str | None) -> list[Reference]:
    """The entries of one document or of all; with a question, those behind its answer.

    Raises UsageError with the documents that fit if the question needs one of several and none was named.
    """
    every = list(entries(corpus, document))
    if question is None:
        return every
    answer = ask(question, corpus)
    if answer.reason and document is not None:
        answer = ask(question, corpus, filters=Filters(document=document))
    if which := which_document_line(answer):
        raise UsageError("cited_by", which, "give the id of one as document, or name it in the question")
    return [cited for cited in answer.references if document in (None, cited.document)]


def _content(text: str) -> Content:
    return text.encode(), None
