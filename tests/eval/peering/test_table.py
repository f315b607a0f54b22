"""The table reads well in a terminal and in Markdown; a row without measures says why."""

from eval.peering.scores import Spread
from eval.peering.table import HEADINGS, PeerRow, PeerTable

SPREAD = Spread(value=0.654, low=0.6, high=1, documents=3)
TABLE = PeerTable(
    documents=("one", "two", "three"),
    answerable=20,
    unanswerable=7,
    printed=5,
    depth=20,
    model="all-minilm-l6-v2",
    rows=(
        PeerRow(peer="evqa", splitting="its passages", lent="–", measures=dict.fromkeys(HEADINGS, SPREAD)),
        PeerRow(peer="Fake", version="1.2", splitting="own", lent="text", reason="can't be installed (a | b)"),
        PeerRow(peer="Fake", version="1.2", system="bm25", splitting="own", lent="text", measures={"hit@1": SPREAD}),
    ),
    versions={"Fake": {"fake": "1.2"}},
)


def test_terminal_lines_are_aligned() -> None:
    """One line a row, as wide as the heading; a missing measure is a dash, a failed row ends with its reason."""
    caption, _, heading, ours, failed, bm25 = TABLE.lines()
    assert "3 documents, 20 answerable questions (5 with printed numbers) and 7 unanswerable" in caption
    assert len(heading) == len(ours) == len(bm25)
    assert ours.split()[:4] == ["evqa", "its", "passages", "0.654"]
    assert failed.endswith("not measured: can't be installed (a | b)")
    assert bm25.split()[-1] == "–"


def test_markdown_has_intervals_and_what_was_lent() -> None:
    """Every row has as many cells as the heading; figures have intervals; a bar in a reason doesn't split a cell."""
    lines = [line for line in TABLE.markdown().splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in lines} == {len(HEADINGS) + 4}
    assert ".65 (.60–1.00)" in lines[2]
    assert "a \\| b" in lines[3]
    assert lines[4].endswith("| text |")


def test_json_holds_everything() -> None:
    """The JSON gives the same table back."""
    assert PeerTable.model_validate_json(TABLE.model_dump_json()) == TABLE
