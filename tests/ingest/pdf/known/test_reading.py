"""What pypdf finds in files, sound and hostile, and that nothing it does keeps the pages away."""

import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.pdf.file import extract as extracting
from ingest.pdf.file.extract import Opened, opened
from ingest.pdf.file.process import package_folder
from ingest.pdf.known.reading import read
from ingest.pdf.known.records import UNREAD, Destination, OutlineItem, known_of
from tests.ingest.pdf.linked import at, link, linked_file, named
from tests.ingest.pdf.written import shown

TEXT = shown(b"Ordinary words stand here")
GOTO = b"/A<</S/GoTo/D(cite.1)>>"


def told(data: bytes) -> Opened:
    """A file as the child process tells it."""
    return opened(data, "paper.pdf")


def runs(data: bytes) -> list[tuple[str, str]]:
    """The runs of a file and what they link to."""
    return [(run.text, run.link) for page in told(data).pages for run in page.runs]


@pytest.mark.parametrize(
    ("to", "catalog"),
    [
        (b"/Dest(cite.1)", named(**{"cite.1": at(1, 50, 300)})),
        (GOTO, named(**{"cite.1": b"<</D" + at(1, 50, 300) + b">>"})),
        (b"/Dest/cite.1", b"/Dests<</cite.1" + at(1, 50, 300) + b">>"),
        (b"/Dest" + at(1, 50, 300), b""),
        (b"/A<</S/GoTo/D[0/FitR 50 200 90 300]>>", b""),
    ],
)
def test_links_to_places(to: bytes, catalog: bytes) -> None:
    """A link leads to its place however it names it: by tree, dictionary, action, page object or page number."""
    file = told(linked_file([TEXT], {1: link(40, 690, 400, 715, to)}, catalog))
    (run,) = file.pages[0].runs
    place = file.known.destinations[int(run.link.removeprefix("#"))]
    assert (place.page, place.x, place.y) == (1, 50, 300)
    assert file.known.failed == ()


def test_a_link_covers_a_part_of_a_line() -> None:
    """The run is cut at the edges of the link, and says where it was cut."""
    data = linked_file([shown(b"Words [12] more")], {1: link(86, 690, 95, 715, b"/Dest" + at(1, 0, 99))})
    found = [(run.text, bool(run.link), run.is_joined) for run in told(data).pages[0].runs]
    assert "".join(text for text, _, _ in found) == "Words [12] more"
    assert [text for text, is_linked, _ in found if is_linked] == ["12"]
    assert [is_joined for _, _, is_joined in found] == [False, True, True]


def test_dois_count_and_other_addresses_do_not() -> None:
    """A link to a DOI gives it; one to another site gives nothing."""
    doi = b"/A<</S/URI/URI(https://dx.doi.org/10.1000%2Fwool.7)>>"
    assert runs(linked_file([TEXT], {1: link(40, 690, 400, 715, doi)}))[0][1] == "https://doi.org/10.1000/wool.7"
    other = b"/A<</S/URI/URI(https://example.org/10.1000/wool.7)>>"
    assert runs(linked_file([TEXT], {1: link(40, 690, 400, 715, other)}))[0][1] == ""


def test_a_whole_page_is_no_place() -> None:
    """A destination at the page's upper edge, or beyond it, tells the page only."""
    catalog = named(a=at(1, 0, 800), b=b"[20 0 R/Fit]", c=at(1, 0, 900000), d=at(1, 10, 20))
    found = {place.name: (place.page, place.y) for place in told(linked_file([TEXT], None, catalog)).known.destinations}
    assert found == {"a": (1, None), "b": (1, None), "c": (1, None), "d": (1, 20)}


def test_outline_and_fields() -> None:
    """The outline is told in printed order with its levels; title, authors and DOI come from the fields."""
    more = {
        4: b"<</First 5 0 R/Last 6 0 R/Count 2>>",
        5: b"<</Title(Methods)/Parent 4 0 R/Next 6 0 R/First 7 0 R/Dest%s>>" % at(1, 0, 500),
        6: b"<</Title(Results)/Parent 4 0 R>>",
        7: b"<</Title(Sheep)/Parent 5 0 R/Dest%s>>" % at(1, 0, 400),
    }
    info = b"/Title(Wool)/Author(Ann Doe; Bo Roe)/Subject(Wool 3, doi:10.1000/wool.7)"
    known = told(linked_file([TEXT], None, b"/Outlines 4 0 R", more, info)).known
    assert known.outline == (
        OutlineItem("Methods", 1, 1, 500),
        OutlineItem("Sheep", 2, 1, 400),
        OutlineItem("Results", 1, 0, None),
    )
    assert (known.metadata.title, known.metadata.authors) == ("Wool", ("Ann Doe", "Bo Roe"))
    assert known.metadata.dois == ("10.1000/wool.7",)


