"""Abbreviations that a text defines: "extracellular vesicles (EVs)", "EV (extracellular vesicle)", "IR = insulin …".

After Schwartz & Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text"
(PSB 2003), with graded letter matches in the spirit of Sohn, Comeau, Kim & Wilbur, "Abbreviation definition
identification based on automatic precision estimates" (BMC Bioinformatics 2008).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from evqa.language.words import fold, words
from evqa.model import Abbreviation

# What a letter of the short form earns by where it stands in the long form, and what a word left out costs.
AT_WORD_START, NEXT_LETTER, SAME_WORD, ELSEWHERE = 1.0, 0.8, 0.5, 0.0
SKIPPED_WORD, SKIPPED_MINOR = 0.5, 0.05
ENOUGH, ENOUGH_REVERSED, ENOUGH_SINGLE = 0.5, 0.7, 1.0

MINOR = frozenset("a an and as at by de for from in into of on or the to via with".split())
LONGEST = 400  # characters of a bracket, or of text before it, that are looked at
OPENERS = frozenset("a an and of or the".split())
NUMBERS = {"1": ("one", "mono"), "2": ("two", "bi", "di"), "3": ("three", "tri"), "4": ("four", "tetra")}
NEVER = frozenset("eg ie vs cf see fig figs table tables ref refs eq min max ns no yes and or the".split())
_PIECE = re.compile(r"[^\W_]+")
# A long form doesn't run over these: an end of a clause, a finite verb, a relative pronoun.
_BREAK = re.compile(
    r"(?<=[\w)\]%]{2})[.!?]\s+(?=[^\Wa-z_])|[;:]\s|\s(?:am|is|are|was|were|be|been|has|have|had|can|may|which|that|who|we|our)\s"
)
_LOCANT = re.compile(r"(?:(?:\d+[\d,'′]*|[NOSDLRαβγδ]|alpha|beta|gamma|delta)-)+$")
_INTRODUCED = re.compile(r"(?:or|abbreviated(?: as| to)?|termed|hereafter|called|designated|denoted|i\.e\.,?)\s+", re.I)
_SHORT = r"[^\W_][\w+/&'’.α-ωΑ-Ω-]{0,14}"
_ITEM = re.compile(
    rf"(?:^|(?<=[;,.:\n])|(?<=[;,.:] ))[ \t]?({_SHORT})[ \t]?([=,:])[ \t]*([^;:=\n]{{0,120}}?[^\s;:=,.])"
    rf"(?=\s*(?:[;\n]|\.(?:\s|$)|$|,\s*{_SHORT}\s*=))"
)


@dataclass(frozen=True)
class Piece:
    """A run of letters and digits, folded, with its place in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Definition:
    """A short form defined at an offset."""

    short: str
    long: str
    offset: int


def find_abbreviations(text: str) -> tuple[Abbreviation, ...]:
    """Abbreviations in order of first definition; a short form defined twice keeps its first long form.

    Both forms stand as printed, the short form in its printed number ("EVs").
    """
    found = sorted((*_bracketed(text), *_listed(text)), key=lambda d: d.offset)
    first = {d.short: d for d in reversed(found)}
    return tuple(Abbreviation(short=d.short, long=d.long) for d in found if first[d.short] is d)


def _bracketed(text: str) -> Iterator[Definition]:
    """Definitions by brackets, the short form inside or before them."""
    for opening, closing in _brackets(text):
        inside = re.split(r"[;,]\s", text[opening + 1 : closing])[0]
        short = _INTRODUCED.sub("", inside.strip(" \"'“”‘’\t\n"), count=1).strip(" \"'“”‘’")
        definition = _before(text, opening, short) or _inside(text, opening, inside)
        if definition:
            yield definition


def _brackets(text: str) -> list[tuple[int, int]]:
    """Offsets of each matched bracket pair, round or square, in order of opening; none wider than LONGEST."""
    pairs, waiting = [], []
    for found in re.finditer(r"[()\[\]]", text):
        if found[0] in "([":
            waiting.append(found)
        elif waiting and "([".index(waiting[-1][0]) == ")]".index(found[0]):
            pairs.append((waiting.pop().start(), found.start()))
    return sorted((opening, closing) for opening, closing in pairs if closing - opening <= LONGEST)


