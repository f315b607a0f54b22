"""`evqa keys`."""

from pathlib import Path

import pytest

from api.keyring import Keyring
from tests.api.running import Run


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of the test's own."""
    monkeypatch.setenv("EVQA_HOME", str(tmp_path))


def test_the_life_of_a_key(evqa: Run, tmp_path: Path) -> None:
    """It is shown once, listed without its secret, and gone when revoked."""
    made = evqa("keys", "create", "lab", "--scope", "write", "--expires", "30")
    token = made.out.strip()
    assert made.code == 0
    found = Keyring(tmp_path).key_of(token)
    assert found is not None
    assert (found.name, found.scope) == ("lab", "write")
    listed = evqa("keys", "list")
    assert listed.out.startswith("lab: write, made ")
    assert "valid" in listed.out
    secret = token.split("_", 2)[2]
    as_json = evqa("keys", "list", "--json")
    assert as_json.json[0]["state"] == "valid"
    assert not any(each in listed.out + as_json.out for each in (secret, found.sha256))
    assert evqa("keys", "revoke", "lab").code == 0
    assert Keyring(tmp_path).key_of(token) is None
    assert "no key yet" in evqa("keys", "list").err


def test_json_holds_the_new_key(evqa: Run, tmp_path: Path) -> None:
    """With --json the key is a field, and its scope is to read unless told otherwise."""
    made = evqa("keys", "create", "reader", "--json").json
    assert (made["scope"], made["expires"]) == ("read", None)
    assert Keyring(tmp_path).key_of(made["key"])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("create",), "keys create: needs a NAME"),
        (("list", "x"), "keys list: takes no NAME"),
        (("revoke", "x", "--scope", "read"), "keys revoke: --scope and --expires are for `keys create`"),
        (("create", "x", "--expires", "0"), "'0' isn't a whole number of days"),
        (("revoke", "x"), "no key 'x'"),
    ],
)
def test_mistakes(evqa: Run, arguments: tuple[str, ...], words: str) -> None:
    """Each is one line and exit code 2."""
    ran = evqa("keys", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err


@pytest.mark.parametrize("arguments", [("--host", "0.0.0.0"), ("--keys",)])
def test_no_server_where_keys_are_needed_and_missing(evqa: Run, arguments: tuple[str, ...]) -> None:
    """`serve` ends in one line that says which command makes a key."""
    ran = evqa("serve", "--port", "0", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1
    assert "no key is valid; make one with `evqa keys create NAME`" in ran.err


def test_an_origin_is_scheme_and_host(evqa: Run) -> None:
    """A path after the host, which browsers never send, is refused rather than never matched."""
    ran = evqa("serve", "--port", "0", "--cors", "https://example.org/page")
    assert ran.code == 2
    assert "not an origin" in ran.err
