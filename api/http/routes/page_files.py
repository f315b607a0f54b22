"""The page: its files, out of the package, under a policy that lets it load nothing else."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.exceptions import HTTPException

from api.http.etags import has
from api.http.guards.headers import POLICY as OWN_ONLY
from api.http.guards.headers import SECURITY
from api.http.part import Part

router = APIRouter(include_in_schema=False)
MEDIA = {
    "css": "text/css; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
POLICY = f"{OWN_ONLY}; require-trusted-types-for 'script'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    **{name: SECURITY[name] for name in ("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")},
    "X-Frame-Options": "DENY",
}
FOREVER = "public, max-age=31536000, immutable"
START = "index.html"
METHODS = ["GET", "HEAD"]


@cache
def page_files() -> Mapping[str, bytes]:
    """The page's files by name. Where `index.html` says DIGEST stands that of all of them."""
    folder = files("api.http.routes").joinpath("page")
    found = {each.name: each.read_bytes() for each in folder.iterdir() if each.name.rpartition(".")[2] in MEDIA}
    found[START] = found[START].replace(b"DIGEST", digest_of(found).encode())
    return MappingProxyType(found)


def digest_of(found: Mapping[str, bytes]) -> str:
    """What changes when any of the files does: 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for name in sorted(found):
        digest.update(f"{name} {len(found[name])} ".encode() + found[name])
    return digest.hexdigest()[:16]


@cache
def _current() -> str:
    """The folder that `index.html` names: its modules name each other by file, so one digest stands for all."""
    return page_files()[START].partition(b'href="/page/')[2].partition(b"/")[0].decode()


@router.api_route("/", methods=METHODS)
async def start(request: Request) -> Response:
    """The page, for every view: which one is said in the address's query."""
    content = page_files()[START]
    headers = {**HEADERS, "ETag": f'"{hashlib.sha256(content).hexdigest()[:16]}"', "Cache-Control": "no-cache"}
    if has(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=MEDIA["html"])


@router.api_route("/page/{digest}/{name}", methods=METHODS)
async def file(digest: Annotated[str, Path(max_length=16)], name: Annotated[str, Path(max_length=80)]) -> Response:
    """One of its files, to be kept for good: changed files have another digest."""
    if digest != _current() or name not in page_files():
        raise HTTPException(404, "no such file of the page; load / again")
    headers = {**HEADERS, "Cache-Control": FOREVER, "ETag": f'"{digest}"'}
    return Response(page_files()[name], headers=headers, media_type=MEDIA[name.rpartition(".")[2]])


@router.api_route("/favicon.ico", methods=METHODS)
async def favicon() -> Response:
    """Browsers that overlook the page's own icon ask for this one."""
    headers = {**HEADERS, "Cache-Control": "public, max-age=86400"}
    return Response(page_files()["icon.svg"], headers=headers, media_type=MEDIA["svg"])


PAGE = Part(routers=(router,))
