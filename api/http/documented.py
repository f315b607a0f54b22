"""What the routes' OpenAPI descriptions share: examples, problems and entity tags."""

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, TypeAdapter

from api.http.problems import MEDIA_TYPE, Fault, Problem
from evqa import model

Responses = dict[int | str, dict[str, Any]]
SCHEMA = "#/components/schemas/"
# Records that leave out unknown fields by code of their own, which a schema can't see.
SPARSE: tuple[type[BaseModel], ...] = (
    *(
        each
        for each in vars(model).values()
        if isinstance(each, type) and issubclass(each, BaseModel) and each.__pydantic_decorators__.model_serializers
    ),
    Problem,
    Fault,
)
_WRITTEN: dict[str, Any] = {}
_EXAMPLES: dict[str, Any] = {}

UNGUARDED = frozenset(("/healthz", "/readyz"))
GUARDED, RECEIVED = (401, 403, 421, 429), (413,)
WHEN = {
    304: "Not changed since the entity tag that was sent",
    400: "The body can't be taken apart",
    401: "A key is needed, or the one sent isn't valid; only where the server asks for keys",
    403: "The key's scope doesn't allow it, or a page of another site asked",
    404: "No such corpus, or nothing of that name in it",
    409: "Another process writes the corpus, or the job has ended already",
    413: "The body is too large",
    415: "A kind of body or file that isn't read",
    421: "The server isn't called by the name that the request gives as its host",
    422: "A field can't be used as given",
    429: "The client sent too many requests; only where the server limits them",
    500: "The server failed; its log has the request's id",
    507: "The disk is full or refuses; what was stored before is kept",
    503: "Can't be served now: the corpus is damaged or being written, its model is missing, or too much is waiting",
}
DETAILS = {
    400: ("Bad Request", "POST /v1/ask: There was an error parsing the body; send the body as JSON in UTF-8"),
    401: ("Unauthorized", "a key is needed: send one as 'Authorization: Bearer KEY'; `evqa keys create` makes one"),
    403: ("Forbidden", "key reader may only read; DELETE needs one made with --scope write"),
    404: ("Not Found", "no corpus 'reviews': there is default; name one of these"),
    409: ("Conflict", "corpus 'default' is being written by process 4711; try again later"),
    413: ("Content Too Large", "POST /v1/ask: the body is larger than 65,536 bytes; send less"),
    415: ("Unsupported Media Type", "notes.odt: unknown format '.odt'; save it in Word or LibreOffice as .docx"),
    421: (
        "Misdirected Request",
        "this server isn't called 'example.org': start it with --allow-host NAME to add a name",
    ),
    422: ("Unprocessable Content", "body k: input should be less than or equal to 100, not 1000; correct it"),
    429: ("Too Many Requests", "more than 600 requests a minute: send the next in 12 s"),
    500: ("Internal Server Error", "the server failed at this request; send it again"),
    507: ("Insufficient Storage", "EVQA_HOME/uploads: No space left on device; what was stored before is kept"),
    503: ("Service Unavailable", "256 requests are waiting already; try again in a second"),
}


def answers(description: str, example: object, *problems: int, model: Any = None, written: Any = None) -> Responses:
    """The response 200 with its example, and the problems that may come in its place.

    Its schema is that of `model`, or that of the type `written`, which code writes field by field.
    """
    _EXAMPLES[description] = example
    content = {"example": example} | ({"schema": schema_of(written)} if written else {})
    response: dict[str, Any] = {"description": description, "content": {"application/json": content}}
    return {200: response | ({"model": model} if model else {}), **refusals(*problems)}


def refusals(*statuses: int) -> Responses:
    """The documented problems of these statuses."""
    return {status: _problem(status) for status in statuses}


def not_changed() -> Responses:
    """The documented 304."""
    return {304: {"description": WHEN[304]}}


def _problem(status: int) -> dict[str, Any]:
    title, detail = DETAILS[status]
    example = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "request_id": "9f86d081884c7d65",
    }
    return {
        "description": WHEN[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"{SCHEMA}Problem"}, "example": example}},
    }


def openapi_of(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """The function that makes the app's OpenAPI document, once, on the first request for it."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
            )
            _put_examples(document["paths"])
            _put_guards(document)
            _complete(document.setdefault("components", {}).setdefault("schemas", {}))
            app.openapi_schema = document
        return app.openapi_schema

    return openapi


def _put_examples(paths: dict[str, Any]) -> None:
    """Put in the examples as they were given: FastAPI leaves out whatever is null in them."""
    for operation in (operation for path in paths.values() for operation in path.values()):
        content = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
        if (example := _EXAMPLES.get(operation["responses"].get("200", {}).get("description"))) is not None:
            content["example"] = example


def _put_guards(document: dict[str, Any]) -> None:
    """Put in the refusals of the layers around every route, and the key that they ask for."""
    scheme = {
        "type": "http",
        "scheme": "bearer",
        "description": "A key of `evqa keys create`, where the server asks for one",
    }
    document.setdefault("components", {})["securitySchemes"] = {"key": scheme}
    for path, operations in document["paths"].items():
        if path in UNGUARDED:
            continue
        for operation in operations.values():
            operation["security"] = [{}, {"key": []}]
            statuses = (*GUARDED, *(RECEIVED if "requestBody" in operation else ()))
            for status in statuses:
                operation["responses"].setdefault(str(status), _problem(status))


def schema_of(kind: Any) -> dict[str, Any]:
    """The schema of what code writes field by field; the records in it are named in the document."""
    schema = TypeAdapter(kind).json_schema(by_alias=True, ref_template=f"{SCHEMA}{{model}}")
    _WRITTEN.update(schema.pop("$defs", {}))
    return schema


def _complete(schemas: dict[str, Any]) -> None:
    """Put in the records that `schema_of` met; those that leave out fields as a client may meet them."""
    schema_of(tuple[SPARSE])  # type: ignore[valid-type]
    sparse = {record.__name__ for record in SPARSE}
    schemas.update({name: schema for name, schema in _WRITTEN.items() if name in sparse or name not in schemas})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
