"""The Model Context Protocol, spoken to a real process by the SDK's own client."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from mcp import Client, MCPError, StdioServerParameters, types
from mcp.client.stdio import stdio_client

from tests.api.running import Run

SCRIPT = str(Path(sysconfig.get_path("scripts")) / "evqa")
QUESTION = "What does reference 15 support?"
NOWHERE = "What is the boiling point of tungsten hexafluoride?"
OF_MOSS = "Why do slugs avoid some cushions?"
# The command, which says at its end whether it has met torch.
WATCHED = """
import atexit, sys
atexit.register(lambda: print("torch" in sys.modules, file=sys.stderr))
from api.cli.main import main
sys.exit(main(["mcp"]))
"""
Talk = Callable[[Client], Awaitable[None]]

TOOLS = [
    "ask",
    "search",
    "get_reference",
    "get_status",
    "verify_quote",
    "list_corpora",
    "list_documents",
    "get_outline",
    "audit",
    "evidence_table",
]


@pytest.fixture
def own_home(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own: the sample as default, the model shared."""
    folder = tmp_path / "own"
    shutil.copytree(home / "corpora" / "default", folder / "corpora" / "default")
    (folder / "models").symlink_to(home / "models")
    monkeypatch.setenv("EVQA_HOME", str(folder))
    return folder


