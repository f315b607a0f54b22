"""GET /v1/corpora/{name}/documents/{id}/pages/{number} and its statements."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.errors import AbsentError
from api.http.app import create_app
from api.http.routes.pages import PageStatements, drawn_page
from api.http.served import Service
from evqa.settings import DEFAULT_MODEL, Settings
from index.writer import writing
from ingest.passages import passages
from ingest.reader import read
from tests.api.http.clients import Client, problem_of
from tests.api.running import MOSS, written
from tests.ingest.pdf.wool import wool

WOOL = "/v1/corpora/wool/documents"


@pytest.fixture(scope="module")
def printed_home(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a PDF of two pages, and a text, in the corpus `wool`."""
    folder = tmp_path_factory.mktemp("printed") / "home"
    (folder / "corpora").mkdir(parents=True)
    (folder / "models").symlink_to(home / "models")
    (folder / "wool.pdf").write_bytes(wool())
    assert ingested(folder, folder / "wool.pdf", written(folder / "moss.md", MOSS)) == ["new", "new"]
    return folder


def ingested(home: Path, *files: Path) -> list[str]:
    """What becomes of files that are stored in the corpus."""
    with writing(home, "wool", DEFAULT_MODEL) as writer:
        kept: list[str] = []
        for file in files:
            document = read(file)
            writer.keep(document.source, file)
            kept.append(writer.put(document, passages(document)).state)
        return kept


@pytest.fixture(scope="module")
def printed(printed_home: Path) -> Iterator[Client]:
    """A client of an app that shows pages."""
    app = create_app(Service(Settings(home=str(printed_home))))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def path_of(client: Client, source: str = "wool.pdf") -> str:
    """Path of a document."""
    (found,) = [each for each in client.get("/v1/corpora/wool").json()["contents"] if each["source"] == source]
    return f"{WOOL}/{found['id']}"


def test_a_page_is_adrawn_page(printed: Client) -> None:
    """As PNG, under a tag that stands for file and page: who has it isn't sent it, and page 2 has another."""
    path = path_of(printed)
    first = printed.get(f"{path}/pages/1")
    assert (first.status_code, first.headers["content-type"]) == (200, "image/png")
    assert first.content.startswith(b"\x89PNG")
    assert printed.get(f"{path}/pages/1").content == first.content
    tag = first.headers["etag"]
    again = printed.get(f"{path}/pages/1", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = printed.get(f"{path}/pages/2", headers={"If-None-Match": tag})
    assert (other.status_code, other.headers["etag"] != tag) == (200, True)


def test_statements_have_their_places(printed: Client) -> None:
    """Each is a slice of the document's text; one over two pages is on both; the tag is the corpus's."""
    path = path_of(printed)
    whole = printed.get(path).json()
    first, second = (PageStatements.model_validate(printed.get(f"{path}/pages/{n}/statements").json()) for n in (1, 2))
    assert [(each.page, each.pages, each.width, each.height) for each in (first, second)] == [
        (1, 2, 600, 800),
        (2, 2, 600, 800),
    ]
    texts = [whole["text"][each.start : each.end] for each in second.statements]
    assert "The harbour board pays." in texts
    cut = {each.start: each.share for each in first.statements if each.share < 1}
    (shared,) = [each for each in second.statements if each.start in cut]
    assert cut[shared.start] + shared.share == pytest.approx(1)
    for each in (*first.statements, *second.statements):
        assert all(0 <= a < c <= 1 and 0 <= b < d <= 1 for a, b, c, d in each.boxes)
    response = printed.get(f"{path}/pages/1/statements")
    assert first.corpus.fingerprint in response.headers["etag"]
    sent = {"If-None-Match": response.headers["etag"]}
    assert printed.get(f"{path}/pages/1/statements", headers=sent).status_code == 304


@pytest.mark.parametrize("below", ["", "/statements"])
def test_pages_that_are_not_there(printed: Client, below: str) -> None:
    """A page behind the last, a document without pages, and none at all are named, each with the next step."""
    path = path_of(printed)
    told = {
        f"{path}/pages/3{below}": "no page 3",
        f"{path_of(printed, 'moss.md')}/pages/1{below}": "is text/markdown and has no pages; GET the document",
        f"{WOOL}/d-none/pages/1{below}": "no document 'd-none'",
        f"/v1/corpora/none/documents/d-none/pages/1{below}": "no corpus 'none'",
    }
    for asked, words in told.items():
        found = problem_of(printed, "GET", asked)
        assert (found["status"], words in found["detail"]) == (404, True), found
    assert problem_of(printed, "GET", f"{path}/pages/0{below}")["status"] == 422


def test_a_file_that_is_not_kept(printed: Client, printed_home: Path) -> None:
    """A corpus of an earlier release has none: one line says what to do, and done it shows the page."""
    (kept,) = (printed_home / "corpora" / "wool" / "sources").iterdir()
    kept.unlink()
    path = f"{path_of(printed)}/pages/2"
    assert "isn't kept; ingest wool.pdf again" in problem_of(printed, "GET", path)["detail"]
    assert ingested(printed_home, printed_home / "wool.pdf") == ["unchanged"]
    assert printed.get(path).status_code == 200


def test_a_file_that_goes_meanwhile(tmp_path: Path) -> None:
    """A document removed between two looks at it is absent, not a failure of the server."""
    with pytest.raises(AbsentError, match="was removed just now"):
        drawn_page(tmp_path / "gone.pdf", 1)


def test_a_page_goes_with_its_document(printed: Client, printed_home: Path) -> None:
    """Deleted over HTTP, the document leaves no file behind."""
    path = path_of(printed)
    assert printed.delete(path).status_code in (200, 202, 204)
    assert list((printed_home / "corpora" / "wool" / "sources").iterdir()) == []
    assert printed.get(f"{path}/pages/1").status_code == 404
