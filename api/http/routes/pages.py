"""GET /v1/corpora/{name}/documents/{id}/pages/{number}: a page as it is printed, and where statements stand on it."""

from collections.abc import Callable
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from api.errors import AbsentError
from api.http.body_cache import Body, Key
from api.http.documented import answers, not_changed, refusals
from api.http.etags import has_tag, tag_of, tagged
from api.http.routes.asking import CORPUS, JSON, Served
from api.http.routes.bibliography import Name
from api.http.routes.documents import DocumentInFull, Identity, in_full, outline_of
from api.http.served import Service
from evqa.model import CorpusState, Outline, Record, Source
from index.disk.folder import corpus_folder
from index.store.sources import is_kept, source_file
from ingest.pdf.file.child import PAGES as MOST
from ingest.pdf.page.page import Box, letters, picture
from ingest.pdf.page.places import places
from ingest.pdf.page.stretches import stretches

router = APIRouter(prefix="/v1/corpora/{name}/documents/{identity}/pages", tags=["corpora"])
PNG = "image/png"
Number = Annotated[int, Path(ge=1, le=MOST, description="number of the page, from 1", examples=[1])]


class StatementOnPage(Record):
    """A statement on the page: where it stands in the canonical text, a box for each of its lines, and the share of its
    letters that stand on this page. A box is left, top, right, bottom, as shares of the page's width and height."""

    start: int
    end: int
    share: float
    boxes: tuple[Box, ...]


class PageStatements(Record):
    """A page: its number, how many there are, its size in points where it has text, and the statements on it in the
    order of the text."""

    page: int
    pages: int
    width: float | None
    height: float | None
    statements: tuple[StatementOnPage, ...]
    corpus: CorpusState


EXAMPLE = {
    "page": 3,
    "pages": 12,
    "width": 595.28,
    "height": 841.89,
    "statements": [{"start": 1042, "end": 1068, "share": 1.0, "boxes": [[0.08, 0.41, 0.48, 0.43]]}],
    "corpus": CORPUS,
}


@router.get(
    "/{number}",
    summary="The picture of a page",
    response_class=Response,
    responses={
        200: {
            "description": "The page, at most 1,400 pixels wide",
            "content": {PNG: {"schema": {"type": "string", "format": "binary"}}},
        },
        **not_changed(),
        **refusals(404, 422, 500, 503),
    },
)
async def page(name: Name, identity: Identity, number: Number, service: Served, request: Request) -> Response:
    """A page of a document that is a PDF, as it is printed; its tag is that of the file and the number."""
    outline = await service.run(lambda: _outline(service, name, identity))
    tag = f"{outline.source.sha256[:16]}-{number}"
    if has_tag(request, tag_of(tag)):
        return tagged(request, tag, b"", PNG)
    file = _kept(service.home, name, identity, outline.source)
    content = await _drawn(service, ("picture", file.name, number), lambda: drawn_page(file, number))
    return tagged(request, tag, content, PNG)


@router.get(
    "/{number}/statements",
    summary="Where statements stand on a page",
    response_class=Response,
    responses={
        **answers("The statements on the page, each with its boxes", EXAMPLE, 404, 422, 500, 503, model=PageStatements),
        **not_changed(),
    },
)
async def statements(name: Name, identity: Identity, number: Number, service: Served, request: Request) -> Response:
    """Sentences, table rows and entries of the canonical text, as far as they are found on the page."""
    whole = await service.run(lambda: _whole(service, name, identity))
    file = _kept(service.home, name, whole.id, whole.source)
    key = ("statements", name, whole.corpus.fingerprint, identity, number)
    content = await _drawn(service, key, lambda: _statements(file, whole, number))
    return tagged(request, whole.corpus.fingerprint, content, JSON)


async def _drawn(service: Service, key: Key, make: Callable[[], bytes]) -> bytes:
    """The content that `make` draws, or drew before under the same key. Raises OverloadError if too many wait."""
    body = service.pages.get(key) or service.pages.put(key, Body(await service.drawing.run(make)))
    return body.content


def _outline(service: Service, name: str, identity: str) -> Outline:
    with service.generation(name) as generation:
        return outline_of(identity, generation.corpus)


def _whole(service: Service, name: str, identity: str) -> DocumentInFull:
    with service.generation(name) as generation:
        return in_full(identity, generation.corpus, service.home)


def _kept(home: FilePath, name: str, identity: str, source: Source) -> FilePath:
    """The file with the pages. Raises AbsentError if the document has none, or its file isn't kept."""
    if not is_kept(source):
        raise AbsentError(
            f"document {identity!r}", f"is {source.media_type} and has no pages", "GET the document for its text"
        )
    file = source_file(corpus_folder(home, name), source)
    if not file.is_file():
        step = f"ingest {source.name} again to see its pages"
        raise AbsentError(f"document {identity!r}", "its file isn't kept", step)
    return file


def _read(file: FilePath) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        raise AbsentError("the document", "was removed just now", "GET the corpus for those that are there") from error


def drawn_page(file: FilePath, number: int) -> bytes:
    """A page of the file as PNG. Raises AbsentError if there is no such page, or the file is gone."""
    png = picture(_read(file), number)
    if png is None:
        raise AbsentError(
            f"no page {number}", "the document has fewer", "GET the statements of page 1 for how many there are"
        )
    return png


def _statements(file: FilePath, whole: DocumentInFull, number: int) -> bytes:
    """The statements on a page that begin on it or on the page before."""
    count, pages = letters(_read(file), number - 1, number)
    if number > count:
        raise AbsentError(f"no page {number}", f"there are {count}", "give one of these")
    here = pages[1]
    page = PageStatements(
        page=number,
        pages=count,
        width=here.width if here else None,
        height=here.height if here else None,
        statements=tuple(
            StatementOnPage(**place._asdict()) for place in places(whole.text, stretches(whole), number, pages)
        ),
        corpus=whole.corpus,
    )
    return page.model_dump_json().encode()