def _before(text: str, opening: int, short: str) -> Definition | None:
    """ "long form (SF)"."""
    single = len(squeezed(short)) == 1
    if not is_short_form(short) or (single and text[opening - 1 : opening] != " "):
        return None
    enough = ENOUGH_SINGLE if single else ENOUGH
    start = best_start(short, _window(text, opening, short), enough)
    if start is None or not _is_balanced(text[start:opening]):
        return None
    locant = _LOCANT.search(text, max(0, start - 20), start)
    start = locant.start() if locant else start
    return _definition(short, text[start:opening], start)


def _is_balanced(text: str) -> bool:
    """Whether every bracket opened in the text closes in it."""
    depths = list(accumulate("([".count(c[0]) - ")]".count(c[0]) for c in re.findall(r"[()\[\]]", text)))
    return not depths or (min(depths) == 0 and depths[-1] == 0)


def _inside(text: str, opening: int, inside: str) -> Definition | None:
    """ "SF (long form)"."""
    short = re.search(rf"(?<![\w-]){_SHORT}(?=\s?$)", text[max(0, opening - 20) : opening])
    if not short or not is_short_form(short[0]) or len(short[0]) < 2 or " " not in inside.strip():
        return None
    start = opening + 1
    window = pieces(text, start, start + len(inside))
    if not window or best_start(short[0], window, ENOUGH_REVERSED) != window[0].start:
        return None
    return _definition(short[0], inside, start)


def _definition(short: str, long: str, offset: int) -> Definition | None:
    """The definition, unless the long form says no more than the short one."""
    long = " ".join(long.strip(" \t\n,;:-–*\"'“”‘’").split())
    if len(long) <= len(short) or short in re.split(r"[\s,]", long):
        return None
    return Definition(short, long, offset)


def is_short_form(text: str) -> bool:
    """Whether it can be a short form: at most 12 signs in 3 words, with a letter, no everyday sign of a bracket."""
    letters = squeezed(text)
    return bool(
        0 < len(letters) <= 12
        and len(text.split()) <= 3
        and re.match(r"[^\W_]", text)
        and re.search(r"[^\W\d_]", text)
        and not re.search(r"[<>=≤≥%±]|^\d[\d.,]*\s|^[^A-Z]{4,}[\s-][^A-Z]*$", text)
        and (text.isupper() or (len(letters) > 1 and letters not in NEVER))
    )


def squeezed(text: str) -> str:
    """Folded letters and digits only."""
    return "".join(words(text))


def pieces(text: str, start: int, end: int) -> list[Piece]:
    """Runs of letters and digits between two offsets."""
    return [Piece(fold(m[0]), m.start(), m.end()) for m in _PIECE.finditer(text, start, end)]


def _window(text: str, end: int, short: str) -> list[Piece]:
    """The words before an offset that a short form may stand for: at most min(n + 5, 2n), of one clause."""
    begin = max(0, end - LONGEST)
    for found in _BREAK.finditer(text, begin, end):
        begin = found.end()
    size = len(squeezed(short))
    tokens = list(re.finditer(r"\S+", text[begin:end]))[-min(size + 5, 2 * size) :]
    return pieces(text, begin + tokens[0].start(), end) if tokens else []


def best_start(short: str, window: list[Piece], enough: float) -> int | None:
    """Offset at which the best long form in the window starts; None if the letters don't earn enough."""
    for letters in dict.fromkeys(map(squeezed, (short, _singular(short), re.sub(r"\([\d.]+\)$", "", short)))):
        scored = [(score, p.start) for p, score in zip(window, scores(letters, window), strict=True)]
        best = max(scored, default=(0.0, 0))
        if best[0] >= enough * len(letters):
            return best[1]
    return _reordered(short, window)


def _singular(short: str) -> str:
    """ "EVs" without its plural ending."""
    return short[:-1] if re.search(r"[^\Wa-z_]\w*s$", short) and len(short) > 2 else short


