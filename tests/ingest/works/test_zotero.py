"""Replies of Zotero's local interface."""

from typing import Any

import pytest

from ingest.works.libraries import bibtex_items
from ingest.works.zotero import Attachment, Item, collections_in, items_in


def reply(**data: Any) -> list[dict[str, Any]]:
    """A reply of one item."""
    return [{"key": "ABCD2345", "data": {"itemType": "journalArticle", "title": "Moss"} | data}]


def item(**data: Any) -> Item:
    """The work in a reply of one."""
    (found,) = items_in(reply(**data))
    assert isinstance(found, Item)
    return found


@pytest.mark.parametrize(
    ("date", "year"), [("2014", 2014), ("May 3, 2014", 2014), ("2014-05-03", 2014), ("14", None), (7, None), ("", None)]
)
def test_a_date_is_written_as_one_likes(date: Any, year: int | None) -> None:
    """The year is the first number that can be one."""
    assert item(date=date).entry.year == year


def test_authors_and_editors() -> None:
    """Authors count, else editors; an institution has one name; translators write nothing."""
    creators = [
        {"creatorType": "editor", "firstName": "Eva", "lastName": "Fern"},
        {"creatorType": "translator", "name": "T"},
    ]
    assert [name.family for name in item(creators=creators).entry.author] == ["Fern"]
    creators.append({"creatorType": "author", "name": "Moss Society"})
    assert [name.literal for name in item(creators=creators).entry.author] == ["Moss Society"]


def test_a_doi_may_stand_among_the_extras() -> None:
    """As Zotero keeps it for kinds of items that have no field for it."""
    assert item(extra="PMID: 1\nDOI: 10.1000/Moss").entry.DOI == "10.1000/moss"
    assert item(DOI="https://doi.org/10.1000/Moss").entry.DOI == "10.1000/moss"
    assert item(DOI="none").entry.DOI is None


def test_notes_and_what_lies_in_the_bin_are_left_out() -> None:
    """They are neither works nor files."""
    for data in ({"itemType": "note"}, {"itemType": "annotation"}, {"deleted": 1}):
        assert list(items_in(reply(**data))) == []


@pytest.mark.parametrize(
    ("data", "is_pdf", "is_file"),
    [
        ({"contentType": "application/pdf", "linkMode": "imported_file"}, True, True),
        ({"contentType": "", "path": "C:\\papers\\moss.PDF", "linkMode": "linked_file"}, True, True),
        ({"contentType": "text/html", "filename": "moss.html", "linkMode": "imported_url"}, False, True),
        ({"contentType": "application/pdf", "linkMode": "linked_url"}, True, False),
    ],
)
def test_files_are_told_apart(data: dict[str, Any], is_pdf: bool, is_file: bool) -> None:
    """PDFs from others, files from links to pages; a linked file's name is the last part of its path."""
    (found,) = items_in(reply(itemType="attachment", **data))
    assert isinstance(found, Attachment)
    assert (found.is_pdf, found.is_file) == (is_pdf, is_file)
    assert "\\" not in found.filename


@pytest.mark.parametrize("odd", [None, {}, [], [1], [{"key": "x"}], [{"key": "../../../e", "data": {"name": "n"}}]])
def test_anything_else_holds_nothing(odd: Any) -> None:
    """Replies that are none, and keys that Zotero doesn't make."""
    assert [*items_in(odd), *collections_in(odd)] == []


@pytest.mark.parametrize(
    ("field", "paths"),
    [
        ("Full Text:files/1/moss, wet.pdf:application/pdf", ("files/1/moss, wet.pdf",)),
        ("PDF:a.pdf:application/pdf;Snapshot:b.html:text/html", ("a.pdf", "b.html")),
        ("/home/ada/moss.pdf", ("/home/ada/moss.pdf",)),
        (":home/ada/moss.pdf:pdf", ("home/ada/moss.pdf",)),
        (r"PDF:C\:\\papers\\moss.pdf:application/pdf", ("C:\\papers\\moss.pdf",)),
        (r"a\;b.pdf", ("a;b.pdf",)),
        ("a_b%20c.pdf", ("a_b%20c.pdf",)),
    ],
)
def test_files_of_bibtex_as_programs_write_them(field: str, paths: tuple[str, ...]) -> None:
    """Zotero, Better BibTeX, Mendeley and JabRef each have a way of their own."""
    (found,) = bibtex_items(f"@article{{a, title={{Moss}}, file = {{{field}}}}}".encode(), "a.bib")
    assert (found.key, found.files) == ("a", paths)
