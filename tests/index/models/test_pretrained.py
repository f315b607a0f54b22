"""Where models that a setting names are found."""

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from evqa.errors import ModelError
from evqa.settings import DEFAULT_MODEL
from index.models.embed import Embedder, load_embedder
from index.models.pretrained import Pretrained


def embedding(name: str) -> Pretrained:
    """An embedding model of that name."""
    return Pretrained(name, "EVQA_MODEL", "sentence-transformers")


def test_the_default_is_in_its_package() -> None:
    """The default model is found on the disk, so that no network is asked."""
    folder = embedding(DEFAULT_MODEL).folder
    assert folder is not None
    assert (folder / "model.safetensors").is_file()


def test_a_folder_is_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that exists is used, one under the user's own named by ~ too; what is loaded comes from the disk."""
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "mine").mkdir()
    assert embedding("~/mine").folder == embedding(str(tmp_path / "mine")).folder == tmp_path / "mine"
    assert embedding("~/mine").loaded(lambda source, local: (source, local)) == (str(tmp_path / "mine"), True)


def test_whose_a_bare_name_is() -> None:
    """A name without an owner is the organisation's, one with an owner stays."""
    assert embedding("tiny").hub_name() == "sentence-transformers/tiny"
    assert Pretrained("tiny", "EVQA_RERANKER", "cross-encoder").hub_name() == "cross-encoder/tiny"
    assert embedding("someone/tiny").hub_name() == "someone/tiny"


def test_what_went_wrong_is_one_line() -> None:
    """A failure of the library is a ModelError of one line with noun, name, reason and setting."""

    def fail(source: str, local: bool) -> None:
        raise RuntimeError(f"{Path(source).is_dir()}, {local}\nand a second line")

    with pytest.raises(ModelError) as caught:
        embedding(DEFAULT_MODEL).loaded(fail)
    assert str(caught.value) == (
        f"model {DEFAULT_MODEL!r}: can't be loaded (True, True); set EVQA_MODEL to a model's folder or name"
    )


def test_a_name_is_found_in_an_earlier_copy(
    embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a network, an embedding model's name is had from the library's own copy: the same as its folder."""
    folder = embedding(DEFAULT_MODEL).folder
    assert folder is not None
    copy = tmp_path / "models--sentence-transformers--small"
    (copy / "refs").mkdir(parents=True)
    (copy / "refs" / "main").write_text("a" * 40)
    (copy / "snapshots").mkdir()
    (copy / "snapshots" / ("a" * 40)).symlink_to(folder)
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))
    assert load_embedder("small").fingerprint == load_embedder(str(folder)).fingerprint == embedder.fingerprint


class Unknowing(BaseHTTPRequestHandler):
    """A hub without models."""

    def do_GET(self) -> None:
        self.send_response(404)
        self.send_header("X-Error-Code", "RepoNotFound")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""


@pytest.mark.slow
def test_a_name_that_the_hub_does_not_know() -> None:
    """A name that a hub on this machine doesn't know is told as such, in one line, by a process that loads nothing."""
    code = (
        "from index.models.pretrained import Pretrained\n"
        "try: Pretrained('none', 'EVQA_RERANKER', 'cross-encoder', 'reranker').is_on_hub()\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    with ThreadingHTTPServer(("127.0.0.1", 0), Unknowing) as hub:
        Thread(target=hub.serve_forever).start()
        environment = os.environ | {"HF_ENDPOINT": f"http://127.0.0.1:{hub.server_port}", "HF_HUB_OFFLINE": "0"}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=30)
        hub.shutdown()
    assert done.stdout == (
        "ModelError reranker 'none': can't be loaded (the hub has none of that name); "
        "set EVQA_RERANKER to a model's folder or name\n"
    )
