"""Real and invented articles in JATS, read as files."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from eval.runs.gold import check_anchors, load_gold
from evqa.errors import InputError
from evqa.language.words import squeeze
from evqa.model import Document
from ingest.passages import passages
from ingest.reader import read
from tests.ingest.jatsmade import article, cited, reading, refs, xref

# One of each style: (n), [n] with tables, superscript, bare numbers, author and year.
ARTICLES = ("PMC5545592", "PMC5376420", "PMC6182669", "PMC7908915", "PMC5988758")


@pytest.mark.parametrize("suffix", [".xml", ".nxml", ".XML"])
def test_by_suffix(tmp_path: Path, suffix: str) -> None:
    """Files of both suffixes are read as XML, in capitals too."""
    path = tmp_path / f"salt{suffix}"
    path.write_text(article(f"<p>Salt melts ({xref(1)}).</p>", refs(2)))
    document = read(path)
    assert cited(document) == [("(1)", (1,))]
    assert document.source.media_type == "application/xml"


def _article(shared: Path, name: str) -> tuple[Path, Document]:
    path = shared / "articles" / "xml" / f"{name}.xml"
    if not path.is_file():
        pytest.skip(f"no article {name} in the shared folder")
    return path, read(path)


@pytest.mark.slow
@pytest.mark.parametrize("name", ARTICLES)
def test_real_article(shared: Path, name: str) -> None:
    """All entries are read, each is cited at least as often as it is linked, and all is sound."""
    path, document = _article(shared, name)
    root = etree.parse(path).getroot()
    listed = [str(r.get("id")) for r in root.iter("ref")]
    linked = Counter(
        listed.index(name) + 1 for part in ("body", "floats-group") for e in root.iterfind(part) for name in _linked(e)
    )
    found = Counter(n for c in document.citations for n in c.references)
    assert len(document.references) == len(listed)
    assert all(found[n] >= times for n, times in linked.items())
    assert document.integrity.is_sound
    assert all(document.text[c.start : c.end] == c.marker for c in document.citations)
    assert all(document.text[r.start : r.end] == r.raw for r in document.references)


def _linked(element: "etree._Element") -> list[str]:
    links = [e for e in element.iter("xref") if e.get("ref-type") == "bibr"]
    return [name for e in links for name in str(e.get("rid")).split()]


@pytest.mark.parametrize("name", ["PMC5545592", "PMC5376420", "PMC6182669"])
def test_gold_of_real_reviews(shared: Path, name: str) -> None:
    """Every anchor of the gold set stands once in the text; of each the statement cites at least the gold numbers."""
    _, document = _article(shared, name)
    gold = load_gold(shared / "gold" / f"{name}.dev.jsonl")
    check_anchors(gold, document.text)
    statements = [
        (squeeze(document.text[s.start : s.end]), set(s.references))
        for p in passages(document)
        if p.kind != "reference"
        for s in p.sentences
    ]
    for question in gold:
        for anchor in question.anchors if len(question.anchors) == 1 else ():
            holding = [numbers for text, numbers in statements if anchor in text]
            assert not holding or any(set(question.references) <= numbers for numbers in holding), question.id


SOUND = article(f"<sec><title>Salt</title><p>It melts ({xref(1)}–{xref(3)}).</p></sec>", refs(4)).encode()


@given(st.integers(0, len(SOUND)), st.integers(0, len(SOUND)), st.binary(max_size=6))
def test_damaged_files(start: int, end: int, put: bytes) -> None:
    """A file with a piece cut out or put in is read or refused in one line, never more."""
    data = SOUND[: min(start, end)] + put + SOUND[max(start, end) :]
    try:
        document = reading(data)
    except InputError as error:
        message = str(error)
        assert "\n" not in message
    else:
        assert all(document.text[c.start : c.end] == c.marker for c in document.citations)
