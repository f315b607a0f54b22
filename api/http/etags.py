"""Entity tags: a client that has the current bytes of a corpus isn't sent them again (RFC 9110, 8.8.3 and 13.1.2).

Starlette compares tags for files alone.
"""

from functools import cache
from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import Response


def tag_of(fingerprint: str) -> str:
    """The tag of what rests on a corpus's fingerprint and on how this release writes it."""
    return f'"{fingerprint}-{_release()}"'


def tagged(request: Request, fingerprint: str, content: bytes, media: str) -> Response:
    """The content under its tag, or 304 without it if the client has it already."""
    tag = tag_of(fingerprint)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if has_tag(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media)


def has_tag(request: Request, tag: str) -> bool:
    """Whether the request's If-None-Match header names the tag; strong and weak tags count as the same."""
    sent = request.headers.get("if-none-match", "").split(",")
    tags = [listed.strip().removeprefix("W/") for listed in sent]
    return "*" in tags or tag in tags


@cache
def _release() -> str:
    return version("evqa")
