"""Whatever goes wrong, as problem details."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.testclient import TestClient

from api.errors import ENDS, AbsentError, OverloadError
from api.http.app import create_app
from api.http.served import Service
from evqa.errors import BusyError, EvqaError, StorageError
from evqa.settings import Settings
from tests.api.http.clients import Client, problem_of

RAISED: list[Exception] = []
router = APIRouter()


@router.get("/raise")
async def _raise() -> None:
    raise RAISED[-1]


@router.delete("/raise")
async def _refuse() -> None:
    raise OverloadError("x", "too much", "wait")


@pytest.fixture
def failing(tmp_path: Path) -> Iterator[Client]:
    """A client of an app one of whose routes raises what stands in `RAISED`."""
    service = Service(Settings(home=str(tmp_path)))
    app = create_app(service)
    app.include_router(router)
    yield TestClient(app, raise_server_exceptions=False)
    service.close()


@pytest.mark.parametrize("kind", [kind for kind in ENDS if issubclass(kind, EvqaError)] + [BusyError])
def test_every_error_has_its_status(failing: Client, kind: type[EvqaError]) -> None:
    """Each class of the tree ends in its status, with its words and its name."""
    RAISED.append(kind("value 7", "too high", "lower it"))
    found = problem_of(failing, "GET", "/raise")
    status = next(ENDS[each].status for each in kind.__mro__ if each in ENDS)
    assert (found["status"], found["detail"], found["error"]) == (status, "value 7: too high; lower it", kind.__name__)


def test_later_says_when(failing: Client) -> None:
    """What may work later says after how many seconds; what isn't there doesn't."""
    after = []
    for kind in (OverloadError, BusyError, AbsentError):
        RAISED.append(kind("x", "not now", "wait"))
        after.append(failing.get("/raise").headers.get("retry-after"))
    assert after == ["1", "5", None]


def test_the_server_keeps_its_folder_to_itself(failing: Client, tmp_path: Path) -> None:
    """The path of the home isn't shown."""
    RAISED.append(StorageError(tmp_path / "corpora" / "x", "the disk is full", "make room", f"no {tmp_path}/y"))
    found = problem_of(failing, "GET", "/raise")
    assert found["detail"] == "EVQA_HOME/corpora/x: the disk is full; make room"


@pytest.mark.parametrize(
    "error", [ValueError("secret 8"), PermissionError(13, "denied", "/secret/8"), KeyError("secret")]
)
def test_a_bug_is_not_shown(failing: Client, error: Exception) -> None:
    """What nothing foresaw is a 500 with the request's id and none of its words."""
    RAISED.append(error)
    found = problem_of(failing, "GET", "/raise")
    assert (found["status"], found["error"]) == (500, type(error).__name__)
    assert "secret" not in str(found)


def test_what_a_layer_refuses(failing: Client) -> None:
    """413 and the like are problems too, with their headers."""
    RAISED.append(HTTPException(413, headers={"Retry-After": "9"}))
    found = problem_of(failing, "GET", "/raise")
    assert (found["status"], found["detail"]) == (413, "GET /raise; send less")
    assert failing.get("/raise").headers["retry-after"] == "9"


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("DELETE", "/v1/ask", 405)])
def test_unknown_routes_and_methods(failing: Client, method: str, path: str, status: int) -> None:
    """404 and 405 name the route and where all routes are."""
    found = problem_of(failing, method, path)
    assert found["status"] == status
    assert f"{method} {path}" in found["detail"]
    assert "/openapi.json" in found["detail"]
    assert status == 404 or failing.request(method, path).headers["allow"] == "POST"


def test_a_path_of_several_routes_names_all_their_methods(failing: Client) -> None:
    """405 allows what any route of the path does, not only the first."""
    assert failing.options("/raise").headers["allow"] == "DELETE, GET, HEAD"
