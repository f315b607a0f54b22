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
from api.mcp.resources import TEMPLATES, listed_resources, read_resource
from api.mcp.tools import ALL, TOOLS
from api.text.terminal import printable, say
from evqa.errors import EvqaError, UsageError

INSTRUCTIONS = (
    "Answers from stored scientific articles: verbatim sentences with the reference numbers printed there. Ask one "
    "question at a time, in full. Quote word for word, and cite the printed numbers; verify_quote checks a quotation. "
    "A refusal means that it was not found here: say “not found”, never that the review doesn't say it. With several "
    "documents, say which one says it; list_documents names them, and `document` asks one alone. A status of null "
    "means that nobody has checked whether a work was retracted."
)
PATH = "/mcp"
BODY = 262_144
LOCAL = ("127.0.0.1", "localhost", "[::1]")

Context = ServerRequestContext[dict[str, Any]]


def mcp_server(service: Service) -> Server[dict[str, Any]]:
    """A server of the tools and resources over a service. A tool's error is a result, in one line."""

    async def list_tools(_: Context, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=[tool.declared for tool in ALL])

    async def call_tool(_: Context, called: types.CallToolRequestParams) -> types.CallToolResult:
        return await result(service, called)

    async def list_resources(_: Context, asked: types.PaginatedRequestParams | None) -> types.ListResourcesResult:
        return await listed_resources(service, asked.cursor if asked else None)

    async def list_templates(_: Context, __: types.PaginatedRequestParams | None) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=TEMPLATES)

    async def read(_: Context, asked: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        return await read_resource(service, asked.uri)

    return Server(
        "evqa",
        version=version("evqa"),
        title="evqa",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read,
    )


async def result(service: Service, called: types.CallToolRequestParams) -> types.CallToolResult:
    """The result of a tool, as structured content and as the same JSON in text; or the error that it ends in.

    Raises MCPError for an unknown tool.
    """
    if (tool := TOOLS.get(called.name)) is None:
        raise MCPError(types.INVALID_PARAMS, f"no tool {printable(called.name)[:80]!r}: there is {', '.join(TOOLS)}")
    try:
        content = await tool.called(service, called.arguments or {})
    except EvqaError as error:
        return _failed(without_home(error.facts, service.home).line())
    except Exception as error:  # the assistant learns that it failed, whoever runs the server why
        say(f"{tool.name}: {described(error)}")
        return _failed(f"{tool.name} failed inside the server; call it again, and if it fails again see its stderr")
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=content.decode())], structured_content=json.loads(content)
    )


def _failed(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=printable(message))], is_error=True)


@asynccontextmanager
async def opening(service: Service) -> AsyncIterator[None]:
    """While the block runs, open the corpus that is asked where none is named: the first question needn't wait."""

    def opened() -> None:
        try:
            with service.generation(None):
                pass
        except EvqaError as error:
            say(f"{error}; a corpus can still be asked by its name")

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(lambda: anyio.to_thread.run_sync(opened, abandon_on_cancel=True))
        yield
        tasks.cancel_scope.cancel()


def serve_stdio(service: Service) -> None:
    """Serve on stdin and stdout until stdin ends. Only the protocol is written to stdout."""

    async def serve() -> None:
        server = mcp_server(service)
        async with opening(service), stdio_server() as (incoming, outgoing):
            await server.run(incoming, outgoing, server.create_initialization_options())

    # The thread that waits for a line of stdin can't be told to stop, and there is nothing to put in order.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    anyio.run(serve)


def serve_http(service: Service, host: str, port: int, names: Sequence[str]) -> None:
    """Serve streamable HTTP at `PATH` until SIGTERM or SIGINT.

    `names`: further names or addresses by which clients reach it. Raises UsageError if the address can't be had.
    """
    from api.http.serving import QUIET, address_of, ignore_repeated_signals, listening  # a server's packages

    bound = listening(host, port)
    logging.getLogger("mcp").addHandler(logging.NullHandler())
    config = uvicorn.Config(mcp_app(service, host, names), **QUIET)
    ignore_repeated_signals()

    async def serve() -> None:
        async with opening(service):
            say(f"listening on {address_of(bound)}{PATH}; stop with Ctrl-C")
            await uvicorn.Server(config).serve(sockets=[bound])

    anyio.run(serve)


def mcp_app(service: Service, host: str, names: Sequence[str] = ()) -> Starlette:
    """The app that serves streamable HTTP, each request by itself.

    It refuses a request whose Host isn't a loopback name, `host` or one of `names`, and a request that a page of
    another origin sends: no web page can reach a server on the reader's own machine.
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
    hosts = [pattern for name in dict.fromkeys(names) for pattern in (name, f"{name}:*")]
    origins = [f"{scheme}://{host}" for scheme in ("http", "https") for host in hosts]
    return TransportSecuritySettings(allowed_hosts=hosts, allowed_origins=origins)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def check_reach(host: str, insecure: bool, names: Sequence[str]) -> None:
    """Raise UsageError for an address that others reach, unless `insecure`, and for all addresses without a name."""
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
