"""Documents and bibliography entries as resources."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from mcp import MCPError, types

from api.http.served import Service
from api.mcp.resources import listed_resources, read_resource
from evqa.settings import Settings


@pytest.fixture(scope="module")
def service(plants_home: Path) -> Iterator[Service]:
    """A service over the corpus of two reviews."""
    made = Service(Settings(home=str(plants_home)))
    yield made
    made.close()


def text_of(service: Service, address: str) -> str:
    """What stands under an address."""
    (content,) = anyio.run(read_resource, service, address).contents
    assert isinstance(content, types.TextResourceContents)
    assert content.uri == address
    return content.text


def test_documents_and_their_lists_can_be_read(service: Service) -> None:
    """Each document and each bibliography is listed under its title, and reads as it stands."""
    listed = anyio.run(listed_resources, service, None)
    assert [each.name for each in listed.resources] == [
        "moss.md", "moss.md: references", "lichen.md", "lichen.md: references",
    ]  # fmt: skip
    assert listed.next_cursor is None
    document, bibliography = listed.resources[2:]
    assert document.title == "Lichen on roofs: a short review"
    assert "Sulphur dioxide kills most species within a year (2, 3)." in text_of(service, document.uri)
    entries = text_of(service, bibliography.uri)
    assert "[4] Jones J. Marble under lichen." in entries
    assert "none of these was checked for retraction" in entries
    entry = json.loads(text_of(service, f"{bibliography.uri}/4"))
    assert (entry["DOI"], entry["statements"][0]["text"]) == (
        "10.1000/lichen.4",
        "Acids of lichen eat into marble and limestone (4).",
    )
    assert text_of(service, "evqa://corpora/plants/documents/lichen.md") == text_of(service, document.uri)


def test_a_page_is_a_corpus(plants_home: Path, tmp_path: Path) -> None:
    """With several corpora the cursor leads from one to the next, and to the rest of a large one."""
    shutil.copytree(plants_home, tmp_path / "home", symlinks=True)
    shutil.copytree(plants_home / "corpora" / "plants", tmp_path / "home" / "corpora" / "again")
    service = Service(Settings(home=str(tmp_path / "home")))
    try:
        first = anyio.run(listed_resources, service, None)
        second = anyio.run(listed_resources, service, first.next_cursor)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("api.mcp.resources.MOST", 1)
            assert anyio.run(listed_resources, service, None).next_cursor == "again/1"
    finally:
        service.close()
    assert [each.uri.split("/")[3] for each in (first.resources[0], second.resources[0])] == ["again", "plants"]
    assert (first.next_cursor, second.next_cursor) == ("plants/0", None)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("evqa://corpora/plants/documents/fern", "Moss on stones"),
        ("evqa://corpora/plants/documents/moss.md/references/9", "1 to 4"),
        ("evqa://corpora/nowhere/documents/moss.md", "no corpus 'nowhere'"),
        ("evqa://corpora/..%2f..%2fetc/documents/x", "1 to 64"),
        ("evqa://corpora/plants", "no resource"),
        ("file:///etc/passwd", "no resource"),
    ],
)
def test_what_is_not_there(service: Service, address: str, words: str) -> None:
    """An address of nothing is an error of the protocol that says what there is; none leads out of the corpora."""
    with pytest.raises(MCPError, match=re.escape(words)):
        anyio.run(read_resource, service, address)


@pytest.mark.parametrize("cursor", ["x", "plants/-1", "nowhere/0", "plants/²"])
def test_a_wrong_cursor(service: Service, cursor: str) -> None:
    """What isn't a cursor is refused."""
    with pytest.raises(MCPError, match="no cursor"):
        anyio.run(listed_resources, service, cursor)
