"""GET /docs."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest

from api.http.routes.docs_page import operations, page_of
from tests.api.http.clients import Client, problem_of


class Loaded(HTMLParser):
    """What a page loads and links, its ids, and whether it holds scripts or styles of its own."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.inline: list[str] = []
        self._tag = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note addresses, ids, and attributes that a policy of 'self' forbids."""
        given = dict(attrs)
        self.addresses += [value for name in ("src", "href") if (value := given.get(name))]
        self.ids += [value for value in [given.get("id")] if value]
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        self._tag = tag

    def handle_data(self, data: str) -> None:
        """Note what stands inside of a script or style."""
        if self._tag in ("script", "style") and data.strip():
            self.inline.append(data)


def test_every_operation_stands_on_it(client: Client) -> None:
    """Each operation of the description has a place, an anchor of its own, and its summary."""
    every = list(operations(client.get("/openapi.json").json()))
    page = client.get("/docs")
    found = Loaded(page.text)
    assert len({each.anchor for each in every}) == len(every) > 20
    assert {each.anchor for each in every} <= set(found.ids)
    assert len(found.ids) == len(set(found.ids))
    assert not [each.summary for each in every if each.summary not in unescape(page.text)]


def test_nothing_is_loaded_from_elsewhere(client: Client) -> None:
    """The page names no other host, has no scripts or styles inside, and its policy allows its own files alone."""
    page = client.get("/docs")
    found = Loaded(page.text)
    assert {address for address in found.addresses if not address.startswith("#")} == {
        "/favicon.ico", "/docs/docs.css", "/docs/docs.js", "/", "/openapi.json",
    }  # fmt: skip
    assert not found.inline
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for name, media in (("docs.css", "text/css"), ("docs.js", "text/javascript")):
        response = client.get(f"/docs/{name}")
        assert response.headers["content-type"].startswith(media)
        assert not re.search(r"https?://|@import|url\(", response.text)


def test_who_has_the_page_is_not_sent_it(client: Client) -> None:
    """If-None-Match with its tag gives 304; a file that isn't there, or lies elsewhere, a problem."""
    tag = client.get("/docs").headers["etag"]
    assert client.get("/docs", headers={"If-None-Match": tag}).status_code == 304
    for name in ("docs.html", "x.js", "..%2fpages.py"):
        assert problem_of(client, "GET", f"/docs/{name}")["status"] == 404


@pytest.mark.parametrize("hostile", ["<script>x</script>", '"><img src=x onerror=y>'])
def test_a_description_is_text(hostile: str) -> None:
    """Whatever a description holds is escaped, also between backticks."""
    operation = {
        "summary": hostile,
        "description": f"`{hostile}`",
        "tags": ["t"],
        "parameters": [{"name": "q", "in": "query", "description": hostile, "schema": {"examples": [hostile]}}],
        "responses": {"200": {"description": hostile, "content": {"application/json": {"example": hostile}}}},
    }
    document = {
        "info": {"version": "1", "description": hostile},
        "tags": [{"name": "t", "description": hostile}],
        "paths": {"/x": {"get": operation}},
    }
    page = page_of(document)
    assert hostile not in page
    assert not Loaded(page).inline


def test_fields_say_what_they_take(client: Client) -> None:
    """A field has its type and bounds in words, and a body that can be sent as it stands."""
    every = {(each.method, each.path): each for each in operations(client.get("/openapi.json").json())}
    ask = every["POST", "/v1/ask"]
    kinds = {field.name: field.kind for field in ask.fields}
    assert (kinds["k"], kinds["question"]) == ("integer, 1 to 100", "string, at most 2,000 characters")
    assert client.post("/v1/ask", content=ask.sent, headers={"Content-Type": "application/json"}).status_code == 200
    table = every["GET", "/v1/corpora/{name}/table"]
    assert {field.name: field.kind for field in table.asked}["format"] == "csv or md or json"
