"""GET /v1/corpora and what is below."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from api.bibliography.exporting import FORMATS, MEDIA, Entry, EntryInFull
from api.catalogue import ListedCorpus, ListedDocument
from api.http.app import create_app
from api.http.routes.bibliography import CorpusInFull
from api.http.served import Service
from evqa.settings import Settings
from tests.api.http.clients import Client, problem_of
from tests.api.running import MOSS, Run, written
from tests.index.vanishing import vanishing

REFERENCES = "/v1/corpora/default/references"


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_that_of_the_command_line(client: Client, asked: Run, form: str) -> None:
    """The bibliography, and one entry, in the bytes that `evqa refs --format` prints, under their media type."""
    for path, number in ((REFERENCES, ()), (f"{REFERENCES}/15", (15,))):
        ran = asked("refs", *number, "--format", form)
        response = client.get(path, params={"format": form})
        assert response.content == ran.out.removesuffix("\n").encode()
        assert response.headers["content-type"] == MEDIA[form]  # type: ignore[index]


def test_who_has_the_bytes_is_not_sent_them(client: Client) -> None:
    """If-None-Match with the entity tag, weak or in a list, gives 304 without a body; another tag the whole."""
    first = client.get(REFERENCES)
    tag = first.headers["etag"]
    for sent in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        again = client.get(REFERENCES, headers={"If-None-Match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(REFERENCES, headers={"If-None-Match": '"x"'}).content == first.content


def test_the_tag_rests_on_the_fingerprint(client: Client) -> None:
    """The bibliography's entity tag names the corpus's fingerprint."""
    corpus = client.get("/v1/corpora/default").json()
    assert corpus["fingerprint"] in client.get(REFERENCES).headers["etag"]
    assert corpus["fingerprint"] in client.get("/v1/corpora/default").headers["etag"]
    assert [each["source"] for each in corpus["contents"]]
    assert corpus["contents"][0]["integrity"]["references"] == corpus["references"] == 90


def _sizeless(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: value for name, value in each.items() if name != "bytes"} for each in listed]


@pytest.mark.parametrize("looks", [0, 1])
def test_corpora_are_listed_while_one_is_written(own_home: Path, own_client: Client, looks: int) -> None:
    """Files that a writer makes and deletes while the list is made are no error."""
    folder = own_home / "corpora" / "default"
    fresh = folder / ".current.new"
    fresh.write_bytes(b"2")
    with vanishing(fresh, looks=looks):
        response = own_client.get("/v1/corpora")
    assert (response.status_code, [each["state"] for each in response.json()]) == (200, ["ready"])


def test_corpora_are_listed(client: Client, asked: Run) -> None:
    """The list is what `evqa corpora --json` prints, and has an entity tag too.

    Sizes, which the tag names, change as others open and close the files: so it is asked for until they have settled.
    """
    listed = asked("corpora", "--json").json
    response = client.get("/v1/corpora")
    assert _sizeless(response.json()) == _sizeless(listed)
    for _ in range(10):
        previous, response = response, client.get("/v1/corpora", headers={"If-None-Match": response.headers["etag"]})
        if response.status_code == 304:
            break
        assert response.headers["etag"] != previous.headers["etag"]
    assert response.status_code == 304


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/v1/corpora/nowhere", 404, "no corpus 'nowhere'"),
        ("/v1/corpora/nowhere/references", 404, "no corpus 'nowhere'"),
        ("/v1/corpora/.hidden/references", 422, "'.hidden'"),
        ("/v1/corpora/..%5c..%5cetc/references", 422, "1 to 64"),
        ("/v1/corpora/%2e%2e/references", 422, "'..'"),
        ("/v1/corpora/%2e%2e%2f%2e%2e%2fetc/references", 404, "/openapi.json"),
        (f"{REFERENCES}/97", 404, "its references are 1 to 90"),
        (f"{REFERENCES}/0", 422, "path number"),
        (f"{REFERENCES}/x", 422, 'not "x"'),
        (f"{REFERENCES}?format=xml", 422, 'not "xml"'),
        (f"{REFERENCES}?form=ris", 422, "query form"),
        (f"{REFERENCES}?document=d-0", 404, "no bibliography of document 'd-0'"),
    ],
)
def test_what_is_not_there(client: Client, path: str, status: int, words: str) -> None:
    """A problem names what was asked for; no name leads out of the folder of the corpora."""
    found = problem_of(client, "GET", path)
    assert found["status"] == status
    assert words in found["detail"]


def test_a_number_that_two_documents_use(client: Client, asked: Run, moss: Path) -> None:
    """Where two reviews have an entry 1, the document says which is meant; without it, the problem names both."""
    other = MOSS.replace("Moss", "Lichen").replace("moss", "lichen")
    lichen = written(moss.parent / "lichen.md", other)
    assert asked("ingest", moss, lichen, "--corpus", "plants").code == 0
    path = "/v1/corpora/plants/references"
    found = client.get(path).json()
    homes = list(dict.fromkeys(entry["document"] for entry in found))
    assert [len(homes), len(found)] == [2, 8]
    assert all(home in problem_of(client, "GET", f"{path}/1")["detail"] for home in homes)
    lines = asked("refs", 1, "--corpus", "plants", "--json").out.splitlines()
    for home, line in zip(homes, lines, strict=True):
        assert client.get(f"{path}/1", params={"document": home}).text == line
        assert {each["document"] for each in client.get(path, params={"document": home}).json()} == {home}
    assert json.loads(lines[0])["statements"]


def test_what_is_given_is_what_is_described(client: Client) -> None:
    """Bodies, and the documented examples, are what the documented types say."""
    described = {
        "/v1/corpora": tuple[ListedCorpus, ...],
        "/v1/corpora/default/documents": tuple[ListedDocument, ...],
        "/v1/corpora/default": CorpusInFull,
        REFERENCES: tuple[Entry, ...],
        f"{REFERENCES}/15": EntryInFull,
    }
    paths = client.get("/openapi.json").json()["paths"]
    for path, kind in described.items():
        adapter: TypeAdapter[object] = TypeAdapter(kind)
        adapter.validate_json(client.get(path).content)
        route = path.replace("default", "{name}").replace("15", "{number}")
        content = paths[route]["get"]["responses"]["200"]["content"]["application/json"]
        adapter.validate_python(content["example"])
        assert content["schema"] != {}


def walked(client: Client, path: str, **asked: object) -> list[list[dict[str, Any]]]:
    """The pages of a list, along the Link headers."""
    pages, address, given = [], path, asked or None
    while True:
        response = client.get(address, params=given)  # type: ignore[arg-type]
        assert response.status_code == 200, response.text
        pages.append(response.json())
        if "next" not in response.links:
            return pages
        address, given = response.links["next"]["url"], None


def test_long_lists_come_in_pages(client: Client) -> None:
    """Along the Link headers every entry comes once and in order, with the same query; without a limit all at once."""
    whole = client.get(REFERENCES)
    assert "link" not in whole.headers
    pages = walked(client, REFERENCES, limit=40)
    assert [len(page) for page in pages] == [40, 40, 10]
    assert [entry for page in pages for entry in page] == whole.json()
    asked = {"cited_by": "Which cytokines induce exhaustion?", "document": whole.json()[0]["document"]}
    cited = client.get(REFERENCES, params=asked).json()
    assert [entry for page in walked(client, REFERENCES, limit=1, **asked) for entry in page] == cited
    text = client.get(REFERENCES, params={"limit": 2, "format": "text"})
    assert (text.text.count("https://doi.org"), "format=text" in text.headers["link"]) == (2, True)


def test_a_question_that_needs_one_document_is_asked_back(plants_home: Path) -> None:
    """The problem names the documents that fit; with one of them the question is answered by its entries."""
    with TestClient(create_app(Service(Settings(home=str(plants_home))))) as client:
        path, asked = "/v1/corpora/plants/references", {"cited_by": "What does reference 2 support?"}
        refused = client.get(path, params=asked)
        assert refused.status_code == 422
        assert "2 fit" in refused.text
        assert "moss.md" in refused.text
        home = client.get("/v1/corpora/plants").json()["contents"][0]["id"]
        entries = client.get(path, params=asked | {"document": home}).json()
        assert {each["document"] for each in entries} == {home}
        assert 2 in [each["number"] for each in entries]


def test_corpora_and_documents_come_in_pages(plants_home: Path) -> None:
    """The documents of a corpus, and the corpora, are lists in pages as well."""
    with TestClient(create_app(Service(Settings(home=str(plants_home))))) as client:
        pages = walked(client, "/v1/corpora/plants/documents", limit=1)
        assert [[each["source"] for each in page] for page in pages] == [["moss.md"], ["lichen.md"]]
        assert [each for page in pages for each in page] == client.get("/v1/corpora/plants").json()["contents"]
        assert [each for page in walked(client, "/v1/corpora", limit=1) for each in page] == client.get(
            "/v1/corpora"
        ).json()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (f"{REFERENCES}?limit=0", "greater than or equal to 1"),
        (f"{REFERENCES}?limit=1001", "1000"),
        (f"{REFERENCES}?cursor=x", "no cursor"),
        (f"{REFERENCES}?cursor=3-00", "changed since"),
        (f"{REFERENCES}?limit=3&format=ris", "given whole"),
        ("/v1/corpora?cursor=3-00", "changed since"),
        ("/v1/corpora?page=2", "query page"),
        ("/v1/corpora/default/documents?cursor=3-00", "changed since"),
    ],
)
def test_pages_that_arent_there(client: Client, path: str, words: str) -> None:
    """A cursor that isn't one, or is of another state of the list, is a problem; so are pages of an export."""
    problem = problem_of(client, "GET", path)
    assert (problem["status"], words in problem["detail"]) == (422, True)
