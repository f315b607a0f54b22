"""A collection by Zotero's local interface."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.enrichment.client import Limits
from api.intake.found_files import Refused
from api.libraries.zotero import zotero_collection
from evqa.errors import InputError, UsageError
from evqa.settings import Settings
from tests.api.libraries.desk import Desk, Fault, attachment, collection, opened_desk, says, work
from tests.api.running import Run
from tests.ingest.pdf.wool import wool


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A collection "Thesis" with a work that has a PDF and one without, and another within it with a second PDF."""
    with opened_desk() as desk:
        desk.collections = [
            collection("COLLAAAA", "Thesis"),
            collection("COLLBBBB", "Methods", "COLLAAAA"),
            collection("COLLCCCC", "Methods"),
        ]
        desk.items = [
            work("ITEMAAAA", "Wool on the quay", ["COLLAAAA"]),
            attachment("FILEAAAA", "ITEMAAAA", "wool.pdf"),
            work("ITEMBBBB", "Salt on the quay", ["COLLBBBB"]),
            attachment("FILEBBBB", "ITEMBBBB", "salt.pdf", linkMode="linked_file"),
            work("ITEMNONE", "Tar, a book", ["COLLAAAA"], itemType="book"),
        ]
        desk.files = {key: stored(tmp_path, key) for key in ("FILEAAAA", "FILEBBBB")}
        # A comment behind the end of a PDF makes it another file.
        desk.files["FILEBBBB"].write_bytes(wool() + b"%\n")
        yield desk


def stored(folder: Path, key: str) -> Path:
    """A PDF where Zotero keeps it, in a folder whose name is no part of an address as it stands."""
    path = folder / "Zotero #1 ü" / key / "Fenwick – 50% wool.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(wool())
    return path


def settings(desk: Desk) -> Settings:
    """Settings by which the desk is asked."""
    return Settings(zotero=desk.address)


def refusal(desk: Desk, limits: Limits | None = None) -> str:
    """What is said when the collection can't be had."""
    with pytest.raises(InputError) as raised:
        zotero_collection("Thesis", settings(desk), *([limits] if limits else []))
    return str(raised.value)


def test_a_collection_gives_files_and_entries(desk: Desk) -> None:
    """Also of collections within it and of files that are only linked; each under its key, with its work and a link."""
    taken = zotero_collection("Thesis", settings(desk))
    first, second = taken.given.found.files
    assert (first, second) == (desk.files["FILEAAAA"], desk.files["FILEBBBB"])
    assert taken.given.names[first] == f"FILEAAAA/{first.name}"
    entry = taken.given.entry_of(first, None)  # type: ignore[arg-type]
    assert entry is not None
    assert entry.model_dump() == {
        "source": "zotero",
        "key": "ITEMAAAA",
        "attachment": "FILEAAAA",
        "collection": "COLLAAAA",
        "link": "zotero://open-pdf/library/items/FILEAAAA",
        "title": "Wool on the quay",
        "author": ({"family": "Moss", "given": "Ada"},),
        "year": 2014,
        "DOI": "10.1000/itemaaaa",
        "tags": ("wet",),
    }
    assert taken.notes == ("Tar, a book: left out, Zotero has no PDF of it (no file at all)",)
    assert all(path.startswith("/api/users/0/") for path in desk.asked)


@pytest.mark.parametrize("wanted", ["Thesis", "thesis", "COLLAAAA", "My Library", "My Library/Thesis"])
def test_a_collection_is_named_as_one_likes(desk: Desk, wanted: str) -> None:
    """By name whatever its case, by key, by path, or the whole library."""
    assert len(zotero_collection(wanted, settings(desk)).given.found.files) == 2


def test_a_collection_within_another(desk: Desk) -> None:
    """A path tells two of the same name apart; the name alone is refused with both keys."""
    assert zotero_collection("Thesis/Methods", settings(desk)).given.found.files == [desk.files["FILEBBBB"]]
    with pytest.raises(UsageError, match=r"several .*COLLBBBB.*COLLCCCC"):
        zotero_collection("Methods", settings(desk))


def test_an_unknown_collection_is_met_with_those_there_are(desk: Desk) -> None:
    """The nearest is proposed."""
    with pytest.raises(UsageError, match=r"there is My Library, Thesis, Methods; did you mean Thesis\?"):
        zotero_collection("Theses", settings(desk))


