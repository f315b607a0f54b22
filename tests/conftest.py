"""What all tests share: no network, no user's corpora, the shared reference material."""

import os
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from api.cli.main import main

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
# Fewer examples while one works; the whole check draws hypothesis' usual hundred.
settings.register_profile("local", deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), max_examples=100, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark as slow every test that loads the model or needs a home with it, however it comes by that. Skip those that
    ask others over the network, unless they are asked for by that mark."""
    for item in items:
        if item.get_closest_marker("network") and "network" not in config.getoption("markexpr"):
            item.add_marker(pytest.mark.skip(reason="asks the real sources: give -m network"))
        if {"bare_home", "embedder"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


@pytest.fixture(scope="session", autouse=True)
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder of the tests' own, so that no test sees or touches the user's corpora."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("EVQA_")]:
            patch.delenv(name)
        home = tmp_path_factory.mktemp("home")
        patch.setenv("EVQA_HOME", str(home))
        yield home


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the checkout; the test is skipped where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("no folder `shared` beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def bare_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home without a corpus of the user's own, in which the built-in sample has been asked once.

    Made once a run, since loading and exporting the model takes long; each process of the run has a copy.
    """
    base = tmp_path_factory.getbasetemp()
    made = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "asked"
    with FileLock(f"{made}.lock"):
        if not made.exists():
            _asked(base / "asked-first").rename(made)
    home = Path(shutil.copytree(made, tmp_path_factory.mktemp("bare") / "home"))
    yield home
    # Who stores something has to copy the home first: other tests ask what is found without a corpus of one's own.
    left = [folder.name for folder in (home / "corpora").iterdir() if not folder.name.startswith("sample.")]
    assert not left, f"a test stored {left} in the shared home"


def _asked(folder: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()), redirect_stderr(StringIO()) as messages:
        patch.setenv("EVQA_HOME", str(folder))
        assert main(["ask", "What does reference 15 support?"]) == 0, messages.getvalue()
    return folder
