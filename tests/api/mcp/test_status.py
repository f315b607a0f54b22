"""The status of references, as an assistant asks for it."""

import json
from typing import Any

import anyio
import pytest
from mcp import types

from api.http.served import Service
from api.mcp.server import result
from evqa.settings import Settings


@pytest.mark.slow
def test_unchecked_entries_are_told_as_such(bare_home: Any) -> None:
    """Of a corpus that nobody enriched every asked entry is unchecked, and a number that isn't there is refused."""
    service = Service(Settings(home=str(bare_home)))

    def told(numbers: list[int]) -> types.CallToolResult:
        call = types.CallToolRequestParams(name="get_status", arguments={"numbers": numbers})
        return anyio.run(result, service, call)

    try:
        found, refused = told([15, 38]), told([15, 91])
    finally:
        service.close()
    (content,) = found.content
    assert isinstance(content, types.TextContent)
    entries = json.loads(content.text)["entries"]
    assert [(each["number"], each["status"], each["said"]) for each in entries] == [
        (15, None, "not checked for retraction"),
        (38, None, "not checked for retraction"),
    ]
    assert refused.is_error
