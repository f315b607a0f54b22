"""GET /v1/corpora/{name}/table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.evidence.records import EvidenceTable
from api.http.app import create_app
from api.http.routes.tables import EXAMPLE
from api.http.served import Service
from evqa.settings import Settings
from tests.api.http.clients import Client, problem_of
from tests.api.running import Run

TABLE = "/v1/corpora/plants/table"
SLUGS, ALGA = "Why do slugs avoid some cushions?", "Which partners does lichen consist of?"


@pytest.fixture(scope="module")
def plants(plants_home: Path) -> Iterator[Client]:
    """A client of an app over the corpus of two reviews."""
    with TestClient(create_app(Service(Settings(home=str(plants_home)))), raise_server_exceptions=False) as made:
        yield made


@pytest.mark.parametrize("form", ["csv", "md", "json"])
def test_every_form_is_that_of_the_command_line(plants: Client, in_plants: Run, form: str) -> None:
    """Several questions give the bytes of `evqa table`, again on repetition, and who has them isn't sent them."""
    asked = {"question": [SLUGS, ALGA], "format": form}
    first, again = plants.get(TABLE, params=asked), plants.get(TABLE, params=asked)
    assert first.content == again.content == in_plants("table", SLUGS, ALGA, "--format", form).out.encode()
    tag = first.headers["etag"]
    assert plants.get(TABLE, params=asked, headers={"If-None-Match": tag}).status_code == 304
    assert plants.get(TABLE, params={**asked, "found": True}).headers["etag"] != tag


def test_csv_is_a_file(plants: Client) -> None:
    """A browser saves CSV and Markdown under the corpus's name; CSV is marked as UTF-8."""
    response = plants.get(TABLE, params={"question": ALGA, "format": "csv"})
    assert response.headers["content-type"].startswith("text/csv; charset=utf-8")
    assert response.headers["content-disposition"] == 'attachment; filename="plants-evidence.csv"'
    assert "content-disposition" not in plants.get(TABLE, params={"question": ALGA}).headers


def test_documents_are_chosen(plants: Client) -> None:
    """`document` may repeat; `found` leaves out who doesn't answer."""
    asked = {"question": ALGA, "document": ["moss", "Lichen on roofs"]}
    table = EvidenceTable.model_validate_json(plants.get(TABLE, params=asked).content)
    assert [(row.source, row.result) for row in table.rows] == [("moss.md", "not found"), ("lichen.md", "found")]
    found = plants.get(TABLE, params={**asked, "found": True}).json()
    assert [row["source"] for row in found["rows"]] == ["lichen.md"]


@pytest.mark.parametrize(
    ("path", "params", "status", "words"),
    [
        (TABLE, {}, 422, "question"),
        (TABLE, {"question": ""}, 422, "at least 1"),
        (TABLE, {"question": " "}, 422, "empty"),
        (TABLE, {"question": ["x"] * 21}, 422, "at most 20"),
        (TABLE, {"question": "x", "format": "xlsx"}, 422, "xlsx"),
        (TABLE, {"question": "x", "document": "fern"}, 422, "Moss on stones"),
        (TABLE, {"question": "x", "k": 3}, 422, "query k"),
        ("/v1/corpora/nowhere/table", {"question": "x"}, 404, "no corpus 'nowhere'"),
    ],
)
def test_what_cant_be_asked_is_a_problem(
    plants: Client, path: str, params: dict[str, object], status: int, words: str
) -> None:
    """The problem names what is wrong."""
    problem = problem_of(plants, "GET", path, params=params)
    assert problem["status"] == status
    assert words in problem["detail"]


def test_large_tables_are_refused(plants: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """More cells than a request may have are refused before one is asked, with what to do instead."""
    monkeypatch.setattr("api.http.routes.tables.MOST_CELLS", 3)
    problem = problem_of(plants, "GET", TABLE, params={"question": [SLUGS, ALGA]})
    assert (problem["status"], "2 questions to 2 documents: more than 3 cells" in problem["detail"]) == (422, True)


def test_the_example_is_a_table() -> None:
    """What the description shows can be read as what the endpoint gives."""
    assert EvidenceTable.model_validate(EXAMPLE).rows[0].cited[0].number == 15
