"""The Model Context Protocol over one service: on stdin and stdout, or over HTTP."""

import json
import logging
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

import anyio
import uvicorn
from mcp import MCPError, types
from mcp.server.context import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

from api.errors import described, without_home
from api.http.served import Service
from api.loopback import is_loopback
from api.mcp.tools import EVERY, TOOLS
from api.text.terminal import printable, say
from evqa.errors import EvqaError, UsageError

INSTRUCTIONS = (
    "Answers from stored scientific reviews: verbatim sentences with the reference numbers printed there. Ask one "
    "question at a time, in full. A refusal means that the review doesn't say it."
)
PATH = "/mcp"
BODY = 262_144
LOCAL = ("127.0.0.1", "localhost", "[::1]")

Context = ServerRequestContext[dict[str, Any]]


def mcp_server(service: Service) -> Server[dict[str, Any]]:
    """A server of the tools over a service. An error that a tool ends in is one line, and so a result that says so."""

    async def list_tools(_: Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[tool.declared for tool in EVERY])

    async def call_tool(_: Context, called: types.CallToolRequestParams) -> types.CallToolResult:
        return await result(service, called)

    return Server(
        "evqa",
        version=version("evqa"),
        title="evqa",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


async def result(service: Service, called: types.CallToolRequestParams) -> types.CallToolResult:
    """What a tool gives, as structured content and as the same JSON in text; or the error that it ends in.

    Raises MCPError for a tool that there isn't.
    """
    if (tool := TOOLS.get(called.name)) is None:
        raise MCPError(types.INVALID_PARAMS, f"no tool {printable(called.name)[:80]!r}: there is {', '.join(TOOLS)}")
    try:
        made = await tool.called(service, called.arguments or {})
    except EvqaError as error:
        return _failed(without_home(error.facts, service.home).line())
    except Exception as error:  # the assistant learns that it failed, whoever runs the server why
        say(f"{tool.name}: {described(error)}")
        return _failed(f"{tool.name} failed inside the server; call it again, and if it fails again see its stderr")
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=made.decode())], structured_content=json.loads(made)
    )


def _failed(said: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=printable(said))], is_error=True)


@asynccontextmanager
async def opening(service: Service) -> AsyncIterator[None]:
    """Meanwhile opens the corpus that is asked where none is named, so that the first question needn't wait."""

    def opened() -> None:
        try:
            with service.held(None):
                pass
        except EvqaError as error:
            say(f"{error}; a corpus can still be asked by its name")

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(lambda: anyio.to_thread.run_sync(opened, abandon_on_cancel=True))
        yield
        tasks.cancel_scope.cancel()


def serve_stdio(service: Service) -> None:
    """Serves on stdin and stdout until stdin ends. Nothing but the protocol comes on stdout."""

    async def serve() -> None:
        server = mcp_server(service)
        async with opening(service), stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    # The thread that waits for a line of stdin can't be told to stop, and there is nothing to put in order.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    anyio.run(serve)


def serve_http(service: Service, host: str, port: int, names: Sequence[str]) -> None:
    """Serves streamable HTTP at `PATH` until SIGTERM or SIGINT.

    `names`: further names or addresses under which clients may reach it. Raises UsageError when the address can't be
    had.
    """
    from api.http.serving import QUIET, address_of, listening, pass_over_signals  # a server's packages

    bound = listening(host, port)
    logging.getLogger("mcp").addHandler(logging.NullHandler())
    config = uvicorn.Config(mcp_app(service, host, names), **QUIET)
    pass_over_signals()

    async def serve() -> None:
        async with opening(service):
            say(f"listening on {address_of(bound)}{PATH}; stop with Ctrl-C")
            await uvicorn.Server(config).serve(sockets=[bound])

    anyio.run(serve)


def mcp_app(service: Service, host: str, names: Sequence[str] = ()) -> Starlette:
    """The app that serves streamable HTTP, each request by itself.

    A request is refused whose Host isn't one of this machine's loopback names, `host` or `names`, or which a page of
    another origin sends: so no web page can reach a server on the reader's own machine.
    """
    return mcp_server(service).streamable_http_app(
        streamable_http_path=PATH,
        json_response=True,
        stateless_http=True,
        max_request_body_size=BODY,
        transport_security=_security([*LOCAL, _in_address(host), *map(_in_address, names)]),
        host=host,
    )


def _security(names: Sequence[str]) -> TransportSecuritySettings:
    hosts = [each for name in dict.fromkeys(names) for each in (name, f"{name}:*")]
    origins = [f"{scheme}://{each}" for scheme in ("http", "https") for each in hosts]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def check_reach(host: str, insecure: bool, names: Sequence[str]) -> None:
    """Raises UsageError for an address that others reach, unless that is wanted, and for one that has no name."""
    if is_loopback(host):
        return
    if not insecure:
        raise UsageError(
            f"--host {host}",
            "whoever reaches that address could ask, as this server has no keys",
            "keep 127.0.0.1, or add --insecure",
        )
    if host in ("", "0.0.0.0", "::") and not names:  # noqa: S104 - what is refused
        raise UsageError(
            f"--host {host}", "it is every address", "say with --allow-host NAME under which name clients reach it"
        )
