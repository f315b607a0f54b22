"""The table of peers beside evqa: for a terminal, as Markdown, as JSON."""

from collections.abc import Sequence

from pydantic import Field

from eval.peering.scores import PRINTED, Spread
from evqa.model import Record

HEADINGS = {
    "hit@1": "hit@1",
    "hit@5": "hit@5",
    "in1500c": "in1500c",
    "reference_F1": "ref F1",
    PRINTED: "ref F1, printed",
    "AUROC": "AUROC",
}


class PeerRow(Record):
    """A system with one way of splitting: what was lent to it, and its measures, or the reason why there are none.

    `version` is that of the first of its packages. `by_document` has the measures of each document.
    """

    peer: str
    version: str = ""
    system: str = ""
    splitting: str
    lent: str
    measures: dict[str, Spread] = Field(default_factory=dict)
    by_document: dict[str, dict[str, float]] = Field(default_factory=dict)
    reason: str = ""

    @property
    def title(self) -> str:
        """Peer, version and system."""
        return " ".join(filter(None, (self.peer, self.version, self.system)))


class PeerTable(Record):
    """All rows, evqa's first, with the documents, the numbers of questions, and the packages of every environment."""

    documents: tuple[str, ...]
    answerable: int
    unanswerable: int
    printed: int
    depth: int
    model: str
    rows: tuple[PeerRow, ...]
    versions: dict[str, dict[str, str]] = Field(default_factory=dict)

    def lines(self) -> list[str]:
        """The table for a terminal: aligned columns, one line a system, intervals in the Markdown only."""
        width = max(len(row.title) for row in self.rows)
        wide = max(len(row.splitting) for row in self.rows)
        heading = f"{'system':<{width}}  {'splitting':<{wide}}" + "".join(f"{h:>17}" for h in HEADINGS.values())
        return [self.caption, "", heading, *(_line(row, width, wide) for row in self.rows)]

    @property
    def caption(self) -> str:
        """What was measured."""
        return (
            f"{len(self.documents)} documents, {self.answerable} answerable questions ({self.printed} with printed "
            f"numbers) and {self.unanswerable} unanswerable; model {self.model}; mean over documents, 95 % intervals "
            "by document"
        )

    def markdown(self) -> str:
        """The table in Markdown, with intervals and what was lent."""
        titles = ["system", "splitting", *HEADINGS.values(), "lent"]
        rows = [_row(titles), _row(["---"] * len(titles)), *(_row(_cells(row)) for row in self.rows)]
        return "\n".join([f"{self.caption}.", "", *rows, ""])


def _line(row: PeerRow, width: int, wide: int) -> str:
    start = f"{row.title:<{width}}  {row.splitting:<{wide}}"
    if row.reason:
        return f"{start}  not measured: {row.reason}"
    return start + "".join(f"{_value(row.measures.get(name)):>17}" for name in HEADINGS)


def _value(spread: Spread | None) -> str:
    return f"{spread.value:.3f}" if spread else "–"


def _cells(row: PeerRow) -> Sequence[str]:
    if row.reason:
        measured = [f"not measured: {row.reason}", *[""] * (len(HEADINGS) - 1)]
    else:
        measured = [_with_interval(row.measures.get(name)) for name in HEADINGS]
    return [row.title, row.splitting, *measured, row.lent]


def _with_interval(spread: Spread | None) -> str:
    """ ".65 (.61–.68)": two digits, no leading zero."""
    return f"{_short(spread.value)} ({_short(spread.low)}–{_short(spread.high)})" if spread else "–"


def _short(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