HOSTILE = {
    "a names tree that holds itself": (b"/Names<</Dests 4 0 R>>", {4: b"<</Kids[4 0 R 4 0 R]/Names[(cite.1)4 0 R]>>"}),
    "an outline that goes round": (b"/Outlines 4 0 R", {4: b"<</First 5 0 R>>", 5: b"<</Next 5 0 R/First 5 0 R>>"}),
    "a reference to itself": (b"/Names 4 0 R/Outlines 4 0 R/Dests 4 0 R", {4: b"4 0 R"}),
    "values of other kinds": (b"/Names 7/Outlines(x)/Dests[1 2]/Metadata 3 0 R", {}),
    "a page that isn't there": (named(**{"cite.1": b"[99 0 R/XYZ 1 1 0]", "cite.2": b"[7000000/Fit]"}), {}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_read(name: str) -> None:
    """Whatever the file's own knowledge is, its pages are read."""
    catalog, more = HOSTILE[name]
    links = link(40, 690, 400, 715, GOTO) + link(40, 690, 400, 715, b"/Dest 4 0 R")
    assert [text for text, _ in runs(linked_file([TEXT], {1: links}, catalog, more))] == ["Ordinary words stand here"]


@pytest.mark.parametrize(
    "rectangle", [b"[1 2 3]", b"[1e400 0 1 1]", b"[(a)/b null 4]", b"[-9e30 -9e30 9e30 9e30]", b"7", b"[1 1 1 1]"]
)
def test_odd_rectangles(rectangle: bytes) -> None:
    """A link without a sound rectangle covers nothing, one without bounds everything; the words stay."""
    note = b"<</Subtype/Link/Rect%s/Dest%s>>" % (rectangle, at(1, 0, 99))
    assert "".join(text for text, _ in runs(linked_file([TEXT], {1: note}))) == "Ordinary words stand here"


@pytest.mark.slow
def test_a_million_annotations_are_cut() -> None:
    """Of an array without end only its beginning is read."""
    note = b"4 0 R " * 400_000
    more = {4: link(40, 690, 400, 715, b"/Dest" + at(1, 0, 99))}
    file = told(linked_file([TEXT], {1: note}, more=more))
    assert [run.text for run in file.pages[0].runs] == ["Ordinary words stand here"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "body",
    [
        "raise MemoryError",
        "import os\nos.kill(os.getpid(), 9)",
        "while True: pass",
        "def f(): return f()\nf()",
        "x = [bytearray(10**8) for _ in range(99)]",
    ],
)
def test_pages_come_back_whatever_pypdf_does(tmp_path: Path, body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """If pypdf fails, dies, loops, recurses or fills memory, the pages come, and the report says what is missing."""
    reader = f"def PdfReader(data):\n{textwrap.indent(body, '    ')}"
    (tmp_path / "__init__.py").write_text(reader, encoding="utf-8")
    monkeypatch.setattr(extracting, "package_folder", lambda: str(tmp_path))
    file = told(linked_file([TEXT], {1: link(40, 690, 400, 715, b"/Dest" + at(1, 0, 99))}))
    assert [run.text for run in file.pages[0].runs] == ["Ordinary words stand here"]
    assert file.known == UNREAD


def test_a_broken_pypdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """If pypdf can't even be imported, the pages come."""
    (tmp_path / "__init__.py").write_text("import nothing_of_this_name", encoding="utf-8")
    monkeypatch.setattr(extracting, "package_folder", lambda: str(tmp_path))
    assert told(linked_file([TEXT], {1: link(40, 690, 400, 715, b"/Dest" + at(1, 0, 99))})).known == UNREAD


def test_without_pypdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pypdf the pages are read and nothing is known of links."""
    monkeypatch.setattr(extracting, "package_folder", lambda: "")
    assert told(linked_file([TEXT])).known == UNREAD


VALUES = st.recursive(
    st.sampled_from([b"null", b"true", b"3 0 R", b"4 0 R", b"99 0 R", b"/Link", b"(cite.1)", b"-1", b"1e9", b"20 0 R"]),
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda many: b"[" + b" ".join(many) + b"]")
        | st.dictionaries(
            st.sampled_from(
                [b"/D", b"/Dest", b"/A", b"/S", b"/Names", b"/Kids", b"/Rect", b"/Subtype", b"/First", b"/Next"]
            ),
            inner,
            max_size=4,
        ).map(lambda held: b"<<" + b" ".join(key + b" " + value for key, value in held.items()) + b">>")
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(VALUES, VALUES, VALUES)
def test_any_values_give_records(first: bytes, second: bytes, third: bytes) -> None:
    """Whatever stands where links, names and outline are expected, the answer makes records in bounds."""
    data = linked_file([TEXT], {1: first}, b"/Names<</Dests 4 0 R>>/Outlines 5 0 R", {4: second, 5: third})
    answer = read(data, package_folder())
    known = known_of({**answer, "destinations": answer["destinations"]})
    assert all(isinstance(place, Destination) and place.page == 1 for place in known.destinations)
    assert len(answer["links"]) == 1
