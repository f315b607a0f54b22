"""`evqa keys`: make, list and revoke the keys of the service."""

import argparse
from datetime import UTC, datetime
from typing import Any

from api.cli.arguments import add_json
from api.errors import DONE
from api.keyring import Key, Keyring
from api.text.json_text import json_text
from api.text.terminal import say
from evqa.errors import UsageError
from evqa.settings import Settings
from index.disk.folder import home_folder

LONGEST = 36_500


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa keys`."""
    parser.add_argument(
        "action",
        choices=("create", "list", "revoke"),
        help="make a key and show it this once; list them; take one away",
    )
    parser.add_argument("name", nargs="?", metavar="NAME", help="what to call the key, or which one to revoke")
    parser.add_argument(
        "--scope",
        choices=("read", "write"),
        help="create: whether the key may only ask and read (default), or also add and delete documents",
    )
    parser.add_argument(
        "--expires", type=days, metavar="DAYS", help="create: how many days it is valid (default: until it is revoked)"
    )
    add_json(parser)


def days(given: str) -> int:
    """A number of days, 1 to 36,500."""
    if given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= LONGEST:
        return int(given)
    raise argparse.ArgumentTypeError(f"{given!r} isn't a whole number of days from 1 to {LONGEST}")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry out the action. A new key is printed on stdout, alone on its line."""
    _check(arguments)
    keyring = Keyring(home_folder(settings))
    if arguments.action == "create":
        _create(keyring, arguments)
    elif arguments.action == "revoke":
        _revoke(keyring, arguments)
    else:
        _list(keyring, arguments.json)
    return DONE


def _check(arguments: argparse.Namespace) -> None:
    action = arguments.action
    if (arguments.name is None) != (action == "list"):
        wanted = "takes no NAME" if action == "list" else "needs a NAME"
        raise UsageError(f"keys {action}", wanted, "see `evqa keys --help`")
    if action != "create" and (arguments.scope or arguments.expires):
        raise UsageError(f"keys {action}", "--scope and --expires are for `keys create`", "leave them out")


def _create(keyring: Keyring, arguments: argparse.Namespace) -> None:
    key, token = keyring.create(arguments.name, arguments.scope or "read", arguments.expires)
    print(json_text({**described(key), "key": token}) if arguments.json else token)
    say(f"key {key.name} ({key.scope}) made; it is shown only now: send it as 'Authorization: Bearer KEY'")


def _revoke(keyring: Keyring, arguments: argparse.Namespace) -> None:
    key = keyring.revoke(arguments.name)
    if arguments.json:
        print(json_text({**described(key), "state": "revoked"}))
    say(f"key {key.name} is revoked; a server that runs refuses it from now on")


def _list(keyring: Keyring, as_json: bool) -> None:
    keys = [described(key) for key in keyring.listed()]
    if as_json:
        print(json_text(keys))
    elif keys:
        print("\n".join(_line(key) for key in keys))
    else:
        say("no key yet; make one with `evqa keys create NAME`")


def described(key: Key) -> dict[str, Any]:
    """The public part of a key, for JSON: everything but its hash."""
    state = "expired" if key.has_expired(datetime.now(UTC)) else "valid"
    return {**key.model_dump(mode="json", exclude={"sha256"}), "state": state}


def _line(key: dict[str, Any]) -> str:
    until = f", until {key['expires'][:10]}" if key["expires"] else ""
    return f"{key['name']}: {key['scope']}, made {key['created'][:10]}{until}, {key['state']} ({key['id']})"
