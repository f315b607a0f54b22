"""The page's files as they are served; no browser is needed."""

import re
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.http.routes.page_files import POLICY, digest_of, page_files, router

FOLDER = Path(__file__).resolve().parents[2] / "api" / "http" / "routes" / "page"


@pytest.fixture(scope="module")
def client() -> TestClient:
    """A client of an app that serves the page alone."""
    app = FastAPI()
    app.include_router(router)
    return TestClient(app)


def test_every_file_is_served_for_good_under_its_digest(client: TestClient) -> None:
    """The start page names the folder, is asked for anew each time, and answers 304; the files in it never change."""
    start = client.get("/", params={"q": "x"})
    assert start.headers["cache-control"] == "no-cache"
    assert client.get("/", headers={"If-None-Match": start.headers["etag"]}).status_code == 304
    (folder,) = set(re.findall(r'"/page/([0-9a-f]{16})/', start.text))
    for file in FOLDER.iterdir():
        if file.name != "index.html":
            response = client.get(f"/page/{folder}/{file.name}")
            assert response.content == file.read_bytes()
            assert "immutable" in response.headers["cache-control"]
    assert client.get(f"/page/{'0' * 16}/main.js").status_code == 404
    assert client.get(f"/page/{folder}/../app.py").status_code == 404


def test_nothing_inline_and_nothing_from_elsewhere(client: TestClient) -> None:
    """The policy allows only the server's own files, and the page needs no more: no inline script, style or handler."""
    start = client.get("/")
    assert start.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert not re.search(r"<style|<script[^>]*>[^<]|\son[a-z]+=|\sstyle=", start.text)
    for name, content in page_files().items():
        text = content.decode()
        assert not re.search(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval)\b", text), name
        outside = set(re.findall(r"https?://[^\s\"'`$]+", text)) - {"https://doi.org/", "http://www.w3.org/2000/svg"}
        assert not {each for each in outside if "\\" not in each}, name


def test_the_digest_tells_files_apart() -> None:
    """A changed name, a changed byte or a byte moved from one file to the next makes another digest."""
    digests = {digest_of(each) for each in ({"a": b"xy"}, {"b": b"xy"}, {"a": b"xz"}, {"a": b"x", "b": b"y"})}
    assert len(digests) == 4
