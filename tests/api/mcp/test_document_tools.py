"""The tools about documents, and numbers that several documents have."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import types

from api.http.served import Service
from api.mcp.server import INSTRUCTIONS, result
from api.mcp.tools import TOOLS
from evqa.settings import Settings

Call = Callable[..., Any]


@pytest.fixture(scope="module")
def service(plants_home: Path) -> Iterator[Service]:
    """A service over the corpus of two reviews."""
    made = Service(Settings(home=str(plants_home)))
    yield made
    made.close()


@pytest.fixture
def call(service: Service) -> Call:
    """Calls a tool, and gives its structured content; of an error, its line."""

    def called(name: str, **arguments: Any) -> Any:
        ended = anyio.run(result, service, types.CallToolRequestParams(name=name, arguments=arguments))
        (content,) = ended.content
        assert isinstance(content, types.TextContent)
        if ended.is_error:
            return content.text
        assert json.loads(content.text) == ended.structured_content
        return ended.structured_content

    return called


def test_documents_are_listed_in_pages(call: Call) -> None:
    """Each document comes once with its title and file; a cursor leads to the next page, a wrong one is refused."""
    first = call("list_documents", limit=1)
    second = call("list_documents", limit=1, cursor=first["next_cursor"])
    found = [*first["documents"], *second["documents"]]
    assert [(each["file"], each["references"], each["is_sound"]) for each in found] == [
        ("moss.md", 4, True),
        ("lichen.md", 4, True),
    ]
    assert found[1]["title"] == "Lichen on roofs: a short review"
    assert (first["total"], second["next_cursor"]) == (2, None)
    assert "no cursor" in call("list_documents", cursor="x")


def test_an_outline_is_that_of_one_document(call: Call) -> None:
    """Sections and integrity of the document that a name or title means; another name is answered with the titles."""
    outline = call("get_outline", document="Lichen on roofs")
    assert [each["title"] for each in outline["sections"]][:2] == ["Abstract", "Introduction"]
    assert outline["integrity"]["references"] == 4
    assert outline == call("get_outline", document="lichen.md")
    assert "Moss on stones" in call("get_outline", document="fern")


def test_a_number_of_several_documents_is_answered_with_titles(call: Call) -> None:
    """The error names each document with its title, and any of its names as `document` gives the entry."""
    told = call("get_reference", number=4)
    for title in ("“Moss on stones: a short review”", "“Lichen on roofs: a short review”"):
        assert title in told
    assert call("get_reference", number=4, document="lichen")["DOI"] == "10.1000/lichen.4"
    statuses = call("get_status", numbers=[4])["entries"]
    assert [each["document_title"] for each in statuses] == [
        "Moss on stones: a short review",
        "Lichen on roofs: a short review",
    ]
    assert [each["DOI"] for each in call("get_status", numbers=[4], document="moss.md")["entries"]] == [
        "10.1000/moss.4"
    ]


def test_an_audit_names_entries_and_not_only_numbers(call: Call) -> None:
    """Every document has its counts; one alone can be asked for."""
    every = call("audit")["documents"]
    assert [each["title"] for each in every] == ["Moss on stones: a short review", "Lichen on roofs: a short review"]
    for each in every:
        assert each["fits"] + each["suspect"] + each["cannot_tell"] == 4
        assert each["suspects_outside_runs"] >= len(each["suspects"])
    assert call("audit", document="lichen")["documents"] == every[1:]


@pytest.mark.slow
def test_a_suspect_has_its_entry_in_words(home: Path) -> None:
    """Of the sample, runs are told, and of each suspect beside them the entry that is cited and a better one."""
    service = Service(Settings(home=str(home)))
    try:
        ended = anyio.run(result, service, types.CallToolRequestParams(name="audit", arguments={"limit": 1}))
    finally:
        service.close()
    (told,) = (ended.structured_content or {})["documents"]
    assert told["runs"][0]["where"] == "Table 1"
    assert len(told["suspects"]) == min(1, told["suspects_outside_runs"])


def test_a_table_asks_every_document(call: Call) -> None:
    """The tool gives the record of `evqa table`, and too many questions are refused."""
    table = call("evidence_table", questions=["Which partners does lichen consist of?"])
    assert [(row["source"], row["result"]) for row in table["rows"]] == [
        ("moss.md", "not found"),
        ("lichen.md", "found"),
    ]
    assert "at most 5" in call("evidence_table", questions=["x"] * 6)


def test_an_assistant_is_told_what_a_refusal_means() -> None:
    """Instructions and the tool say "not found", which claims nothing of the article."""
    assert "not found" in INSTRUCTIONS
    assert "not found" in TOOLS["ask"].description
    assert not [name for name, tool in TOOLS.items() if tool.declared.annotations.read_only_hint is not True]  # type: ignore[union-attr]
