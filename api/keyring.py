"""The keys of the service, stored in the home as hashes that only its owner can read."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from filelock import FileLock
from pydantic import Field, TypeAdapter, ValidationError

from evqa.errors import CorpusError, UsageError
from evqa.model import Record
from index.disk.durable import make_private, refusals, sync

FILE, LOCK = "keys.json", "keys.lock"
PREFIX = "evqa"
NAME = r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}"
PATIENCE = 10
Scope = Literal["read", "write"]
Stamp = tuple[int, int, int] | None


class Key(Record):
    """A key. `id` is the public part of its token, `sha256` the hash of the whole token.

    A plain SHA-256 is enough, because a token holds 256 random bits and can't be guessed. Slow hashes are for
    passwords, which people choose.
    """

    id: str
    name: str = Field(pattern=f"^{NAME}$")
    scope: Scope
    created: datetime
    expires: datetime | None = None
    sha256: str

    def has_expired(self, now: datetime) -> bool:
        """Whether the key is no longer valid."""
        return self.expires is not None and self.expires <= now


KEYS = TypeAdapter(tuple[Key, ...])
NOBODY = hashlib.sha256(b"").hexdigest()


class Keyring:
    """The keys of a home. Each call reads the current file, so a revoked key stops working at once."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE
        self._read: tuple[Stamp, dict[str, Key]] = (None, {})

    def listed(self) -> tuple[Key, ...]:
        """Every key, oldest first. Raises CorpusError if the file is damaged."""
        return tuple(self._current().values())

    def is_empty(self) -> bool:
        """Whether no key is valid now."""
        now = datetime.now(UTC)
        return all(key.has_expired(now) for key in self.listed())

    def create(self, name: str, scope: Scope, days: int | None = None) -> tuple[Key, str]:
        """A new key and its token, which isn't stored. The key is valid for `days`, or until it is revoked.

        Raises UsageError if the name is taken or invalid.
        """
        token = f"{PREFIX}_{secrets.token_hex(6)}_{secrets.token_urlsafe(32)}"
        now = datetime.now(UTC).replace(microsecond=0)
        key = _made(name, scope, now, now + timedelta(days=days) if days else None, token)
        with self._changing() as keys:
            if any(other.name == name for other in keys):
                raise UsageError(f"key {name!r}", "it exists already", "revoke it first, or give another name")
            keys.append(key)
        return key, token

    def revoke(self, name: str) -> Key:
        """Revoke a key. Raises UsageError if there is none of that name."""
        with self._changing() as keys:
            revoked = next((key for key in keys if key.name == name), None)
            if revoked is None:
                known = ", ".join(key.name for key in keys) or "none"
                raise UsageError(f"no key {name!r}", f"there is {known}", "`evqa keys list` shows them")
            keys.remove(revoked)
        return revoked

    def key_of(self, token: str) -> Key | None:
        """The valid key with this token, or None.

        The key is looked up by the token's public part. Comparing the hashes takes the same time wherever they differ.
        """
        identity = (*token.split("_", 2), "", "")[1]
        key = self._current().get(identity)
        digest = hashlib.sha256(token.encode("utf-8", "surrogateescape")).hexdigest()
        is_same = hmac.compare_digest(digest, key.sha256 if key else NOBODY)
        return key if key and is_same and not key.has_expired(datetime.now(UTC)) else None

    def _current(self) -> dict[str, Key]:
        stamp = _stamp(self._path)
        if stamp is None:
            return {}
        if self._read[0] != stamp:
            self._read = (stamp, self._loaded())
        return self._read[1]

    def _loaded(self) -> dict[str, Key]:
        try:
            with refusals(self._path):
                content = self._path.read_bytes()
        except FileNotFoundError:
            return {}
        try:
            return {key.id: key for key in KEYS.validate_json(content)}
        except ValidationError as error:
            step = "restore it from a copy, or delete it and make new keys"
            raise CorpusError(self._path, "damaged", step) from error

    @contextmanager
    def _changing(self) -> Iterator[list[Key]]:
        home = self._path.parent
        with refusals(home):
            make_private(home)
            with FileLock(home / LOCK, timeout=PATIENCE, mode=0o600):
                keys = list(self.listed())
                yield keys
                _put(self._path, KEYS.dump_json(tuple(keys), indent=1))


def _made(name: str, scope: Scope, created: datetime, expires: datetime | None, token: str) -> Key:
    digest = hashlib.sha256(token.encode()).hexdigest()
    try:
        return Key(id=token.split("_")[1], name=name, scope=scope, created=created, expires=expires, sha256=digest)
    except ValidationError as error:
        step = "give 1 to 64 of A-Z a-z 0-9 . _ @ -, a letter or digit first"
        raise UsageError(repr(name), "can't be a key's name", step) from error


def _stamp(path: Path) -> Stamp:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def _put(path: Path, content: bytes) -> None:
    """Replace the file in one step. Others can't read it, not even while it is written."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync(path.parent)