def test_what_is_missing_is_told_and_the_rest_goes_on(desk: Desk, tmp_path: Path) -> None:
    """A file that is gone is an error of its own; one that Zotero can't place, and a link to a page, are named."""
    desk.items += [
        work("ITEMGONE", "Gone", ["COLLAAAA"]),
        attachment("FILEGONE", "ITEMGONE", "gone.pdf"),
        work("ITEMLOST", "Lost", ["COLLAAAA"]),
        attachment("FILELOST", "ITEMLOST", "lost.pdf"),
        work("ITEMPAGE", "Page", ["COLLAAAA"]),
        attachment("FILEPAGE", "ITEMPAGE", "", linkMode="linked_url", title="The page"),
        work("ITEMODD1", "Odd", ["COLLAAAA"]),
        attachment("FILEODD1", "ITEMODD1", "odd.pdf"),
    ]
    desk.files |= {"FILEGONE": tmp_path / "gone.pdf", "FILEODD1": tmp_path / "passwords.txt"}
    (tmp_path / "passwords.txt").write_text("secret")
    taken = zotero_collection("Thesis", settings(desk))
    (gone,) = (each for each in taken.given.found.items if isinstance(each, Refused))
    assert "the file of 'Gone' isn't there" in str(gone.error)
    assert len(taken.given.found.files) == 2
    assert [note.split(":")[0] for note in taken.notes] == ["Tar, a book", "Lost", "Page", "Odd"]


def test_of_several_files_the_first_is_the_work(desk: Desk, tmp_path: Path) -> None:
    """A supplement doesn't get the work's title and DOI, a file without a work neither; both can be opened."""
    desk.items += [
        attachment("FILESUPP", "ITEMAAAA", "supplement.pdf", dateAdded="2025-01-01T00:00:00Z"),
        attachment("FILEBARE", "", "bare.pdf", collections=["COLLAAAA"]),
    ]
    desk.files |= {key: stored(tmp_path, key) for key in ("FILESUPP", "FILEBARE")}
    taken = zotero_collection("Thesis", settings(desk)).given
    entries = {each.attachment: each for path in taken.found.files if (each := taken.entry_of(path, None))}  # type: ignore[arg-type]
    assert entries["FILEAAAA"].title == "Wool on the quay"
    assert (entries["FILESUPP"].title, entries["FILEBARE"].title) == (None, None)
    assert entries["FILEBARE"].link == "zotero://open-pdf/library/items/FILEBARE"


def test_a_group_is_a_library_of_its_own(desk: Desk) -> None:
    """Its files open in the group."""
    desk.groups = [{"id": 42, "data": {"name": "Lab"}}]
    desk.items = [work("ITEMAAAA", "Wool"), attachment("FILEAAAA", "ITEMAAAA", "wool.pdf")]
    with pytest.raises(UsageError, match="no such collection"):
        zotero_collection("Lob", settings(desk))
    assert zotero_collection("Lab", settings(desk)).given.found.files == []
    assert any(path.startswith("/api/groups/42/items/top") for path in desk.asked)


def test_a_large_collection_is_asked_in_parts(desk: Desk) -> None:
    """Every item comes, each once."""
    desk.items = [work(f"ITEM{number:04}", f"Work {number}", ["COLLAAAA"]) for number in range(250)]
    for each in desk.items:
        each["meta"]["numChildren"] = 0
    assert len(zotero_collection("Thesis", settings(desk)).notes) == 250


def test_collections_that_hold_each_other_end(desk: Desk) -> None:
    """A circle, which Zotero doesn't make, hangs nothing."""
    desk.collections = [collection("COLLAAAA", "Thesis", "COLLBBBB"), collection("COLLBBBB", "Methods", "COLLAAAA")]
    assert len(zotero_collection("Thesis", settings(desk)).given.found.files) == 2


def test_zotero_that_does_not_run_is_told() -> None:
    """One line says what to do."""
    with opened_desk() as gone:
        pass
    said = refusal(gone)
    assert said.startswith("Zotero isn't running, or its local interface is off: no answer from http://127.0.0.1:")
    assert "allow other applications" in said


def test_an_interface_that_is_off_is_told(desk: Desk) -> None:
    """Zotero says so by 403."""
    desk.faults.append(says(403, b"Local API is not enabled"))
    assert refusal(desk).startswith("Zotero isn't running, or its local interface is off: ")


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (200, b"<!doctype html><title>no</title>", "a web page instead of JSON"),
        (200, b'[{"key": "COLL', "no JSON, or cut off"),
        (500, b"", "no answer: status 500"),
        (501, b"API version not implemented", "no answer: status 501"),
        (400, b"bad", "it refuses to answer: status 400"),
    ],
)
def test_a_reply_that_is_none_is_told(desk: Desk, status: int, body: bytes, said: str) -> None:
    """Whatever comes in its place, in one line that names the address."""
    desk.faults.append(says(status, body))
    told = refusal(desk)
    assert said in told
    assert desk.address in told


def test_what_zotero_does_not_find_is_no_empty_collection(desk: Desk) -> None:
    """Its own word for that ends the run, so that no document seems to have left the library."""
    fine: list[Fault] = [says(200, json.dumps(each).encode()) for each in (desk.collections, [])]
    desk.faults.extend([*fine, says(404, b"Not found")])
    assert "it doesn't find users/0/collections/COLLAAAA/items/top: status 404" in refusal(desk)


