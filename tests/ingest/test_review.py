"""The real review, read in full."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evqa.language.words import squeeze
from evqa.model import Document, Passage
from ingest.integrity import statement_pairs
from ingest.passages import passages
from ingest.reader import read


@pytest.fixture(scope="module")
def found(review: Document) -> tuple[Passage, ...]:
    """The review's passages."""
    return passages(review)


def test_the_title_page_is_understood(review: Document) -> None:
    """Title, authors, year, DOI and licence are those of the publisher."""
    assert review.title.startswith("Cancer cell-derived extracellular vesicles")
    assert [n.family for n in review.author] == ["Ahn", "Mun", "Han", "Seo"]
    assert (review.year, review.DOI, review.license) == (2025, "10.3389/fimmu.2025.1601266", "CC BY 4.0")
    assert len(review.keywords) == 6


def test_the_bibliography_is_whole(review: Document) -> None:
    """90 entries numbered 1 to 90, each with authors, title, container, year, volume and DOI."""
    assert [r.number for r in review.references] == list(range(1, 91))
    fields = ("author", "title", "container_title", "year", "volume", "DOI")
    assert not [(r.number, f) for r in review.references for f in fields if not getattr(r, f)]


def test_every_pair_is_found(review: Document) -> None:
    """118 pairs of statement and reference: 97 in running text, 21 table rows; nothing unresolved or never cited."""
    assert review.integrity.citations == 118
    in_table = [c for c in review.citations if c.where == "table"]
    assert len(statement_pairs(in_table, review.tables)) == 21
    assert review.integrity.is_sound
    assert review.integrity.never_cited == ()


def test_lookalikes_are_rejected(review: Document) -> None:
    """Sizes, the year and volume and page of the title page are listed as no citations."""
    reasons = {r.marker: r.reason for r in review.rejected}
    assert {"(30–150 nm)", "(100–1,000 nm)", "(2025)", "16:1601266"} <= reasons.keys()
    assert reasons["(2025)"] == "year"


def test_sections_are_those_printed(review: Document) -> None:
    """Abstract and sections 1 to 6 stand on one level, and so do the statements behind them."""
    titles = [(s.number, s.level) for s in review.sections]
    assert titles[:7] == [(None, 1), *((str(n), 1) for n in range(1, 7))]
    names = [s.title for s in review.sections[7:]]
    assert names[-3:] == ["References", "Generative AI statement", "Publisher's note"]


def test_tables_have_their_rows(review: Document) -> None:
    """Both tables by row with their columns; an empty first cell takes the one above."""
    first, second = review.tables
    assert (first.label, len(first.columns), len(first.rows)) == ("Table 1", 4, 21)
    assert (second.label, len(second.columns), len(second.rows)) == ("Table 2", 3, 8)
    assert all(row.cells[0] for row in second.rows)
    assert [f.label for f in review.figures] == ["Figure 1"]


def test_cut_sentences_are_whole(found: tuple[Passage, ...]) -> None:
    """Sentences cut by a page, a column, a table or figures are one passage each."""
    texts = [p.text for p in found if p.kind == "prose"]
    for words in ("metastatic dissemination (1)", "restore T-cell function", "T cell proliferation (49)",
                  "inhibitory signals that suppress", "leading to inconsistencies across"):  # fmt: skip
        assert sum(words in text for text in texts) == 1, words


def test_greek_is_written_as_characters(review: Document) -> None:
    """No formula, tag or emphasis is left."""
    for words in ("factor-1α (HIF-1α)", "α6β4 and α6β1", "TGF-β, and IL-10", "HSP90α", "CD8+ T"):
        assert words in review.text, words
    assert not [mark for mark in ("$", "<sup>", "<i>", "\\", "**") if mark in review.text]


def test_offsets_slice_back(review: Document, found: tuple[Passage, ...]) -> None:
    """Every passage, marker and entry is the text at its offsets."""
    assert all(review.text[p.start : p.end] == p.text for p in found)
    assert all(review.text[c.start : c.end] == c.marker for c in review.citations)
    assert all(review.text[r.start : r.end] == r.raw for r in review.references)
    kinds = Counter(p.kind for p in found)
    assert (kinds["table_row"], kinds["reference"]) == (29, 90)


def kind_of(where: str) -> str:
    """The kind of passage that a gold anchor's place means."""
    named = {"Tab": "table_row", "Fig": "caption", "ref": "reference", "abs": "abstract"}
    return named.get(where[:3], "prose")


def gold(shared: Path) -> Iterator[dict[str, Any]]:
    """The answerable questions."""
    lines = (shared / "gold" / "ev-review.dev.jsonl").read_text(encoding="utf-8").splitlines()
    return (q for q in map(json.loads, lines) if q.get("evidence"))


def test_gold_anchors_lie_in_one_passage(shared: Path, review: Document, found: tuple[Passage, ...]) -> None:
    """Every anchor occurs once, within one passage of its kind; a lone one's passage has the gold's references."""
    text, squeezed = squeeze(review.text), [squeeze(p.text) for p in found]
    for question in gold(shared):
        for evidence in question["evidence"]:
            anchor = squeeze(evidence["anchor"])
            hits = [p for p, words in zip(found, squeezed, strict=True) if anchor in words]
            assert text.count(anchor) == 1
            assert [p.kind for p in hits] == [kind_of(evidence["where"])]
            if len(question["evidence"]) == 1:
                numbers = {n for p in hits for s in p.sentences for n in (*s.references, *s.carried)}
                assert sorted(numbers) == sorted(question["references"])


def test_reading_is_fast(shared: Path) -> None:
    """The review is read and cut into passages within a second (three here, for busy machines)."""
    start = time.perf_counter()
    passages(read(shared / "review" / "ev-review.md"))
    assert time.perf_counter() - start < 3
