"""GET /docs: the OpenAPI description as a page that loads nothing from elsewhere, with a form to try each operation.

The pages that FastAPI brings load scripts from other hosts, and packages that ship Swagger UI need styles that the
policy of this server forbids.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from starlette.exceptions import HTTPException

from api.http.etags import has_tag
from api.http.guards.headers import POLICY, SECURITY
from eval.pages.templates import rendered

router = APIRouter(include_in_schema=False)
METHODS = ["GET", "HEAD"]
HTML = "text/html; charset=utf-8"
MEDIA = {"docs.css": "text/css; charset=utf-8", "docs.js": "text/javascript; charset=utf-8"}
HEADERS = {
    "Content-Security-Policy": POLICY,
    **{name: SECURITY[name] for name in ("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")},
    "Cache-Control": "no-cache",
}


@dataclass(frozen=True)
class Field:
    """A parameter or a field of a body. `place`: path, query, header or body; `kind`: its type and bounds, in words."""

    name: str
    place: str
    kind: str
    is_required: bool
    description: str
    example: str = ""


@dataclass(frozen=True)
class Reply:
    """A response by its status: what it means, and an example as it is shown; "" without."""

    status: str
    title: str
    description: str
    example: str


@dataclass(frozen=True)
class Operation:
    """A method of a path. `media`: that of its body, "" without one; `sent`: an example of the body as it is sent."""

    method: str
    path: str
    summary: str
    description: str
    tag: str
    fields: tuple[Field, ...]
    media: str
    sent: str
    replies: tuple[Reply, ...]

    @property
    def anchor(self) -> str:
        """What stands after "#" in the address of its place on the page."""
        return (
            f"{self.method} {self.path}".lower().translate(str.maketrans(" /{}", "----")).replace("--", "-").strip("-")
        )

    @property
    def asked(self) -> tuple[Field, ...]:
        """The fields that stand in the address."""
        return tuple(each for each in self.fields if each.place in ("path", "query"))


@router.api_route("/docs", methods=METHODS)
async def docs(request: Request) -> Response:
    """The page."""
    content = _page(request)
    headers = {**HEADERS, "ETag": f'"{hashlib.sha256(content).hexdigest()[:16]}"'}
    if has_tag(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=HTML)


@router.api_route("/docs/{name}", methods=METHODS)
async def file(name: Annotated[str, Path(max_length=40)]) -> Response:
    """Its style and its script."""
    if name not in MEDIA:
        raise HTTPException(404, "no such file; load /docs again")
    return Response(_files()[name], headers=HEADERS, media_type=MEDIA[name])


def _page(request: Request) -> bytes:
    """The page of the app's description, made once."""
    state = request.app.state
    if not hasattr(state, "docs_page"):
        state.docs_page = page_of(request.app.openapi()).encode()
    made: bytes = state.docs_page
    return made


def page_of(document: Mapping[str, Any]) -> str:
    """The page of an OpenAPI document."""
    every = list(operations(document))
    tags = [(tag, [each for each in every if each.tag == tag["name"]]) for tag in document.get("tags", ())]
    return rendered(_folder() / "docs.html", {"info": document["info"], "tags": tags})


@cache
def _files() -> Mapping[str, bytes]:
    return {name: (_folder() / name).read_bytes() for name in MEDIA}


def _folder() -> FilePath:
    return FilePath(str(files("api.http.routes").joinpath("docs")))


def operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    """Every operation of an OpenAPI document, in its order."""
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            bodies: dict[str, Any] = told.get("requestBody", {}).get("content", {})
            media = next(iter(bodies), "")
            schema = _resolved(bodies.get(media, {}).get("schema", {}), document)
            yield Operation(
                method=method.upper(),
                path=path,
                summary=told["summary"],
                description=told.get("description", ""),
                tag=told["tags"][0],
                fields=(*map(_parameter, told.get("parameters", ())), *_body_fields(schema, document)),
                media=media,
                sent=_shown(_example(schema, document)) if media.endswith("json") else "",
                replies=tuple(_reply(status, reply) for status, reply in sorted(told["responses"].items())),
            )


def _parameter(told: Mapping[str, Any]) -> Field:
    schema = told.get("schema", {})
    example = next(iter(schema.get("examples", told.get("examples", ()))), schema.get("default", ""))
    return Field(
        name=told["name"],
        place=told["in"],
        kind=_kind(schema),
        is_required=told.get("required", False),
        description=told.get("description", schema.get("description", "")),
        example="" if isinstance(example, list | type(None)) else str(example),
    )


def _body_fields(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[Field]:
    needed = schema.get("required", ())
    for name, told in schema.get("properties", {}).items():
        whole = _resolved(told, document)
        yield Field(name, "body", _kind(whole), name in needed, whole.get("description", ""))


def _resolved(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema that a reference means."""
    while (to := schema.get("$ref")) is not None:
        schema = document["components"]["schemas"][to.rpartition("/")[2]]
    return schema


def _example(schema: Mapping[str, Any], document: Mapping[str, Any]) -> dict[str, Any]:
    """A body of the examples of the fields that it needs; where it needs none, of all that have one."""
    examples = {
        name: next(iter(_resolved(told, document).get("examples", (None,))), None)
        for name, told in schema.get("properties", {}).items()
    }
    needed = schema.get("required") or examples
    return {name: value for name, value in examples.items() if value is not None and name in needed}


def _kind(schema: Mapping[str, Any]) -> str:
    """The type in words: "string", "integer, 1 to 100", "list of string", "json or html"."""
    if options := schema.get("anyOf"):
        return " or ".join(dict.fromkeys(_kind(each) for each in options if each.get("type") != "null"))
    if named := schema.get("enum"):
        return " or ".join(map(str, named))
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    kind = str(schema.get("type", schema.get("$ref", "object").rpartition("/")[2]))
    least, most = schema.get("minimum"), schema.get("maximum")
    if most is None and (longest := schema.get("maxLength")):
        return f"{kind}, at most {longest:,} characters"
    return kind if least is None or most is None else f"{kind}, {least:,.0f} to {most:,.0f}"


def _reply(status: str, told: Mapping[str, Any]) -> Reply:
    content: dict[str, Any] = next(iter(told.get("content", {}).values()), {})
    example = content.get("example")
    shown = "" if example is None else example if isinstance(example, str) else _shown(example)
    return Reply(status, HTTPStatus(int(status)).phrase, told["description"], shown if status < "400" else "")


def _shown(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
