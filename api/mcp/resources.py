"""What an assistant can read as it stands: documents and bibliography entries, each under an address of its own."""

import re
from collections.abc import Sequence
from urllib.parse import quote, unquote

from mcp import MCPError, types

from api.bibliography.citing import Citing
from api.bibliography.entries import entries, entry
from api.bibliography.exporting import in_full as entry_in_full
from api.bibliography.exporting import listed
from api.corpus_names import own_names
from api.errors import AbsentError, without_home
from api.http.routes.documents import in_full
from api.http.served import Content, Service
from api.text.answer import unchecked_line
from api.text.terminal import WIDEST, printable
from evqa.corpus.corpus import Corpus
from evqa.corpus.naming import document_named
from evqa.errors import EvqaError, UsageError
from evqa.model import Outline, Reference
from index.disk.folder import corpus_names

# Documents of one page of the list.
MOST = 100
TEXT, JSON = "text/plain", "application/json"
ROOT = "evqa://corpora"
_ADDRESS = re.compile(
    r"evqa://corpora/(?P<corpus>[^/?#]+)/documents/(?P<document>[^/?#]+)"
    r"(?P<list>/references(?:/(?P<number>[0-9]{1,9}))?)?"
)
TEMPLATES = [
    types.ResourceTemplate(
        name="document",
        title="A document",
        uri_template=f"{ROOT}/{{corpus}}/documents/{{document}}",
        description="the text of a document, by its id or its file's name",
        mime_type=TEXT,
    ),
    types.ResourceTemplate(
        name="bibliography",
        title="A bibliography",
        uri_template=f"{ROOT}/{{corpus}}/documents/{{document}}/references",
        description="every entry of a document's bibliography, with how often it is cited",
        mime_type=TEXT,
    ),
    types.ResourceTemplate(
        name="reference",
        title="A bibliography entry",
        uri_template=f"{ROOT}/{{corpus}}/documents/{{document}}/references/{{number}}",
        description="one entry in CSL-JSON fields, with every statement that cites it",
        mime_type=JSON,
    ),
]


async def listed_resources(service: Service, cursor: str | None) -> types.ListResourcesResult:
    """A page of the documents, and of their bibliographies: those of one corpus, or some of them.

    The corpora are the user's own, or the built-in sample where there is none. Raises MCPError for a cursor that isn't
    one.
    """
    names = own_names(corpus_names(service.home)) or (service.resolved(None),)
    name, _, start = (cursor or f"{names[0]}/0").partition("/")
    if name not in names or not (start.isascii() and start.isdigit() and len(start) < 10):
        raise MCPError(types.INVALID_PARAMS, f"{printable(cursor or '')[:80]!r} is no cursor; begin again without one")

    def page() -> tuple[list[types.Resource], bool]:
        with service.generation(name) as generation:
            outlines = generation.corpus.outlines()
            part = outlines[int(start) : int(start) + MOST]
            return [each for one in part for each in _resources(name, one)], len(outlines) > int(start) + MOST

    try:
        resources, has_more = await service.run(page)
    except EvqaError as error:
        raise _refused(error, service) from error
    later = names[names.index(name) + 1 :]
    following = f"{name}/{int(start) + MOST}" if has_more else f"{later[0]}/0" if later else None
    return types.ListResourcesResult(resources=resources, next_cursor=following)


def _resources(corpus: str, outline: Outline) -> list[types.Resource]:
    home = outline.document
    address = f"{ROOT}/{corpus}/documents/{quote(home.id, safe='')}"
    document = types.Resource(
        name=outline.source.name,
        title=home.title,
        uri=address,
        description=f"the text of {outline.source.name} in corpus {corpus}",
        mime_type=TEXT,
    )
    if not outline.integrity.references:
        return [document]
    told = f"{outline.integrity.references} entries of {outline.source.name} in corpus {corpus}"
    bibliography = types.Resource(
        name=f"{outline.source.name}: references",
        title=f"References of {home.title}",
        uri=f"{address}/references",
        description=told,
        mime_type=TEXT,
    )
    return [document, bibliography]


async def read_resource(service: Service, address: str) -> types.ReadResourceResult:
    """What stands under an address. Raises MCPError if nothing does."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        ways = ", ".join(template.uri_template for template in TEMPLATES)
        raise MCPError(types.INVALID_PARAMS, f"no resource {printable(address)[:200]!r}: there is {ways}")
    corpus, document = unquote(found["corpus"]), unquote(found["document"])
    number = int(found["number"]) if found["number"] else None

    def content(corpus: Corpus) -> Content:
        identity = document_named(document, corpus)
        if not found["list"]:
            return in_full(identity, corpus, service.home).text.encode(), None
        if number is None:
            return _bibliography(entries(corpus, identity), corpus).encode(), None
        return entry_in_full(entry(number, corpus, identity), Citing(corpus), "json", WIDEST).encode(), None

    try:
        body = await service.body(corpus, ("resource", document, found["list"]), content)
    except EvqaError as error:
        raise _refused(error, service) from error
    text = types.TextResourceContents(uri=address, mime_type=JSON if number else TEXT, text=body.content.decode())
    return types.ReadResourceResult(contents=[text])


def _bibliography(every: Sequence[Reference], corpus: Corpus) -> str:
    """The entries as text, and which of them nobody has checked for retraction."""
    unchecked = unchecked_line(every)
    return "\n\n".join([listed(every, corpus, "text", WIDEST), *([f"({unchecked})"] if unchecked else [])])


def _refused(error: EvqaError, service: Service) -> MCPError:
    """The protocol's error: of what was asked for, or of the server."""
    is_asked = isinstance(error, UsageError | AbsentError)
    code = types.INVALID_PARAMS if is_asked else types.INTERNAL_ERROR
    return MCPError(code, printable(without_home(error.facts, service.home).line()))
