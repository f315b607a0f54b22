"""GET /v1/corpora/{name}/audit."""

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.middleware import Middleware

from api.http.app import create_app
from api.http.guards.headers import SecurityHeaders
from api.http.routes.auditing import EXAMPLE
from api.http.served import Service
from evqa.audit.records import Audit
from evqa.settings import Settings
from index.generation.audited import NOT_MADE, Audits
from tests.api.http.clients import Client, problem_of, ready
from tests.api.running import Run

PATH = "/v1/corpora/default/audit"


@pytest.fixture
def auditor(own_home: Path) -> Iterator[Client]:
    """A client of an app that audits, over a home of the test's own."""
    app = create_app(Service(Settings(home=str(own_home))), [Middleware(SecurityHeaders)])
    with Client(app, raise_server_exceptions=False) as made:
        yield ready(made)


def test_it_is_what_the_command_line_gives(auditor: Client, asked: Run, tmp_path: Path) -> None:
    """The record in the bytes of `--json`, the page in those of `--report`; the page allows itself its own style."""
    page = tmp_path / "audit.html"
    ran = asked("audit", "--json", "--report", page)
    record, shown = auditor.get(PATH), auditor.get(PATH, params={"format": "html"})
    assert record.content == ran.out.removesuffix("\n").encode()
    assert record.headers["content-type"] == "application/json"
    assert Audit.model_validate_json(record.content).pairs
    assert shown.content == page.read_bytes()
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    style = re.findall(r"<style>(.*?)</style>", shown.text, re.DOTALL)[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    allowed = shown.headers["content-security-policy"]
    assert allowed.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert "default-src 'none'" in record.headers["content-security-policy"]


def test_it_is_made_once_and_not_sent_twice(auditor: Client) -> None:
    """The body is kept while the corpus is the same, and who has it by its tag gets 304; the tag names the state."""
    bodies = auditor.app.state.service.bodies  # type: ignore[attr-defined]
    first, made = auditor.get(PATH), bodies.made
    again = auditor.get(PATH)
    assert (again.content, bodies.made) == (first.content, made)
    tag = first.headers["etag"]
    assert auditor.get("/v1/corpora/default").json()["fingerprint"] in tag
    for form in ("json", "html"):
        unchanged = auditor.get(PATH, params={"format": form}, headers={"If-None-Match": tag})
        assert (unchanged.status_code, unchanged.content) == (304, b"")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/v1/corpora/nowhere/audit", 404, "no corpus 'nowhere'"),
        ("/v1/corpora/.hidden/audit", 422, "'.hidden'"),
        (f"{PATH}?format=pdf", 422, 'not "pdf"'),
        (f"{PATH}?form=html", 422, "query form"),
    ],
)
def test_what_cannot_be_is_a_problem(auditor: Client, path: str, status: int, words: str) -> None:
    """A corpus that isn't there and a format that there isn't are named."""
    found = problem_of(auditor, "GET", path)
    assert (found["status"], words in found["detail"]) == (status, True), found


def test_what_was_not_audited_is_told(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that was indexed without its query model is named, with what to do, and the answer isn't an error."""
    monkeypatch.setattr(Audits, "audit", lambda _self, _document: None)
    found = Audit.model_validate_json(auditor.get(PATH).content)
    assert [each.reason for each in found.failed] == [NOT_MADE]
    assert (found.pairs, found.runs, found.bookkeeping) == ((), (), ())
    page = auditor.get(PATH, params={"format": "html"}).text
    assert NOT_MADE in page
    assert "Nothing is suspect here" not in page


def test_it_is_described_with_a_valid_example(auditor: Client) -> None:
    """The description's example is an audit as the schema has it; the page is described, too; the server has it."""
    content = auditor.get("/openapi.json").json()["paths"]["/v1/corpora/{name}/audit"]["get"]["responses"]["200"][
        "content"
    ]
    assert content["application/json"]["example"] == EXAMPLE
    audit = Audit.model_validate(content["application/json"]["example"])
    assert audit.model_dump(mode="json") == EXAMPLE
    assert content["text/html"]["schema"] == {"type": "string"}
