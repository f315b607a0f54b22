"""The app over a stored sample, without a socket."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.http.app import create_app
from api.http.served import Service
from evqa.settings import Settings
from tests.api.http.clients import Client, ready
from tests.api.http.uploading import ended, uploaded, uploading
from tests.api.running import MOSS


@pytest.fixture(scope="module")
def service(home: Path) -> Service:
    """The service over the home whose default corpus is the sample."""
    return Service(Settings(home=str(home)))


@pytest.fixture(scope="module")
def client(service: Service) -> Iterator[Client]:
    """A client of the app, whose default corpus is open."""
    with TestClient(create_app(service), raise_server_exceptions=False) as made:
        yield ready(made)


@pytest.fixture
def own_home(home: Path, tmp_path: Path) -> Path:
    """A home of the test's own: the sample as default, the model shared."""
    folder = tmp_path / "own"
    shutil.copytree(home / "corpora" / "default", folder / "corpora" / "default")
    (folder / "models").symlink_to(home / "models")
    return folder


@pytest.fixture
def own_service(own_home: Path) -> Iterator[Service]:
    """A service over it, closed when the test ends."""
    service = Service(Settings(home=str(own_home)))
    yield service
    service.close()


@pytest.fixture
def own_client(own_home: Path) -> Iterator[Client]:
    """A client of an app over it."""
    with TestClient(create_app(Service(Settings(home=str(own_home)))), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="session")
def stored_home(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample as default, and a corpus `moss` that holds what was uploaded to it; not to be changed."""
    folder = tmp_path_factory.mktemp("stored") / "home"
    shutil.copytree(home / "corpora" / "default", folder / "corpora" / "default")
    (folder / "models").symlink_to(home / "models")
    with uploading(folder) as client:
        ended(client, uploaded(client, "moss", {"moss.md": MOSS}))
    return folder


@pytest.fixture
def moss_home(stored_home: Path, tmp_path: Path) -> Path:
    """A copy of it, of the test's own."""
    return Path(shutil.copytree(stored_home, tmp_path / "home", symlinks=True))


@pytest.fixture
def moss_client(moss_home: Path) -> Iterator[Client]:
    """A client of an app over it, which takes uploads."""
    with uploading(moss_home) as client:
        yield client
