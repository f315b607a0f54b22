"""GET /v1/corpora/{name}/export."""

import json

import pytest

from api.bibliography.exporting import FORMATS, MEDIA
from tests.api.http.clients import Client, problem_of

EXPORT = "/v1/corpora/default/export"


def document_of(client: Client) -> str:
    """The id of the sample's review."""
    identity: str = client.get("/v1/corpora/default").json()["contents"][0]["id"]
    return identity


@pytest.mark.parametrize("form", FORMATS)
def test_chosen_entries_come_in_their_order(client: Client, form: str) -> None:
    """Each once, in the order asked for, in every format under its media type."""
    of = document_of(client)
    response = client.get(EXPORT, params={"format": form, "entry": [f"{of}:38", f"{of}:15", f"{of}:38"]})
    assert response.headers["content-type"] == MEDIA[form]  # type: ignore[index]
    both = client.get(EXPORT, params={"format": form, "entry": [f"{of}:15"]}).text.strip("[]\n ")
    assert both[:40] in response.text
    if form in ("json", "csl-json"):
        assert len(json.loads(response.text)) == 2
    if form == "json":
        assert [each["number"] for each in response.json()] == [38, 15]


def test_doubts_go_along_as_notes(client: Client) -> None:
    """An entry whose citation the audit doubts says so in what other programs keep as a note."""
    audit = client.get("/v1/corpora/default/audit").json()
    pair = next(each for each in audit["pairs"] if each["verdict"] == "suspect" and each["better"])
    chosen = {"entry": f"{pair['document']}:{pair['reference']}"}
    wanted = f"a statement cites {pair['reference']}, "
    assert wanted in client.get(EXPORT, params={**chosen, "format": "bibtex"}).text
    assert wanted in client.get(EXPORT, params={**chosen, "format": "ris"}).text
    assert wanted in client.get(EXPORT, params={**chosen, "format": "csl-json"}).json()[0]["note"]


def test_what_is_not_there_is_said(client: Client) -> None:
    """An entry or a document that isn't there, and words that name neither."""

    def problem(*chosen: str) -> tuple[int, str]:
        found = problem_of(client, "GET", EXPORT, params={"entry": chosen})
        return found["status"], found["detail"]

    assert problem(f"{document_of(client)}:900")[0] == 404
    assert "no reference 900" in problem(f"{document_of(client)}:900")[1]
    assert problem("d-none:1")[0] == 404
    assert problem("38")[0] == 422
    assert problem()[0] == 422
