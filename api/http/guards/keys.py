"""A key for every request, but those for the page's own files and for health.

Scopes and the key file are the product's; a proxy's password would know neither reading nor writing.
"""

from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import http_status
from api.http.problems import problem, problem_response
from api.keyring import Key, Keyring
from evqa.errors import EvqaError

# A path that ends in "/" stands for all below it.
OPEN = ("/healthz", "/readyz", "/", "/favicon.ico", "/docs")
OPEN_BELOW = ("/page/", "/docs/")
READING = frozenset(("GET", "HEAD", "OPTIONS"))
ASKING = frozenset(("/v1/ask", "/v1/ask/batch", "/v1/search", "/v1/check"))
REALM = 'Bearer realm="evqa"'


class Keys:
    """An ASGI layer: passes on a request that has the key for it, whose name it puts in `scope["state"]["key"]`."""

    def __init__(self, app: ASGIApp, keyring: Keyring) -> None:
        self._app, self._keyring = app, keyring

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 401 or 403."""
        if scope["type"] != "http" or is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            key = self._keyring.key_of(bearer(Headers(scope=scope).getlist("authorization")))
        except EvqaError as error:
            detail = "the keys can't be read; the server's owner has to mend them"
            refusal = problem(http_status(error), detail, scope, type(error).__name__)
            await problem_response(refusal)(scope, receive, send)
            return
        if key is None:
            await self._unknown(scope, receive, send)
        elif needs_write(scope) and key.scope != "write":
            await self._refused(key, scope, receive, send)
        else:
            scope["state"]["key"] = key.name
            await self._app(scope, receive, send)

    async def _unknown(self, scope: Scope, receive: Receive, send: Send) -> None:
        has_sent = "authorization" in Headers(scope=scope)
        detail = "the key isn't valid, or not any more: send another" if has_sent else "a key is needed: send one"
        refusal = problem(401, f"{detail} as 'Authorization: Bearer KEY'; `evqa keys create` makes one", scope)
        challenge = f'{REALM}, error="invalid_token"' if has_sent else REALM
        await problem_response(refusal, {"WWW-Authenticate": challenge})(scope, receive, send)

    async def _refused(self, key: Key, scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"]["key"] = key.name
        detail = f"key {key.name} may only read; {scope['method']} needs one made with --scope write"
        challenge = f'{REALM}, error="insufficient_scope", scope="write"'
        await problem_response(problem(403, detail, scope), {"WWW-Authenticate": challenge})(scope, receive, send)


def is_open(path: str) -> bool:
    """Whether a path needs no key."""
    return path in OPEN or path.startswith(OPEN_BELOW)


def needs_write(scope: Scope) -> bool:
    """Whether a request may change something."""
    return scope["method"] not in READING and scope["path"] not in ASKING


def bearer(sent: Sequence[str]) -> str:
    """The token of an Authorization header (RFC 6750, 2.1); "" where there is none, or more than one."""
    scheme, _, token = sent[0].partition(" ") if len(sent) == 1 else ("", "", "")
    return token.strip() if scheme.lower() == "bearer" else ""
