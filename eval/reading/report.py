"""Print the reader benchmark: one line for each format and citation style, then the worst articles."""

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence

from eval.reading.abbreviations import Score
from eval.reading.process import Outcome
from eval.reading.score import ArticleScore, Share
from evqa.model import Record

WORST = 20
LISTED = 14
ALL, LINKED, UNLINKED = "all", "with links", "without"


class MeasuredFile(Record):
    """One file of an article: the outcome of reading it, its cost, and its score.

    `seconds` and `cpu` are the time from file to document. `pages` is None unless it is a PDF, and so is
    `is_linked`: whether it links its markers to its entries. `doubts` counts the markers of the XML that print
    something else than the entry they name.
    """

    pmc: str
    format: str
    style: str
    outcome: Outcome
    message: str
    seconds: float
    cpu: float
    megabytes: float
    pages: int | None
    doubts: int
    is_linked: bool | None = None
    score: ArticleScore

    @property
    def is_read(self) -> bool:
        """Whether reading it gave a document."""
        return self.outcome == "read"


Rows = Sequence[MeasuredFile]


def total(shares: Iterable[Share]) -> Share:
    """The sum of all shares."""
    return sum(shares, Share())


def links(rows: Rows) -> Score:
    """The links of all articles together (micro average)."""
    scores = [row.score.links for row in rows]
    return Score(sum(s.right for s in scores), sum(s.found for s in scores), sum(s.true for s in scores))


def _share(share: Share) -> str:
    return "–" if share.value is None else f"{share.value:.3f}"


def _rate(rows: Rows, cost: Callable[[MeasuredFile], float]) -> str:
    paged = [row for row in rows if row.pages and row.is_read]
    spent = sum(map(cost, paged))
    return f"{sum(row.pages or 0 for row in paged) / spent:.1f}" if spent else "–"


def _median_rate(rows: Rows) -> str:
    rates = [row.pages / row.seconds for row in rows if row.pages and row.is_read and row.seconds]
    return f"{statistics.median(rates):.1f}" if rates else "–"


COLUMNS: Mapping[str, tuple[int, Callable[[Rows], str]]] = {
    "read": (9, lambda rows: f"{sum(r.is_read for r in rows)}/{len(rows)}"),
    "list": (9, lambda rows: f"{sum(r.score.is_exact for r in rows)}/{len(rows)}"),
    "titles": (8, lambda rows: _share(total(r.score.titles for r in rows))),
    "DOIs": (7, lambda rows: _share(total(r.score.dois for r in rows))),
    "printed": (9, lambda rows: _share(total(r.score.printed_dois for r in rows))),
    "wrong": (7, lambda rows: str(sum(r.score.wrong_dois for r in rows))),
    "links P": (8, lambda rows: f"{links(rows).precision:.4f}"),
    "R": (8, lambda rows: f"{links(rows).recall:.4f}"),
    "F1": (8, lambda rows: f"{links(rows).f1:.4f}"),
    "macro": (8, lambda rows: f"{statistics.mean(r.score.links.f1 for r in rows):.4f}"),
    "context": (9, lambda rows: _share(total(r.score.context for r in rows))),
    "exact": (7, lambda rows: _share(total(r.score.exact_context for r in rows))),
    "sentence": (10, lambda rows: _share(total(r.score.sentences for r in rows))),
    "s/file": (8, lambda rows: f"{statistics.median(r.seconds for r in rows):.2f}"),
    "pages/s": (9, lambda rows: _rate(rows, lambda r: r.seconds)),
    "median": (8, _median_rate),
    "p/cpu-s": (9, lambda rows: _rate(rows, lambda r: r.cpu)),
    "MB": (5, lambda rows: f"{max(r.megabytes for r in rows):.0f}"),
}


def render(rows: Rows) -> str:
    """The whole report; empty if nothing was measured."""
    parts = [_table(rows), _failures(rows), _worst(rows), _doubtful(rows)]
    return "\n\n".join(part for part in parts if part)


def _table(rows: Rows) -> str:
    heads = f"{'format':7}{'style':13}" + "".join(f"{name:>{width}}" for name, (width, _) in COLUMNS.items())
    return "\n".join([heads, *(_line(*group) for group in groups(rows))])


def groups(rows: Rows) -> list[tuple[str, str, Rows]]:
    """(format, style, rows) for each style of each format, then for PDFs with links and without, then for all."""
    found: list[tuple[str, str, Rows]] = []
    for name in dict.fromkeys(row.format for row in rows):
        of_format = [row for row in rows if row.format == name]
        styles = sorted({row.style for row in of_format})
        found += [(name, style, [r for r in of_format if r.style == style]) for style in styles]
        for told, linked in ((LINKED, True), (UNLINKED, False)):
            if rows_told := [row for row in of_format if row.is_linked is linked]:
                found.append((name, told, rows_told))
        found.append((name, ALL, of_format))
    return found


def _line(name: str, style: str, rows: Rows) -> str:
    return f"{name:7}{style:13}" + "".join(f"{show(rows):>{width}}" for width, show in COLUMNS.values())


def _failures(rows: Rows) -> str:
    lines = [f"  {r.format} PMC{r.pmc} {r.outcome}: {r.message}" for r in rows if not r.is_read]
    return "\n".join([f"not read ({len(lines)}):", *lines]) if lines else ""


def _worst(rows: Rows) -> str:
    """The articles with the most errors (F1, titles, length of the list), with the wrong numbers."""
    wrong = [row for row in rows if row.is_read and _wrongs(row.score)]
    worst = sorted(wrong, key=lambda row: (row.score.links.f1, row.score.titles.value or 0, row.pmc))[:WORST]
    lines = [f"  {row.format} PMC{row.pmc} {row.style}: {', '.join(_wrongs(row.score))}" for row in worst]
    return "\n".join([f"worst of {len(wrong)} with something wrong (number×times):", *lines]) if lines else ""


def _wrongs(score: ArticleScore) -> list[str]:
    parts = [f"F1 {score.links.f1:.3f}"] * (score.links.f1 < 1)
    parts += [f"list {score.references_found} of {score.references}"] * (not score.is_exact)
    named = {
        "missed": score.missed,
        "extra": score.extra,
        "elsewhere": dict.fromkeys(score.misplaced, 1),
        "titles": dict.fromkeys(score.untitled, 1),
    }
    return parts + [f"{name} {_numbers(of)}" for name, of in named.items() if of]


def _numbers(counts: Mapping[int, int]) -> str:
    shown = [str(n) if times == 1 else f"{n}×{times}" for n, times in list(counts.items())[:LISTED]]
    more = sum(counts.values()) - sum(list(counts.values())[:LISTED])
    return " ".join(shown) + (f" … {more} more" if more else "")


def _doubtful(rows: Rows) -> str:
    doubts = {row.pmc: row.doubts for row in rows if row.doubts}
    lines = [
        f"  PMC{pmc}: {count} markers print something else than the entry they name" for pmc, count in doubts.items()
    ]
    return "\n".join(["articles whose own XML is in doubt (still measured):", *lines]) if lines else ""
