"""How a call ends that can't be done, and whom a server lets in."""

from pathlib import Path

import anyio
import pytest
from mcp import types

from api.http.served import Service
from api.loopback import is_loopback
from api.mcp.server import check_reach, result
from evqa.settings import Settings


def test_a_failure_inside_isnt_told_in_detail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What nobody foresaw is an error result that gives nothing of the inside away; stderr has the reason."""
    service = Service(Settings(home=str(tmp_path)))
    service.close()
    ended = anyio.run(result, service, types.CallToolRequestParams(name="list_corpora"))
    assert ended.is_error
    (content,) = ended.content
    assert isinstance(content, types.TextContent)
    assert content.text.startswith("list_corpora failed inside the server; call it again")
    assert "shutdown" not in content.text
    assert "after shutdown" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True)]
    + [(host, False) for host in ("0.0.0.0", "::", "192.168.1.2", "example.org", "localhost.example.org", "")],
)
def test_loopback_is_this_machine_alone(host: str, expected: bool) -> None:
    """Only addresses that no other machine reaches count as loopback."""
    assert is_loopback(host) is expected


def test_others_are_let_in_where_that_is_said() -> None:
    """With --insecure an address of one's own is served, and every address under a name."""
    check_reach("192.168.1.2", insecure=True, names=[])
    check_reach("0.0.0.0", insecure=True, names=["reviews.example.org"])
    check_reach("127.0.0.1", insecure=False, names=[])
