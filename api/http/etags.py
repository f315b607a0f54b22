"""Entity tags: who has the current bytes of a corpus isn't sent them again (RFC 9110, 8.8.3 and 13.1.2)."""

from functools import cache
from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import Response


@cache
def _release() -> str:
    return version("evqa")


def tag_of(fingerprint: str) -> str:
    """The tag of what rests on a corpus's fingerprint and on how this release writes it."""
    return f'"{fingerprint}-{_release()}"'


def tagged(request: Request, fingerprint: str, content: bytes, media: str) -> Response:
    """The content under its tag, or 304 without it where the client has it already."""
    tag = tag_of(fingerprint)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if has(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media)


def has(sent: str, tag: str) -> bool:
    """Whether an If-None-Match header names the tag; weakly, as the standard asks."""
    listed = [each.strip().removeprefix("W/") for each in sent.split(",")]
    return "*" in listed or tag in listed
