"""Damaged copies of files."""

import zipfile
from io import BytesIO
from random import Random

import pytest
from lxml import etree

from eval.reading.mutate import (
    CHANGES,
    GROWTH,
    OF_KIND,
    TEXT_CHANGES,
    Change,
    damage_part,
    mutate,
    rearrange,
    rearrange_page,
    rearrange_part,
)
from tests.eval.invented_jats import JATS, MARKDOWN
from tests.ingest.docx.worddocs import packed

CASES = [JATS.encode(), MARKDOWN.encode(), b"%PDF-1.4 \x00\xff", b"a", b""]


@pytest.mark.parametrize(
    "change", [*CHANGES, *TEXT_CHANGES, rearrange, rearrange_page], ids=lambda change: change.__name__
)
def test_every_change_takes_any_bytes(change: Change) -> None:
    """Whatever the file holds, nothing at all included, a change gives bytes; and often other ones."""
    changed = [change(data, other, Random(n)) for n in range(20) for data in CASES for other in CASES]
    assert all(isinstance(data, bytes) for data in changed)
    assert sum(change(CASES[0], CASES[1], Random(n)) != CASES[0] for n in range(20)) >= 5


@pytest.mark.slow
def test_a_mutant_is_bounded_and_the_same_again() -> None:
    """The same random numbers give the same copy, its changes are named, it doesn't grow without end."""
    for kind in OF_KIND:
        for n in range(60):
            once, again = (mutate(CASES[0], CASES[1], kind, Random(n)) for _ in range(2))
            assert once == again
            assert 1 <= len(once[1]) <= 4
            assert len(once[0]) <= len(CASES[0]) + GROWTH


def test_word_documents_are_damaged_inside() -> None:
    """The parts of a Word document are damaged and packed again, so that most copies can still be unpacked."""
    data = packed("<w:p><w:r><w:t>Salt melts.</w:t></w:r></w:p>" * 9)
    for change in (rearrange_part, damage_part):
        changed = [change(data, b"", Random(n)) for n in range(10)]
        assert len(set(changed)) > 5
        assert all(zipfile.is_zipfile(BytesIO(copy)) for copy in changed)


def test_elements_are_rearranged_into_other_xml() -> None:
    """What comes of rearranging elements is well-formed as a rule, and another document."""
    changed = [rearrange(CASES[0], b"", Random(n)) for n in range(20)]
    assert all(etree.fromstring(data, etree.XMLParser(huge_tree=True)) is not None for data in changed)
    assert len(set(changed)) == 20
