"""By which name a request is counted and logged: its route's template, which holds nothing that a person typed."""

from collections.abc import MutableMapping
from typing import Any

UNMATCHED = "unmatched"
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))


def route_of(scope: MutableMapping[str, Any]) -> str:
    """The template of the route that took the request, such as /v1/corpora/{name}; "unmatched" where none did."""
    return getattr(scope.get("route"), "path", UNMATCHED)


def method_of(scope: MutableMapping[str, Any]) -> str:
    """The request's method; "other" for one that nobody knows."""
    return scope["method"] if scope["method"] in METHODS else "other"
