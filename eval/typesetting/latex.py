"""Set an article with LaTeX in the layouts of journals."""

import re
import subprocess
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.typesetting.article import Article, Block, Front
from eval.typesetting.runs import Run, Runs

_ESCAPED = {c: f"\\{c}" for c in "&%$#_{}"} | {
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}
_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o pi rho varsigma sigma tau upsilon phi chi psi omega".split()
_MATHS = {chr(0x3B1 + i): name for i, name in enumerate(_GREEK) if name != "o"}
_MATHS |= {
    chr(0x391 + i): n.capitalize()
    for i, n in enumerate(_GREEK)
    if n in ("gamma", "delta", "theta", "lambda", "xi", "pi", "upsilon", "phi", "psi", "omega")
}
_MATHS |= {
    "Σ": "Sigma",
    "±": "pm",
    "×": "times",
    "≤": "leq",
    "≥": "geq",
    "≈": "approx",
    "→": "rightarrow",
    "←": "leftarrow",
    "↑": "uparrow",
}
_MATHS |= {
    "↓": "downarrow",
    "∼": "sim",
    "∞": "infty",
    "∑": "sum",
    "√": "surd",
    "≠": "neq",
    "≡": "equiv",
    "∆": "Delta",
    "⩾": "geq",
    "⩽": "leq",
}
_MATHS |= {
    "∂": "partial",
    "∫": "int",
    "⋅": "cdot",
    "∗": "ast",
    "∈": "in",
    "≪": "ll",
    "≫": "gg",
    "′": "prime",
    "″": "prime\\prime",
    "⇒": "Rightarrow",
}
_SIGNS = {
    "–": "--",
    "—": "---",
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "−": "$-$",
    "‐": "-",
    "‑": "-",
    "…": r"\ldots{}",
    "•": r"\textbullet{}",
}
_SIGNS |= {
    "°": r"\textdegree{}",
    "µ": r"\textmu{}",
    "™": r"\texttrademark{}",
    "®": r"\textregistered{}",
    "©": r"\textcopyright{}",
    "\xa0": "~",
}
_SIGNS |= {
    "\u2009": r"\,",
    "\u200a": r"\,",
    "\u202f": r"\,",
    "\u2002": " ",
    "\u2003": " ",
    "€": r"\texteuro{}",
    "◦": r"\textdegree{}",
    "ﬁ": "fi",
    "ﬂ": "fl",
}
_LATIN = range(0xA1, 0x180)
_MOST_ROWS = 46
_BREAK = r"\\ "


@dataclass(frozen=True)
class LatexLayout:
    """How LaTeX sets an article. `opening`: the class and packages. `front`: which title page; `label`: of entries."""

    opening: str
    front: str = "plain"
    label: str = "[#1]"
    columns: int = 1
    natbib: str = ""
    closing: str = ""
    heading: str = "References"
    small: str = r"\small"
    link: str = "whole"
    numbered: bool = False
    named: bool = False

    def typeset(self, article: Article, is_linked: bool, out: Path) -> None:
        """Write the PDF of an article. Raises RuntimeError with LaTeX's own words if there is none."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / "a.tex"
            path.write_text(latex(article, self, is_linked), encoding="utf-8")
            command = ["pdflatex", "-interaction=nonstopmode", "a.tex"]
            for _ in range(2):
                done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
            made = path.with_suffix(".pdf")
            if not made.exists():
                raise RuntimeError(done.stdout.decode("utf-8", "replace")[-2000:])
            out.write_bytes(made.read_bytes())


def latex(article: Article, layout: LatexLayout, is_linked: bool) -> str:
    """Return the source of an article."""
    writer = _Writer(layout, is_linked)
    front = article.front
    parts = [
        layout.opening,
        _PACKAGES,
        (layout.natbib + "\n") if layout.natbib else "",
        _links(is_linked),
        rf"\makeatletter\renewcommand\@biblabel[1]{{{layout.label}}}\makeatother" if layout.label != "[#1]" else "",
        _heads(front, layout),
        r"\begin{document}",
        FRONTS[layout.front](article, writer),
        writer.blocks(article.body),
        writer.blocks(article.back),
        writer.entries(article),
        layout.closing,
        r"\end{document}",
    ]
    return "\n".join(part for part in parts if part)


_PACKAGES = r"""\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{textcomp}\usepackage{graphicx}\usepackage{booktabs}
\usepackage{array}\usepackage{xcolor}\usepackage{amsmath,amssymb}\providecommand{\textmu}{\ensuremath{\mu}}\emergencystretch=2em
\providecommand{\texteuro}{EUR}\sloppy\hbadness=10000\vbadness=10000"""


def _links(is_linked: bool) -> str:
    if not is_linked:
        return r"\providecommand{\hyperlink}[2]{#2}\providecommand{\href}[2]{#2}\providecommand{\url}[1]{#1}"
    return r"\usepackage[colorlinks=true,allcolors=blue]{hyperref}"


def _heads(front: Front, layout: LatexLayout) -> str:
    if r"\usepackage{fancyhdr}" not in layout.opening:
        return ""
    first = escape(front.authors[0][1] if front.authors else "")
    journal = f"{escape(front.journal)} ({front.year}) {front.volume}"
    return rf"""\pagestyle{{fancy}}\fancyhf{{}}\fancyhead[RE,LO]{{\footnotesize {first} et al.}}\fancyhead[LE,RO]{{\footnotesize {journal}}}
