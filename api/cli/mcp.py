"""`evqa mcp`: the same answers as tools for an assistant, by the Model Context Protocol."""

import argparse

from api.cli.extras import extra
from api.cli.serve import HOST, PORT, port
from api.errors import DONE
from evqa.errors import UsageError
from evqa.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa mcp`."""
    parser.add_argument("--http", action="store_true", help="serve streamable HTTP at /mcp (default: stdin and stdout)")
    parser.add_argument("--host", metavar="HOST", help=f"with --http: address to listen on (default: {HOST})")
    parser.add_argument(
        "--port", type=port, metavar="PORT", help=f"with --http: port, 0 for any that is free (default: {PORT})"
    )
    parser.add_argument(
        "--allow-host",
        metavar="NAME",
        action="append",
        help="with --http: a name or address under which clients reach it, beside HOST; may be repeated",
    )
    parser.add_argument(
        "--insecure", action="store_true", help="with --http: listen where others reach it, although there are no keys"
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until the client has gone, or until told to stop."""
    _check(arguments)
    with extra("mcp", "evqa mcp"):
        from api.http.served import Service
        from api.mcp.server import check_reach, serve_http, serve_stdio  # no other command needs their packages

    host, names = arguments.host or HOST, arguments.allow_host or []
    check_reach(host, arguments.insecure, names)
    service = Service(settings)
    try:
        if arguments.http:
            serve_http(service, host, PORT if arguments.port is None else arguments.port, names)
        else:
            serve_stdio(service)
    finally:
        service.close()
    return DONE


def _check(arguments: argparse.Namespace) -> None:
    given = {"--host": arguments.host, "--port": arguments.port, "--allow-host": arguments.allow_host}
    given["--insecure"] = arguments.insecure or None
    named = [name for name, value in given.items() if value is not None]
    if named and not arguments.http:
        raise UsageError(named[0], "it is for --http", "add --http, or leave it out to serve stdin and stdout")
