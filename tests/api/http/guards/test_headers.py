"""Security headers."""

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.counters import Counters
from api.http.guards.access import Access
from api.http.guards.headers import SECURITY, SecurityHeaders
from tests.api.http.guarded import layered


class Page:
    """A layer in place of a page that has headers of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with them."""
        assert Request(scope)
        await Response("", headers={"Cache-Control": "public", "Content-Security-Policy": "x"})(scope, receive, send)


def test_every_response_has_them() -> None:
    """What was found, what wasn't and what failed."""
    client = layered(Middleware(SecurityHeaders), Middleware(Access, counters=Counters()))
    for path, status in (("/x", 200), ("/fail", 500)):
        response = client.get(path)
        assert response.status_code == status
        assert {name: response.headers[name] for name in SECURITY} == SECURITY
    policy = SECURITY["Content-Security-Policy"]
    assert all(part in policy for part in ("default-src 'none'", "frame-ancestors 'none'", "script-src 'self'"))
    assert "unsafe" not in policy


def test_what_a_response_says_itself_is_kept() -> None:
    """Its own policy and caching count."""
    response = layered(Middleware(SecurityHeaders), Middleware(Page)).get("/")
    assert response.headers["cache-control"] == "public"
    assert response.headers["content-security-policy"] == "x"
