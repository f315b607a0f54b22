"""The keys of a home."""

import hmac
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from api.keyring import FILE, KEYS, Keyring
from evqa.errors import CorpusError, UsageError


def test_a_key_opens_until_it_is_revoked(tmp_path: Path) -> None:
    """Another keyring over the same home, as of a running server, sees at once what is made and revoked."""
    server, keyring = Keyring(tmp_path), Keyring(tmp_path)
    assert server.is_empty()
    key, token = keyring.create("reader", "read")
    assert server.key_of(token) == key
    assert not server.is_empty()
    keyring.create("other", "write")
    keyring.revoke("reader")
    assert server.key_of(token) is None
    assert [each.name for each in server.listed()] == ["other"]


def test_the_token_is_kept_nowhere(tmp_path: Path) -> None:
    """The file holds a hash, and nobody but its owner can read it; the token has 256 random bits."""
    _, token = Keyring(tmp_path / "new" / "home").create("reader", "read")
    path = tmp_path / "new" / "home" / FILE
    secret = token.split("_", 2)[2]
    assert len(secret) == 43
    assert secret not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("change", ["", "x", "{}x", "evqa__", "evqa_0_0", "ä\udcff_b_c", "{}\n"])
def test_what_is_no_token_opens_nothing(tmp_path: Path, change: str) -> None:
    """Neither a changed token nor any other text."""
    _, token = Keyring(tmp_path).create("reader", "read")
    assert Keyring(tmp_path).key_of(change.format(token)) is None
    assert Keyring(tmp_path).key_of(token[:-1]) is None


def test_hashes_are_compared_in_constant_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Known ids and unknown ones go the same way: one comparison of two whole hashes."""
    seen: list[tuple[int, int]] = []
    compare = hmac.compare_digest

    def watched(one: str, other: str) -> bool:
        seen.append((len(one), len(other)))
        return compare(one, other)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    _, token = Keyring(tmp_path).create("reader", "read")
    for sent in (token, f"{token}x", "nothing"):
        Keyring(tmp_path).key_of(sent)
    assert seen == [(64, 64)] * 3


def test_an_expired_key_opens_nothing(tmp_path: Path) -> None:
    """From the moment that it expires on."""
    keyring = Keyring(tmp_path)
    key, token = keyring.create("reader", "read", days=1)
    assert key.expires == key.created + timedelta(days=1)
    past = key.model_copy(update={"expires": datetime.now(UTC) - timedelta(seconds=1)})
    (tmp_path / FILE).write_bytes(KEYS.dump_json((past,), indent=4))
    assert keyring.key_of(token) is None
    assert keyring.is_empty()


def test_names_are_unique_and_plain(tmp_path: Path) -> None:
    """A name that is taken, unknown, or could break a log's line is refused with what to do."""
    keyring = Keyring(tmp_path)
    keyring.create("reader", "read")
    with pytest.raises(UsageError, match="'reader': it exists already; revoke it first"):
        keyring.create("reader", "write")
    with pytest.raises(UsageError, match="can't be a key's name"):
        keyring.create("a b\n", "read")
    with pytest.raises(UsageError, match="no key 'x': there is reader"):
        keyring.revoke("x")


def test_a_damaged_file_opens_nothing(tmp_path: Path) -> None:
    """It is named, and no key is taken for valid."""
    _, token = Keyring(tmp_path).create("reader", "read")
    (tmp_path / FILE).write_text("[{")
    with pytest.raises(CorpusError, match=r"keys\.json: damaged"):
        Keyring(tmp_path).key_of(token)


def test_a_file_that_is_deleted_as_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file goes between the look at it and its reading there is no key, and no error."""
    _, token = Keyring(tmp_path).create("reader", "read")
    read_bytes = Path.read_bytes

    def after_a_removal(path: Path) -> bytes:
        path.unlink()
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", after_a_removal)
    assert Keyring(tmp_path).key_of(token) is None
