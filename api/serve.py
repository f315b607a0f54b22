"""`evqa serve`: the HTTP service."""

import argparse

from api.errors import DONE
from evqa.settings import Settings

HOST, PORT = "127.0.0.1", 8000


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa serve`."""
    parser.add_argument("--host", default=HOST, metavar="HOST", help=f"address to listen on (default: {HOST})")
    parser.add_argument(
        "--port", type=port, default=PORT, metavar="PORT", help=f"port, 0 for any that is free (default: {PORT})"
    )


def port(given: str) -> int:
    """A port's number."""
    if given.isascii() and given.isdigit() and int(given[:9]) <= 65_535:
        return int(given)
    raise argparse.ArgumentTypeError(f"{given!r} isn't a port from 0 to 65535")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until told to stop."""
    from api.http.serving import serve  # no other command needs a server's packages

    serve(arguments.host, arguments.port, settings)
    return DONE
