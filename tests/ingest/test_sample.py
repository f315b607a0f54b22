"""The built-in sample: complete, in words of its own, and with gold questions that fit it."""

import re
from collections import Counter
from pathlib import Path

import pytest

from eval.runs.gold import GoldQuestion, check_anchors, load_gold
from evqa.language.words import squeeze, words
from evqa.model import Document
from ingest.reader import read
from ingest.sample import sample_path

GOLD = Path(__file__).resolve().parents[2] / "eval" / "gold" / "sample.jsonl"
MARKER = re.compile(r"\((\d{1,2}(?:[–,] ?\d{1,2})*)\)")
ROW = re.compile(r"\||\t")
HEADING = re.compile(r"^#+ (\d) ", re.MULTILINE)
LONGEST_COMMON_RUN = 8


def numbers(printed: str) -> list[int]:
    """Numbers meant by the inside of a marker: "11–13" is [11, 12, 13]."""
    found: list[int] = []
    for part in printed.split(","):
        first, _, last = part.partition("–")
        found.extend(range(int(first), int(last or first) + 1))
    return found


def cited(line: str) -> list[int]:
    """Numbers in the markers of a line, and the number of an entry of the bibliography."""
    entry = [int(number) for number in re.findall(r"^(\d+)\. ", line)]
    return entry or [number for marker in MARKER.finditer(line) for number in numbers(marker[1])]


def body(text: str) -> str:
    """All that stands before the bibliography."""
    return text.split("\n## References", 1)[0]


def sections(text: str) -> dict[str, str]:
    """Text of the numbered sections by number."""
    parts = HEADING.split(body(text))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def places(text: str) -> dict[str, str]:
    """Text by the names that gold evidence uses: "abstract", "4", "Table 1", "Figure 1", "ref 39"."""
    abstract = re.findall(r"^## Abstract\n(.+?)^## ", text, re.MULTILINE | re.DOTALL)
    labelled = re.findall(r"^(TABLE|FIGURE) (\d) (.+(?:\n\n\|.+(?:\n\|.+)*)?)", text, re.MULTILINE)
    entries = re.findall(r"^(\d+)\. (.+)$", text, re.MULTILINE)
    floats = {f"{kind.title()} {number}": content for kind, number, content in labelled}
    return sections(text) | {"abstract": abstract[0]} | floats | {f"ref {number}": entry for number, entry in entries}


def pairs(text: str) -> Counter[tuple[str, int]]:
    """How often a number is cited in each section, table rows apart, by a plain look at the printed markers."""
    return Counter(
        ("row" if ROW.search(line) else section, number)
        for section, content in sections(text).items()
        for line in content.splitlines()
        for number in cited(line)
    )


def own_words(text: str) -> list[str]:
    """Words of the text without the bibliography, the section titles and the line that cites the review."""
    kept = [line for line in body(text).splitlines() if not line.startswith(("Ahn M, Mun J-G", "## "))]
    bare = re.sub(r"</?\w+>|\$", " ", "\n".join(kept))
    return [part for word in words(bare) for part in re.split(r"(alpha|beta|kappa|gamma)", word) if part]


def runs(content: list[str], size: int) -> set[tuple[str, ...]]:
    """Every run of `size` consecutive words."""
    return {tuple(content[start : start + size]) for start in range(len(content) - size + 1)}


def bound(document: Document) -> Counter[tuple[str, int]]:
    """The same count from a read document: its citations by numbered section, table rows apart."""
    return Counter(
        ("row" if citation.where == "table" else section_at(document, citation.start), number)
        for citation in document.citations
        for number in citation.references
    )


def section_at(document: Document, offset: int) -> str:
    """Number of the numbered section that spans an offset."""
    numbered = [one for one in document.sections if one.number and one.start <= offset < one.end]
    return str(numbered[0].number)


@pytest.fixture(scope="module")
def document() -> Document:
    """The built-in sample as the project's own reader understands it."""
    return read(sample_path())


@pytest.fixture(scope="module")
def digest() -> str:
    """Text of the built-in sample."""
    return sample_path().read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def gold() -> tuple[GoldQuestion, ...]:
    """The sample's own gold questions."""
    return load_gold(GOLD)


@pytest.fixture(scope="module")
def review(shared: Path) -> str:
    """Text of the review that the sample digests."""
    return (shared / "review" / "ev-review.md").read_text(encoding="utf-8")


def test_it_says_what_it_is(digest: str) -> None:
    """The title calls it a digest; before the abstract stand the authors, journal, year, DOI and licence."""
    front = digest.split("\n## Abstract", 1)[0]
    assert front.startswith("# A digest of ")
    for fact in ("Ahn M, Mun J-G, Han Y and Seo JH (2025)", "*Front. Immunol.*", "10.3389/fimmu.2025.1601266"):
        assert fact in front
    assert "CC BY 4.0" in front
    assert "not the authors'" in front


def test_it_has_the_sections_of_the_review(digest: str) -> None:
    """Abstract, keywords, sections 1–6 and the bibliography follow each other."""
    titles = re.findall(r"^## (?:(\d) )?(\w+)", digest, re.MULTILINE)
    assert [number for number, _ in titles] == ["", "", "1", "2", "3", "4", "5", "6", ""]
    assert [title for number, title in titles if not number] == ["Abstract", "Keywords", "References"]


