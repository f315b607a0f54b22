"""`evqa serve`: the HTTP service."""

import argparse
import re

from api.cli.extras import extra
from api.errors import DONE
from evqa.errors import UsageError
from evqa.settings import Settings

HOST, PORT = "127.0.0.1", 8000
MOST_A_MINUTE = 1_000_000


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa serve`."""
    parser.add_argument("--host", default=HOST, metavar="HOST", help=f"address to listen on (default: {HOST})")
    parser.add_argument(
        "--port", type=port, default=PORT, metavar="PORT", help=f"port, 0 for any that is free (default: {PORT})"
    )
    parser.add_argument("--keys", action="store_true", help="ask for keys on this machine's own addresses, too")
    parser.add_argument(
        "--insecure", action="store_true", help="ask for no keys, although others can reach the address"
    )
    parser.add_argument(
        "--allow-host", metavar="NAME", nargs="+", default=[],
        help="names under which it is reached, beside addresses, localhost and the machine's own name",
    )  # fmt: skip
    parser.add_argument(
        "--cors", metavar="ORIGIN", nargs="+", default=[],
        help="origins, such as https://example.org, whose pages may read what it answers (default: none)",
    )  # fmt: skip
    parser.add_argument(
        "--rate", type=rate, metavar="N",
        help="requests a minute of one key or address, 0 for any number (default: 600 where others can reach the "
        "address, else 0)",
    )  # fmt: skip
    parser.add_argument(
        "--log", choices=("text", "json"), default="text", help="form of the lines on stderr (default: text)"
    )
    parser.add_argument("--log-questions", action="store_true", help="log what is asked, too")


def rate(given: str) -> int:
    """A number of requests a minute, 0 to 1,000,000."""
    if given.isascii() and given.isdigit() and int(given[:9]) <= MOST_A_MINUTE:
        return int(given)
    raise argparse.ArgumentTypeError(f"{given!r} isn't a whole number from 0 to {MOST_A_MINUTE}")


def origin(given: str) -> str:
    """An origin as browsers send it: "*", or scheme, host and port alone. Raises UsageError for anything else."""
    if given == "*" or re.fullmatch(r"https?://[^/?#\s]+", given):
        return given.lower()
    raise UsageError(repr(given), "not an origin", "give scheme and host alone, such as https://example.org")


def port(given: str) -> int:
    """A port's number."""
    if given.isascii() and given.isdigit() and int(given[:9]) <= 65_535:
        return int(given)
    raise argparse.ArgumentTypeError(f"{given!r} isn't a port from 0 to 65535")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until told to stop."""
    with extra("serve", "evqa serve"):
        from api.http.guards.guarding import Guard  # no other command needs a server's packages
        from api.http.serving import serve

    guard = Guard(
        keys=arguments.keys,
        insecure=arguments.insecure,
        rate=arguments.rate,
        names=(*arguments.allow_host, *_words(settings.hosts)),
        origins=tuple(map(origin, (*arguments.cors, *_words(settings.cors)))),
        log=arguments.log,
        log_questions=arguments.log_questions,
    )
    serve(arguments.host, arguments.port, settings, guard)
    return DONE


def _words(given: str) -> list[str]:
    return given.replace(",", " ").split()