def test_a_zotero_without_groups_has_none(desk: Desk) -> None:
    """Where it doesn't know the address of groups, the user's own library is still given."""
    desk.faults.extend([says(200, json.dumps(desk.collections).encode()), says(404, b"Not found")])
    assert len(zotero_collection("Thesis", settings(desk)).given.found.files) == 2


def test_a_collection_without_a_pdf_is_refused_with_what_it_holds(
    asked: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was left out is said before."""
    monkeypatch.setenv("EVQA_ZOTERO", desk.address)
    desk.items = [each for each in desk.items if each["key"] == "ITEMNONE"]
    ran = asked("ingest", "--zotero", "Thesis", "--corpus", "bare")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.index("Tar, a book: left out") < ran.err.index("no PDF in this collection")


def test_a_huge_reply_is_not_read(desk: Desk) -> None:
    """Reading ends at the limit."""
    desk.faults.append(says(200, b"[" + b" " * 5000 + b"]"))
    assert "more than 1,000 bytes" in refusal(desk, Limits(most_bytes=1000))


def test_a_slow_reply_is_given_up(desk: Desk) -> None:
    """Waiting ends at the limit."""
    desk.faults.append(lambda _: time.sleep(0.5))
    assert "timed out after 0.1 s" in refusal(desk, Limits(whole=0.1))


def test_another_host_is_not_followed(desk: Desk) -> None:
    """A redirect away from Zotero's address ends the run."""

    def away(handler: object) -> None:
        handler.send_response(302)  # type: ignore[attr-defined]
        handler.send_header("Location", "http://192.0.2.1/api/users/0/groups")  # type: ignore[attr-defined]
        handler.send_header("Content-Length", "0")  # type: ignore[attr-defined]
        handler.end_headers()  # type: ignore[attr-defined]

    desk.faults.append(away)
    assert "a redirect to another host" in refusal(desk)


@pytest.mark.parametrize(
    "reply", [b"{}", b"[1, null, []]", b'[{"key": "../../etc", "data": {"name": "x"}}]', b'[{"key": 1, "data": 2}]']
)
def test_odd_replies_hold_nothing(desk: Desk, reply: bytes) -> None:
    """What isn't a collection isn't one."""
    desk.faults.extend([says(200, reply), says(200, reply)])
    with pytest.raises(UsageError, match="there is My Library; "):
        zotero_collection("Thesis", settings(desk))


@pytest.mark.slow
def test_a_collection_is_ingested_and_followed(asked: Run, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries name the documents, answers link back to the page, what hasn't changed isn't read again, what has is, and
    what was taken out of the collection is named and stays."""
    monkeypatch.setenv("EVQA_ZOTERO", desk.address)
    command = ("ingest", "--zotero", "Thesis", "--corpus", "zotero")
    first = asked(*command, "--json")
    assert (first.code, [each["state"] for each in first.json]) == (0, ["new", "new"])
    assert [each["title"] for each in first.json] == ["Wool on the quay", "Salt on the quay"]
    assert "Tar, a book: left out" in first.err
    answer = asked("ask", "When is every hull tarred?", "--corpus", "zotero", "--json").json
    passage = next(each for each in answer["passages"] if each["id"] == answer["claims"][0]["passage"])
    assert passage["link"] == f"{passage['document']['link']}?page={passage['page']}"
    assert passage["document"]["link"].startswith("zotero://open-pdf/library/items/FILE")
    assert passage["link"] in asked("ask", "When is every hull tarred?", "--corpus", "zotero").out
    assert [each["state"] for each in asked(*command, "--json").json] == ["unchanged", "unchanged"]
    desk.items[0]["data"]["title"] = "Wool, anew"
    again = asked(*command, "--json").json
    assert [(each["state"], each["embedded"]) for each in again] == [("changed", 0), ("unchanged", 0)]
    desk.items = [each for each in desk.items if "BBBB" not in each["key"]]
    ran = asked(*command)
    name = f"FILEBBBB/{desk.files['FILEBBBB'].name}"
    assert f"{name}: no longer in the library that it came from" in ran.err
    assert asked("remove", name, "--corpus", "zotero").code == 0
    assert "no longer" not in asked(*command).err


def test_paths_and_a_collection_are_not_given_together(asked: Run, moss: Path) -> None:
    """Nor neither of them."""
    for arguments in ((moss, "--zotero", "Thesis"), ()):
        ran = asked("ingest", *arguments)
        assert (ran.code, "either PATH or --zotero" in ran.err) == (2, True)


def test_an_address_with_a_password_is_refused(asked: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The setting takes a plain base address."""
    monkeypatch.setenv("EVQA_ZOTERO", "http://ada:secret@127.0.0.1")
    ran = asked("ingest", "--zotero", "Thesis")
    assert (ran.code, "EVQA_ZOTERO" in ran.err, "secret" in ran.err) == (2, True, False)