def test_its_bibliography_is_complete(digest: str) -> None:
    """The 90 entries are numbered 1–90, each with a year and a DOI."""
    entries = re.findall(r"^(\d+)\. (.+)$", digest.split("\n## References", 1)[1], re.MULTILINE)
    assert [int(number) for number, _ in entries] == list(range(1, 91))
    assert all(re.search(r"\((?:19|20)\d\d\).* doi: 10\.\d{4,}/\S+$", entry) for _, entry in entries)


def test_every_citation_of_the_review_is_there(digest: str) -> None:
    """118 (statement, reference) pairs: 97 in running text and 21 in the rows of Table 1."""
    found = pairs(digest)
    rows = sum(times for (where, _), times in found.items() if where == "row")
    assert (found.total() - rows, rows) == (97, 21)


def test_pairs_stand_in_the_sections_of_the_review(digest: str, review: str) -> None:
    """Each section cites the numbers that the same section of the review cites, as often."""
    assert pairs(digest) == pairs(review)


def test_no_sentence_is_copied(digest: str, review: str) -> None:
    """No nine consecutive words stand in the review as well."""
    size = LONGEST_COMMON_RUN + 1
    assert not runs(own_words(digest), size) & runs(own_words(review), size)


def test_a_copied_run_would_be_found(review: str) -> None:
    """The check for copied runs looks through upper case, markup and LaTeX Greek."""
    assert own_words("<i>Less</i> TNF- $\\alpha$ and CD8<sup>+</sup>") == own_words("less TNF-α AND CD8+")
    copied = next(line for line in review.splitlines() if "$\\alpha$" in line or "$\\alpha $" in line)
    size = LONGEST_COMMON_RUN + 1
    assert runs(own_words(copied.upper()), size) <= runs(own_words(review), size)


def test_gold_has_40_answerable_and_15_unanswerable_questions(gold: tuple[GoldQuestion, ...]) -> None:
    """40 questions have an answer, more than half of them worded far from the text; 15 have none."""
    answerable = [question for question in gold if question.is_answerable]
    assert (len(answerable), len(gold) - len(answerable)) == (40, 15)
    assert sum(question.overlap == "low" for question in answerable) > 20
    assert all(question.answer for question in answerable)


def test_gold_anchors_occur_once(gold: tuple[GoldQuestion, ...], digest: str) -> None:
    """Every anchor has five to ten words and occurs exactly once in the digest."""
    check_anchors(gold, digest)
    lengths = [len(evidence.anchor.split()) for question in gold for evidence in question.evidence]
    assert min(lengths) >= 5
    assert max(lengths) <= 10


def test_gold_evidence_stands_where_it_says(gold: tuple[GoldQuestion, ...], digest: str) -> None:
    """Every anchor is found in the section, table, figure or entry that its evidence names."""
    found = {where: squeeze(content) for where, content in places(digest).items()}
    wrong = [
        (question.id, evidence.where)
        for question in gold
        for evidence in question.evidence
        if squeeze(evidence.anchor) not in found[evidence.where]
    ]
    assert not wrong


def test_gold_references_are_printed_there(gold: tuple[GoldQuestion, ...], digest: str) -> None:
    """The reference numbers of a gold question are printed in the line of the digest that holds its evidence."""
    lines = [(squeeze(line), cited(line)) for line in digest.splitlines()]
    for question in gold:
        near = {number for anchor in question.anchors for line, shown in lines if anchor in line for number in shown}
        assert set(question.references) <= near, question.id


def test_the_reader_understands_it(document: Document) -> None:
    """Read by the project's own reader: 90 references, 118 pairs (97 + 21), nothing missing or unresolved."""
    rows = sum(times for (where, _), times in bound(document).items() if where == "row")
    assert (document.integrity.references, document.integrity.contiguous) == (90, True)
    assert (bound(document).total() - rows, rows) == (97, 21)
    assert document.integrity.citations == 118
    assert document.integrity.is_sound


def test_the_reader_binds_what_is_printed(document: Document, digest: str) -> None:
    """The reader finds the citations that a plain look at the printed markers finds, in the same sections."""
    assert bound(document) == pairs(digest)


def test_the_reader_binds_as_in_the_review(document: Document, shared: Path) -> None:
    """The (section or table, reference) pairs are those that the reader finds in the review itself."""
    assert bound(document) == bound(read(shared / "review" / "ev-review.md"))


def test_the_reader_knows_whom_it_digests(document: Document) -> None:
    """Title, year, DOI, licence and keywords are read from the digest's front matter."""
    assert document.title.startswith("A digest of ")
    assert (document.year, document.DOI) == (2025, "10.3389/fimmu.2025.1601266")
    assert "CC BY 4.0" in (document.license or "").replace("-", " ")
    assert len(document.keywords) == 6


def test_the_reader_finds_tables_and_figure(document: Document) -> None:
    """Table 1 has 21 rows of four cells, Table 2 eight rows of three; Figure 1 has its caption."""
    shapes = {table.label: (len(table.columns), len(table.rows)) for table in document.tables}
    assert shapes == {"Table 1": (4, 21), "Table 2": (3, 8)}
    assert all(all(row.cells) for table in document.tables for row in table.rows)
    assert [figure.label for figure in document.figures] == ["Figure 1"]


def test_gold_anchors_occur_once_in_what_is_read(gold: tuple[GoldQuestion, ...], document: Document) -> None:
    """Every anchor occurs exactly once in the canonical text as well."""
    check_anchors(gold, document.text)
