"""The page: its files, from the package, under a policy that lets it load nothing else.

StaticFiles would tag files by their dates; here one digest of all stands in the address, to be kept for good.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from starlette.exceptions import HTTPException

from api.http.etags import has_tag
from api.http.guards.headers import POLICY as OWN_ONLY
from api.http.guards.headers import SECURITY

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
    """The page's files by name. The digest of all of them stands in place of the word DIGEST in `index.html`."""
    folder = files("api.http.routes").joinpath("page")
    contents = {file.name: file.read_bytes() for file in folder.iterdir() if file.name.rpartition(".")[2] in MEDIA}
    contents[START] = contents[START].replace(b"DIGEST", digest_of(contents).encode())
    return MappingProxyType(contents)


def digest_of(contents: Mapping[str, bytes]) -> str:
    """16 hexadecimal digits that change with any of the files."""
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(f"{name} {len(contents[name])} ".encode() + contents[name])
    return digest.hexdigest()[:16]


@cache
def _current() -> str:
    """The folder that `index.html` names. Its modules name each other by file, so one digest stands for all."""
    return page_files()[START].partition(b'href="/page/')[2].partition(b"/")[0].decode()


@router.api_route("/", methods=METHODS)
async def start(request: Request) -> Response:
    """The page. The query of its address says which view it shows."""
    content = page_files()[START]
    headers = {**HEADERS, "ETag": f'"{hashlib.sha256(content).hexdigest()[:16]}"', "Cache-Control": "no-cache"}
    if has_tag(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=MEDIA["html"])


@router.api_route("/page/{digest}/{name}", methods=METHODS)
async def file(digest: Annotated[str, Path(max_length=16)], name: Annotated[str, Path(max_length=80)]) -> Response:
    """One of its files, to be kept for good, as changed files have another digest."""
    if digest != _current() or name not in page_files():
        raise HTTPException(404, "no such file of the page; load / again")
    headers = {**HEADERS, "Cache-Control": FOREVER, "ETag": f'"{digest}"'}
    return Response(page_files()[name], headers=headers, media_type=MEDIA[name.rpartition(".")[2]])


@router.api_route("/favicon.ico", methods=METHODS)
async def favicon() -> Response:
    """Browsers that overlook the page's own icon ask for this one."""
    headers = {**HEADERS, "Cache-Control": "public, max-age=86400"}
    return Response(page_files()["icon.svg"], headers=headers, media_type=MEDIA["svg"])
