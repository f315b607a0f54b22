"""Environments are found again by their packages; what can't be made has a reason."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from eval.peering import environments
from eval.peering.environments import Environment, environment_for, environment_name, interpreter_for, pins
from eval.peering.known import PEERS
from eval.peering.trouble import PeerError
from tests.eval.peering.fakes import fake_peer, made_environment

HERE = [sys.executable]


def test_what_exists_is_reused(tmp_path: Path) -> None:
    """An environment that was made before is taken as it is; nothing is installed."""
    peer, said = fake_peer(tmp_path), list[str]()
    made_environment(peer, tmp_path / "cache")
    found = environment_for(peer, tmp_path / "cache", None, said.append)
    assert found.version_of("fake.peer==9") == "1.2"
    assert found.python.exists()
    assert not said


def test_other_packages_have_another_environment(tmp_path: Path) -> None:
    """The folder's name changes with a version and with the Python, and with nothing else."""
    peer = fake_peer(tmp_path)
    names = {environment_name(one, HERE) for one in (peer, replace(peer, splitting="other"))}
    assert len(names) == 1
    assert environment_name(replace(peer, packages=("fake-peer==1.3",)), HERE) not in names
    assert environment_name(peer, ["python3.99"]) not in names


def test_what_embeds_is_pinned_and_nothing_else() -> None:
    """PyTorch and sentence-transformers are those of the project; a peer's other packages are its own choice."""
    found = pins()
    assert "torch==2.13.0" in found
    assert {line.partition("==")[0] for line in found} == {
        "torch",
        "sentence-transformers",
        "transformers",
        "tokenizers",
    }


def test_an_installation_that_fails_says_what_pip_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is pip's first error, and its whole output is kept; the next run tries again."""

    def broken(_: object, base: object, folder: Path) -> list[str]:
        return [sys.executable, "-c", "import sys; sys.exit('ERROR: No matching distribution found for fake-peer')"]

    peer = fake_peer(tmp_path)
    monkeypatch.setattr(environments, "_making", lambda *given: [broken(*given)])
    for _ in range(2):
        with pytest.raises(PeerError, match="No matching distribution found for fake-peer"):
            environment_for(peer, tmp_path / "cache", None, lambda _: None)


def test_a_peer_for_a_newer_python_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no Python is new enough, the reason names the version that is needed."""
    monkeypatch.setenv("PATH", str(tmp_path))
    peer = replace(fake_peer(tmp_path), python=(3, 99))
    with pytest.raises(PeerError, match=r"needs Python 3\.99 or newer, this is 3\."):
        interpreter_for(peer, Path(sys.executable))


def test_an_interpreter_that_does_not_run_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A named interpreter that is no program counts as none."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PeerError, match="name one by --python"):
        interpreter_for(replace(fake_peer(tmp_path), python=(3, 99)), tmp_path / "nothing")


def test_every_peer_names_exact_versions_and_an_adapter() -> None:
    """A peer's own packages are pinned, and its adapter is there."""
    for peer in PEERS:
        assert "==" in peer.packages[0]
        assert peer.adapter.is_file()
        assert peer.systems


def test_a_version_that_is_missing_is_empty() -> None:
    """An environment without a package has no version of it."""
    assert Environment(python=Path("python"), versions={}).version_of("fake==1") == ""