@contextmanager
def served(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server of streamable HTTP on a free port, and its address, as it says it."""
    environment = {**os.environ, "EVQA_HOME": str(home), "PYTHONWARNINGS": "error"}
    command = [SCRIPT, "mcp", "--http", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=-1, stderr=-1, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.fullmatch(r"evqa: listening on (http://127\.0\.0\.1:\d+/mcp); .*\n", line)
        assert found, line + process.stderr.read()
        try:
            yield process, found[1]
        finally:
            process.kill()


def text_of(result: types.CallToolResult) -> str:
    """The text of a result that has one."""
    (content,) = result.content
    assert isinstance(content, types.TextContent)
    return content.text


async def refusal_of(client: Client, tool: str, **arguments: Any) -> str:
    """The one line of the error that a call ends in."""
    result = await client.call_tool(tool, arguments)
    assert result.is_error
    assert result.structured_content is None
    assert "\n" not in text_of(result)
    assert "Traceback" not in text_of(result)
    return text_of(result)


async def check_tools(client: Client) -> None:
    """Ten tools, which say that they only read, with schemas of what they take and give."""
    tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert list(tools) == TOOLS
    for tool in tools.values():
        assert tool.annotations
        assert tool.annotations.read_only_hint
        assert tool.annotations.open_world_hint is False
        assert tool.output_schema
        assert tool.output_schema["type"] == tool.input_schema["type"] == "object"
    assert tools["ask"].input_schema["required"] == ["question"]


async def check_errors(client: Client) -> None:
    """What can't be done is an error of one line with the value and the next step."""
    assert "no corpus 'nowhere': there is default" in await refusal_of(client, "ask", question="x", corpus="nowhere")
    assert "corpus name '../x'" in await refusal_of(client, "search", question="x", corpus="../x")
    assert "k: input should be less than or equal to 100, not 101" in await refusal_of(
        client, "ask", question="x", k=101
    )
    assert "question: field required" in await refusal_of(client, "ask")
    assert "size: extra inputs" in await refusal_of(client, "list_corpora", size=3)
    assert "the question is empty" in await refusal_of(client, "ask", question=" ")
    assert "references are 1 to 90" in await refusal_of(client, "get_reference", number=91)
    with pytest.raises(MCPError, match=f"no tool 'delete': there is {', '.join(TOOLS)}"):
        await client.call_tool("delete", {})


def talk_of(asked: Run, moss: Path) -> Talk:
    """A conversation in which every tool is called, and the corpus grows by the command line in between."""

    async def talk(client: Client) -> None:
        async def same(tool: str, arguments: dict[str, Any], *command: object) -> Any:
            printed = await anyio.to_thread.run_sync(lambda: asked(*command))
            result = await client.call_tool(tool, arguments)
            assert not result.is_error
            assert text_of(result) == printed.out.rstrip("\n")
            assert result.structured_content == printed.json
            return printed.json

        await check_tools(client)
        first = await same("ask", {"question": QUESTION}, "ask", QUESTION, "--json")
        refused = await same("ask", {"question": NOWHERE, "k": 2}, "ask", NOWHERE, "-k", 2, "--json")
        assert (first["status"], refused["status"]) == ("answered", "insufficient_evidence")
        await same("search", {"question": QUESTION, "k": 3}, "search", QUESTION, "-k", 3, "--json")
        await same("get_reference", {"number": 15}, "refs", 15, "--format", "json")
        told = (await client.call_tool("get_status", {"numbers": [15]})).structured_content
        assert told is not None
        assert [(each["number"], each["status"]) for each in told["entries"]] == [(15, None)]
        assert "never checked" in told["checked"]
        listed = (await client.call_tool("list_corpora", {})).structured_content
        assert listed == {"corpora": (await anyio.to_thread.run_sync(lambda: asked("corpora", "--json"))).json}
        await check_errors(client)
        assert (await anyio.to_thread.run_sync(lambda: asked("ingest", moss))).code == 0
        grown = await same("ask", {"question": OF_MOSS}, "ask", OF_MOSS, "--json")
        assert grown["corpus"]["documents"] == 2
        assert grown["answer"] == "Slugs avoid cushions that contain bitter acids."

    return talk


def apart(run: Callable[[], Awaitable[None]]) -> None:
    """Runs in a thread of its own: a browser's tests leave an event loop running in theirs."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(anyio.run, run).result()


def test_an_assistant_talks_over_stdio(own_home: Path, moss: Path, evqa: Run, tmp_path: Path) -> None:
    """Over stdin and stdout: tools, answers equal to the command line's, refusals, errors, a corpus that grows; then
    the process ends by itself with stdin, never having met torch."""
    talk = talk_of(evqa, moss)
    environment = {"EVQA_HOME": str(own_home), "PYTHONWARNINGS": "error"}
    started = StdioServerParameters(command=sys.executable, args=["-c", WATCHED], env=environment, cwd=tmp_path)

    async def run() -> None:
        with (tmp_path / "stderr").open("w", encoding="utf-8") as messages:
            async with Client(stdio_client(started, errlog=messages)) as client:
                await talk(client)

    apart(run)
    assert (tmp_path / "stderr").read_text(encoding="utf-8") == "False\n"


def test_an_assistant_talks_over_http(own_home: Path, moss: Path, evqa: Run) -> None:
    """Over streamable HTTP the same, in the protocol's newest form and by its first handshake; SIGTERM ends it."""
    talk = talk_of(evqa, moss)
    with served(own_home) as (process, address):

        async def run() -> None:
            async with Client(address) as client:
                await talk(client)
            async with Client(address, mode="legacy") as client:
                await check_tools(client)
                result = await client.call_tool("ask", {"question": QUESTION})
                assert json.loads(text_of(result)) == result.structured_content

        apart(run)
        process.send_signal(signal.SIGTERM)
        assert process.communicate(timeout=30) == ("", "")
    assert process.returncode == 0


def test_an_interrupt_ends_it(home: Path) -> None:
    """Ctrl-C ends a server that waits on stdin, without a word on stdout."""
    environment = {**os.environ, "EVQA_HOME": str(home)}
    with subprocess.Popen([SCRIPT, "mcp"], env=environment, stdin=-1, stdout=-1, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        print('{"jsonrpc": "2.0", "id": 7, "method": "nothing"}', file=process.stdin, flush=True)
        assert json.loads(process.stdout.readline())["id"] == 7
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == ""
        assert process.wait(timeout=10) == -signal.SIGINT


def test_no_page_of_another_origin_reaches_it(home: Path) -> None:
    """A request under a foreign name, from a foreign page or of a huge body is refused, before any tool is called."""
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accepts = {"Accept": "application/json, text/event-stream"}
    with served(home) as (_, address), httpx2.Client() as client:

        def status(**headers: str) -> int:
            return client.post(address, json=message, headers=accepts | headers).status_code

        assert status(Host="evil.example") == 421
        assert status(Origin="https://evil.example") == 403
        assert status(Origin="null") == 403
        assert status(Origin=address.removesuffix("/mcp")) == 200
        assert client.post(address, content=b" " * 300_000, headers=accepts).status_code == 413


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--http", "--host", "0.0.0.0"], "add --insecure"),
        (["--http", "--host", "example.org"], "add --insecure"),
        (["--http", "--host", "::", "--insecure"], "--allow-host NAME"),
        (["--port", "8001"], "add --http"),
        (["--insecure"], "add --http"),
        (["--http", "--port", "65536"], "isn't a port"),
        (["--http", "--host", "nowhere.invalid", "--insecure"], "no such address"),
    ],
)
def test_arguments_that_would_open_it_are_refused(evqa: Run, arguments: list[str], words: str) -> None:
    """Other machines are let in only where that is said, and options of HTTP mean nothing without it."""
    ran = evqa("mcp", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1