\fancyfoot[C]{{\footnotesize \thepage}}\fancyfoot[L]{{\footnotesize doi: {escape(front.doi)}}}
\fancypagestyle{{plain}}{{\fancyhf{{}}\fancyfoot[L]{{\footnotesize {journal} | https://doi.org/{escape(front.doi)}}}\fancyfoot[R]{{\footnotesize \thepage}}}}"""


def escape(text: str) -> str:
    """Return characters as LaTeX; those that its fonts lack are taken apart or left out."""
    return "".join(map(_character, unicodedata.normalize("NFC", text)))


def _character(c: str) -> str:
    if c in _ESCAPED:
        return _ESCAPED[c]
    if c in _MATHS:
        return rf"\ensuremath{{\{_MATHS[c]}}}"
    if c in _SIGNS:
        return _SIGNS[c]
    if ord(c) < 0x7F or ord(c) in _LATIN:
        return {"<": r"\ensuremath{<}", ">": r"\ensuremath{>}", "|": r"\textbar{}", '"': r"\textquotedbl{}"}.get(c, c)
    apart = unicodedata.normalize("NFKD", c)
    return (
        "".join(map(_character, apart)) if apart != c and not unicodedata.combining(c) else " " if c.isspace() else ""
    )


class _Writer:
    def __init__(self, layout: LatexLayout, is_linked: bool) -> None:
        self._layout, self._is_linked = layout, is_linked

    def runs(self, runs: Iterable[Run]) -> str:
        return "".join(map(self._run, runs))

    def _run(self, run: Run) -> str:
        text = escape(run.text)
        if self._is_linked and run.place:
            text = self._link(run.place, run.text)
        elif self._is_linked and run.link:
            lead = run.text[: len(run.text) - len(run.text.lstrip())]
            text = rf"{lead}\href{{{escape(run.link)}}}{{{escape(run.text.strip())}}}"
        for style, command in (("i", "textit"), ("b", "textbf"), ("^", "textsuperscript"), ("_", "textsubscript")):
            if style in run.styles and run.text.strip():
                text = rf"\{command}{{{text}}}"
        return text

    def _link(self, place: int, text: str) -> str:
        year = re.search(r"(?:(?:1[89]|20)\d\d[a-z]?|n\.d\.)$", text)
        if self._layout.link == "whole" or not year or year.start() == 0:
            return rf"\hyperlink{{cite.B{place}}}{{{escape(text)}}}"
        names = text[: year.start()]
        gap = names[len(names.rstrip(" ,")) :]
        linked = rf"\hyperlink{{cite.B{place}}}{{{escape(year.group())}}}"
        if self._layout.link == "year":
            return f"{escape(names)}{linked}"
        return rf"\hyperlink{{cite.B{place}}}{{{escape(names.rstrip(' ,'))}}}{gap}{linked}"

    def blocks(self, blocks: Sequence[Block]) -> str:
        parts, items = [], []
        for block in [*blocks, Block("")]:
            if block.kind == "li":
                items.append(rf"\item {self.runs(block.runs)}")
                continue
            if items:
                parts.append("\\begin{itemize}\n" + "\n".join(items) + "\n\\end{itemize}")
                items = []
            parts.append(self._block(block))
        return "\n\n".join(parts)

    def _block(self, block: Block) -> str:
        if block.kind == "h":
            star = "" if self._layout.numbered else "*"
            return rf"\{('section', 'subsection', 'subsubsection')[min(block.level, 3) - 1]}{star}{{{self.runs(block.runs)}}}"
        if block.kind == "eq":
            return rf"\begin{{center}}{self.runs(block.runs)}\end{{center}}"
        if block.kind == "fig":
            return self._figure(block)
        if block.kind == "table":
            return self._table(block)
        return self.runs(block.runs)

    def _caption(self, block: Block) -> str:
        return rf"\noindent{{{self._layout.small} \textbf{{{escape(block.label)}.}} {self.runs(block.runs)}\par}}"

    def _figure(self, block: Block) -> str:
        axis = r"{\scriptsize\sffamily A\hfill B\\[8mm] Control\hfill Treated\\[14mm] 0\quad 10\quad 20\quad 30\hfill Time (h)}"
        box = rf"\fbox{{\begin{{minipage}}{{.9\linewidth}}{axis}\end{{minipage}}}}\par\medskip"
        return rf"\begin{{figure}}[t]\centering {box}{self._caption(block)}\end{{figure}}"

    def _table(self, block: Block) -> str:
        if not block.rows or not block.rows[0]:
            return ""
        widths = _widths(block.rows)
        is_wide = self._layout.columns > 1 and sum(widths) > 50
        room = 105 if is_wide or self._layout.columns == 1 else 52
        scale = min(1.0, room / max(sum(widths), 1))
        widths = [w * scale for w in widths]
        total = sum(widths) / room
        spec = "".join(
            rf">{{\raggedright\arraybackslash}}p{{{0.93 * total * w / sum(widths) - 0.02:.3f}\linewidth}}"
            for w in widths
        )
        body = list(block.rows[block.heads :])
        heads = "\n".join(self._row(row, "b") for row in block.rows[: block.heads])
        star = "*" if is_wide else ""
        made = []
        for n, chunk in enumerate(_chunks(body, widths)):
            caption = (
                self._caption(block)
                if not n
                else rf"\noindent{{{self._layout.small} \textbf{{{escape(block.label)}.}} (Continued)\par}}"
            )
            foot = (
                rf"\par\smallskip{{\scriptsize\raggedright {self.runs(block.foot)}\par}}"
                if n == 0 and block.foot
                else ""
            )
            rows = "\n".join(map(self._row, chunk))
            tabular = rf"{{\scriptsize\setlength{{\tabcolsep}}{{3pt}}\begin{{tabular}}{{@{{}}{spec}@{{}}}}\toprule {heads}\midrule {rows}\bottomrule\end{{tabular}}}}"
            made.append(rf"\begin{{table{star}}}[t]{caption}\smallskip\noindent{tabular}{foot}\end{{table{star}}}")
        return "\n".join(made)

    def _row(self, row: Sequence[Runs], style: str = "") -> str:
        cells = (self.runs(Run(r.text, r.styles + style, r.place) for r in cell) for cell in row)
        return " & ".join(cells) + r" \\"

    def entries(self, article: Article) -> str:
        layout = self._layout
        widest = "9" * len(str(len(article.entries)))
        items = []
        for i, runs in enumerate(article.entries, 1):
            option = rf"[{{A{i}(2000)}}]" if layout.named else ""
            items.append(rf"\bibitem{option}{{B{i}}} {self.runs(runs)}")
        name = rf"\renewcommand{{\refname}}{{{layout.heading}}}"
        return "\n".join(
            [name, layout.small, rf"\begin{{thebibliography}}{{{widest}}}", *items, r"\end{thebibliography}"]
        )


def _widths(rows: Sequence[Sequence[Runs]]) -> list[float]:
    """Characters that each column asks for: of its longest words and usual cells."""
    widths = []
    for column in range(len(rows[0])):
        lengths = [len("".join(r.text for r in row[column])) for row in rows]
        longest = max((len(w) for row in rows for w in "".join(r.text for r in row[column]).split()), default=1)
        widths.append(max(3.0, min(max(lengths, default=1), max(longest, 8 + sum(lengths) ** 0.5 * 2)) + 1.0))
    return widths


def _chunks(rows: Sequence[Sequence[Runs]], widths: Sequence[float]) -> list[list[Sequence[Runs]]]:
    """Cut a table so that each part fits on a page."""
    chunks: list[list[Sequence[Runs]]] = [[]]
    lines = 0.0
    for row in rows:
        high = max(
            (len("".join(r.text for r in cell)) / max(width, 3) + 0.6 for cell, width in zip(row, widths, strict=True)),
            default=1,
        )
        if chunks[-1] and lines + high > _MOST_ROWS:
            chunks.append([])
            lines = 0.0
        chunks[-1].append(row)
        lines += max(1.0, high)
    return chunks


def _names(front: Front, mark: str = r"\textsuperscript{{{}}}") -> str:
    named = [
        f"{escape(given)} {escape(family)}{mark.format(escape(numbers)) if numbers else ''}"
        for given, family, numbers in front.authors
    ]
    return ", ".join(named[:-1]) + (" and " if len(named) > 1 else "") + named[-1] if named else ""


def _affiliations(front: Front) -> str:
    return r"\\ ".join(rf"\textsuperscript{{{i}}}{escape(text)}" for i, text in enumerate(front.affiliations, 1))


def _dates(front: Front) -> str:
    names = {"received": "Received", "accepted": "Accepted", "rev-recd": "Revised"}
    return "; ".join(f"{names[kind]}: {when}" for kind, when in front.dates if kind in names)


def _plain(article: Article, writer: _Writer) -> str:
    """The class's own title page."""
    front = article.front
    return rf"""\title{{{writer.runs(front.title)}}}\author{{{_names(front)}\\[1ex] \small {_affiliations(front)}}}\date{{{_dates(front)}}}\maketitle
\begin{{abstract}}{writer.blocks(article.abstract).replace(chr(92) + "section*", chr(92) + "textbf").replace(chr(92) + "subsection*", chr(92) + "textbf")}\end{{abstract}}
{_keywords(front)}"""


def _keywords(front: Front) -> str:
    return rf"\noindent\textbf{{Keywords:}} {escape('; '.join(front.keywords))}\par\bigskip" if front.keywords else ""


def _abstract(article: Article, writer: _Writer, gap: str = r"\par ") -> str:
    parts = []
    for block in article.abstract:
        text = writer.runs(block.runs)
        parts.append(rf"\textbf{{{text.rstrip(':')}:}} " if block.kind == "h" else text + gap)
    return "".join(parts)


def _publisher(article: Article, writer: _Writer) -> str:
    """A banner with the kind of article, a large title, names, a box with the abstract, and dates."""
    front = article.front
    banner = rf"{{\sffamily\bfseries {escape(front.kind.upper())}\hfill Open Access}}\par\medskip\hrule\medskip"
    head = rf"""{{\footnotesize {escape(front.journal)} ({front.year}) {front.volume} \\ https://doi.org/{escape(front.doi)}\hfill {{\large\sffamily\bfseries {escape(front.journal)}}}\par}}\medskip"""
    title = rf"{{\LARGE\bfseries\raggedright {writer.runs(front.title)}\par}}\medskip {{\raggedright {_names(front)}\par}}\medskip"
    box = rf"\fbox{{\begin{{minipage}}{{.96\textwidth}}\small\textbf{{Abstract}}\par {_abstract(article, writer)}{_keywords(front)}\end{{minipage}}}}\par\bigskip"
    notes = rf"""{{\renewcommand{{\thefootnote}}{{}}\footnotetext{{Correspondence: {escape(front.mail)}\\ {_affiliations(front)}\\ {_dates(front)}\\ \copyright\ The Author(s) {front.year}. {escape(front.license)}}}}}"""
    whole = rf"\thispagestyle{{plain}}{head}{banner}{title}{box}"
    if writer._layout.columns > 1:
        return rf"\twocolumn[{{\begin{{minipage}}{{\textwidth}}{whole}\end{{minipage}}\bigskip}}]{notes}"
    return whole + notes


def _elsevier(article: Article, writer: _Writer) -> str:
    """Journal and issue in the middle, names and addresses, then "article info" beside the abstract."""
    front = article.front
    names = _names(front)
    info = rf"\textsc{{article info}}\par\smallskip\hrule\smallskip \textit{{Article history:}}\\ {_dates(front).replace('; ', _BREAK)}\par\medskip\hrule\smallskip\textit{{Keywords:}}\\ {_BREAK.join(map(escape, front.keywords))}"
    whole = rf"""{{\centering\footnotesize {escape(front.journal)} {front.volume} ({front.year})\par\medskip {{\small Contents lists available at ScienceDirect}}\par\medskip{{\Large {escape(front.journal)}}}\par}}\medskip\hrule\bigskip
{{\LARGE\raggedright {writer.runs(front.title)}\par}}\medskip {{\raggedright\large {names}\par}}\smallskip{{\raggedright\footnotesize\itshape {_affiliations(front)}\par}}\medskip\hrule\medskip
\begin{{minipage}}[t]{{.28\textwidth}}\footnotesize\raggedright {info}\end{{minipage}}\hfill\begin{{minipage}}[t]{{.68\textwidth}}\footnotesize\textsc{{abstract}}\par\smallskip\hrule\smallskip {_abstract(article, writer)}\par\smallskip\hfill \copyright\ {front.year} Elsevier B.V. All rights reserved.\end{{minipage}}\par\medskip\hrule"""
    notes = rf"{{\renewcommand{{\thefootnote}}{{}}\footnotetext{{$*$ Corresponding author. \textit{{E-mail address:}} {escape(front.mail)}\\ https://doi.org/{escape(front.doi)}}}}}"
    return rf"\thispagestyle{{plain}}\twocolumn[{{\begin{{minipage}}{{\textwidth}}{whole}\end{{minipage}}\bigskip}}]{notes}"


def _elsarticle(article: Article, writer: _Writer) -> str:
    front = article.front
    authors = "".join(
        rf"\author[{numbers or 1}]{{{escape(given)} {escape(family)}}}" for given, family, numbers in front.authors
    )
    places = "".join(
        rf"\address[{i}]{{{escape(text)}}}" for i, text in enumerate(front.affiliations or ["Anywhere"], 1)
    )
    words = r" \sep ".join(map(escape, front.keywords)) or "none"
    return rf"""\journal{{{escape(front.journal)}}}\begin{{frontmatter}}\title{{{writer.runs(front.title)}}}{authors}{places}
\begin{{abstract}}{_abstract(article, writer)}\end{{abstract}}\begin{{keyword}}{words}\end{{keyword}}\end{{frontmatter}}"""


def _ieee(article: Article, writer: _Writer) -> str:
    front = article.front
    words = ", ".join(map(escape, front.keywords))
    names = re.sub(r"\\textsuperscript\{[^}]*\}", "", _names(front))
    return rf"""\title{{{writer.runs(front.title)}}}\author{{{names}\thanks{{Manuscript received {_dates(front)}.}}\thanks{{{r"; ".join(map(escape, front.affiliations))} (e-mail: {escape(front.mail)}).}}}}
\markboth{{{escape(front.journal)}, Vol.~{front.volume}, {front.year}}}{{{escape(front.authors[0][1] if front.authors else "")} \MakeLowercase{{\textit{{et al.}}}}}}
\maketitle\begin{{abstract}}{_abstract(article, writer, " ")}\end{{abstract}}\begin{{IEEEkeywords}}{words}\end{{IEEEkeywords}}"""


def _revtex(article: Article, writer: _Writer) -> str:
    front = article.front
    authors = "".join(rf"\author{{{escape(given)} {escape(family)}}}" for given, family, _ in front.authors)
    places = "".join(rf"\affiliation{{{escape(text)}}}" for text in front.affiliations[:3])
    return rf"""\title{{{writer.runs(front.title)}}}{authors}{places}\date{{{_dates(front)}}}
\begin{{abstract}}{_abstract(article, writer, " ")}\end{{abstract}}\maketitle"""


FRONTS = {
    "plain": _plain,
    "publisher": _publisher,
    "elsevier": _elsevier,
    "elsarticle": _elsarticle,
    "ieee": _ieee,
    "revtex": _revtex,
}