def scores(letters: str, window: list[Piece]) -> list[float]:
    """For each word of the window, what the letters earn if the long form starts there (-1 if it can't)."""

    @cache
    def rest(i: int, p: int, k: int) -> float:
        """Best for letters[i:] when letters[i - 1] stands at place k of word p."""
        if i == len(letters):
            return -_skipped(window[p + 1 :])
        return max(options(i, p, k), default=float("-inf"))

    def options(i: int, p: int, k: int) -> Iterator[float]:
        for j in _places(window[p].text, letters[i], k + 1):
            yield (NEXT_LETTER if j == k + 1 else SAME_WORD) + rest(i + 1, p, j)
        for q in range(p + 1, len(window)):
            cost = _skipped(window[p + 1 : q])
            for j in _places(window[q].text, letters[i], 0):
                yield (ELSEWHERE if j else AT_WORD_START) - cost + rest(i + 1, q, j)

    return [
        AT_WORD_START + rest(1, p, 0) if w.text not in OPENERS and 0 in _places(w.text, letters[0], 0) else -1.0
        for p, w in enumerate(window)
    ]


def _places(word: str, letter: str, start: int) -> Iterator[int]:
    """Where a letter is taken from a word: at `start` if it stands there, else or also at its next place.

    A number's word counts as the number ("two-dimensional", 2D).
    """
    spelled = not start and letter in NUMBERS and word.startswith(NUMBERS[letter])
    if spelled or word.startswith(letter, start):
        yield start
    later = word.find(letter, start + 1)
    if later > 0:
        yield later


def _skipped(left_out: list[Piece]) -> float:
    """Cost of words that no letter stands for."""
    return sum(SKIPPED_MINOR if p.text in MINOR or p.text.isdigit() else SKIPPED_WORD for p in left_out)


def _reordered(short: str, window: list[Piece]) -> int | None:
    """Start of a long form whose words the short form takes in another order ("regulatory T cells (Tregs)")."""
    letters = squeezed(_singular(short))
    for cut in range(1, len(letters) - 2):
        head, tail = (_word_with(prefix, window[-3:]) for prefix in (letters[:cut], letters[cut:]))
        if head and tail and tail.start < head.start:
            return tail.start
    return None


def _word_with(prefix: str, window: list[Piece]) -> Piece | None:
    return next((p for p in window if p.text.startswith(prefix)), None)


def _listed(text: str) -> Iterator[Definition]:
    """Definitions in a list: "CK = creatine kinase; TPE = …", "EVs, Extracellular Vesicles; PD-L1, …"."""
    for run in _runs(_ITEM.finditer(text)):
        yield from _vouched(run)


def _runs(items: Iterable[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Items in lists: a list goes on where an item starts right behind the last one, with the same sign."""
    runs: list[list[re.Match[str]]] = []
    for item in items:
        last = runs[-1][-1] if runs else None
        if last and item[2] == last[2] and item.start() - last.end() <= 2:
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def _vouched(items: list[re.Match[str]]) -> Iterator[Definition]:
    """A list's definitions: those spelled by their letters and, after "=", with them the other members."""
    spelled = [_is_spelled(item) for item in items]
    for item, known in zip(items, spelled, strict=True):
        if (known and len(items) > 1) or (item[2] == "=" and sum(spelled) * 2 >= len(items) and _is_named(item)):
            definition = _definition(item[1], item[3], item.start(1))
            if definition:
                yield definition


def _is_spelled(item: re.Match[str]) -> bool:
    """Whether the letters of the short form spell the whole long form."""
    if not is_short_form(item[1]) or not re.search(r"[^\Wa-z_]", item[1]):
        return False
    window = pieces(item[3], 0, len(item[3]))
    return bool(window) and best_start(item[1], window, ENOUGH) == window[0].start


def _is_named(item: re.Match[str]) -> bool:
    """Whether both sides look like a definition and not like a value ("n = 20")."""
    return is_short_form(item[1]) and bool(re.match(r"[^\W\d_]{3}", item[3])) and not re.search(r"\d", item[3])
