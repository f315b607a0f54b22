"""Rewrite HTML tables as lines of cells separated by tabs."""

import re
from collections import defaultdict
from html.parser import HTMLParser

_TABLE = re.compile(r"<table\b(?:(?!<table\b).)*?</table\s*>", re.IGNORECASE | re.DOTALL)
_KEPT = frozenset({"sup", "sub", "i", "em", "b", "strong"})
_WIDEST = 200
_COUNT = re.compile(r"[0-9]{1,9}")


def with_plain_tables(text: str) -> str:
    """Rewrite the HTML tables in a text; a caption becomes the paragraph before its table."""
    if "<table" not in text.lower():
        return text
    return _TABLE.sub(lambda found: f"\n\n{_plain(found[0])}\n\n", text)


def _plain(markup: str) -> str:
    rows = _Rows()
    rows.feed(markup)
    rows.close()
    width = max((len(row) for row in rows.rows), default=0)
    lines = ["\t".join(row + [""] * (width - len(row))) for row in rows.rows if any(row)]
    caption = " ".join(rows.caption.split())
    return "\n\n".join(part for part in (caption, "\n".join(lines)) if part)


class _Rows(HTMLParser):
    """Collects rows of cells; a cell that spans others leaves those empty."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.caption = ""
        self._hanging: dict[int, int] = defaultdict(int)
        self._spans = (1, 1)
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th", "caption"):
            self._close()
            given = dict(attrs)
            self._spans = (_span(given.get("colspan")), _span(given.get("rowspan")))
            self._text = []
        elif self._text is not None:
            self._text.append(f"<{tag}>" if tag in _KEPT else " " if tag in ("br", "p", "li", "div") else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption" and self._text is not None:
            self.caption, self._text = "".join(self._text), None
        elif tag in ("td", "th", "tr", "table"):
            self._close()
            if tag == "tr" and self.rows:
                self._skip(self.rows[-1])
        elif self._text is not None and tag in _KEPT:
            self._text.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def _close(self) -> None:
        if self._text is None:
            return
        if not self.rows:
            self.rows.append([])
        row, words = self.rows[-1], " ".join("".join(self._text).split())
        self._skip(row)
        across, down = self._spans
        for column in range(len(row), len(row) + across):
            self._hanging[column] = down - 1
        row += [words] + [""] * (across - 1)
        self._text = None

    def _skip(self, row: list[str]) -> None:
        """Fill the cells that are spanned from the rows above."""
        while self._hanging[len(row)] > 0:
            self._hanging[len(row)] -= 1
            row.append("")


def _span(printed: str | None) -> int:
    return min(max(int(printed), 1), _WIDEST) if printed and _COUNT.fullmatch(printed) else 1
