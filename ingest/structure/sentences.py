"""Split scientific prose into sentences with exact offsets: sentencex, corrected around citations and names."""

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

from ingest.markup.superscript import DIGITS

Span = tuple[int, int]

_ABBREVIATION = re.compile(
    r"\b(?:et al|e\.g|i\.e|cf|vs|viz|ca|approx|resp|spp?|subsp|ssp|var|cv|nov|[Ff]igs?|[Ee]qs?|[Rr]efs?|[Ss]uppl|"
    r"[Tt]ab|[Ss]ect|[Cc]hap|[Nn]os?|[Vv]ols?|pp|eds?|Drs?|Prof|Mrs?|Ms|St|Inc|Ltd|Corp|Co|Univ|Dept|Jr|Sr|"
    r"i\.v|i\.p|i\.m|s\.c|p\.o|a\.k\.a|U\.S|U\.K|w\.r\.t|Ph\.D|M\.D)\.(?=\W)"
)
_ENDS_ANYWAY = re.compile(r"(?:et al|vs|spp?|Inc|Ltd|Corp|Co|Jr|Sr|U\.S|U\.K|Ph\.D|M\.D|nov)\.$")
_STARTERS = re.compile(
    r"\s+(?:The|This|These|Those|That|Such|In|It|Its|They|Their|We|Our|However|Moreover|Furthermore|Therefore|Thus|"
    r"Although|While|When|For|To|As|By|On|At|After|Before|Here|There|Both|Additionally|Similarly|Conversely|"
    r"Interestingly|Importantly|Notably|Recently|Hence|Because|Since|If|Another|Other|Some|Several|Many|Most)\b"
)
_INITIAL = re.compile(r"(?<![\w.-])[A-Z]\.(?=\s?[A-Z]\.|\s[a-z]|\s[A-Z][a-z]+(?:,| et al| and [A-Z]))")
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.[-‐]?){2,6}")
_AFTER_STOP = re.compile(
    rf"[.?!][\"”’)]?(\s?(?:\[[\d\s,;–—‐‑-]{{1,80}}\]|\([\d\s,;–—‐‑-]{{1,80}}\))|[{DIGITS},;–-]+(?:\s[{DIGITS},;–-]+)*)(?=\s|$|[A-Z])"
)
_MISSED = re.compile(
    rf"(?<=[)\]{DIGITS}]\.)(?=[A-Z][a-z]*\s)|(?<=[a-z]{{3}}\.[{DIGITS}])(?=[A-Z][a-z]*\s)"
    r"|(?<=\d\s[ghsmLMVKCAJNW]\.)(?=\s[A-Z][a-z]+\s)"
    r"|(?<=\w[.?!][)\]”\"])(?<!al\.\))(?<!\.[a-z]\.\))(?=\s[A-Z])|(?<=[a-z)\]\d][.?!])(?=\s[“\"‘«][A-Z])"
)
# sentencex never splits between a pair of quotes or angle brackets, which here are primes and "less than".
_OPENING = re.compile(r"(?:(?<=[\s(\[])|^)[\"“«]")
_CLOSING = re.compile(r"(?<=[.?!])[\"”’'»]")
# It also takes the square of their number to look for the pair of each opening one.
_UNPAIRED = str.maketrans({**dict.fromkeys("'’‘`“«„‹", "ʼ"), **dict.fromkeys('<>"”»›', "·")})
_LISTED = re.compile(r"[(\[](\d{1,2})[)\]]\s")
_LOWER_START = re.compile(r"[a-z][a-z,.;:()'’]*(?:[\s–-]|$)")
_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_ASIDE = 400
_WINDOW = 10_000
# Fewer words make no sentence of front matter: "Dr. A. Doe".
_FEWEST_WORDS = 6


def sentences(text: str) -> list[Span]:
    """Return start and end of each sentence of a paragraph, without the white space between them.

    A marker behind the full stop belongs to the sentence before it.
    """
    masked = _masked(text)
    spans = [span for bound in _bounds(masked) for span in _cut(text, *bound)]
    return _merged(text, [s for s in (_trimmed(text, *span) for span in spans) if s[0] < s[1]])


def lines(text: str) -> list[Span]:
    """Return the sentences of front matter, or the whole of a line that isn't made of sentences."""
    found = sentences(text)
    is_prose = all(len(text[a:b].split()) >= _FEWEST_WORDS and text[b - 1] in ".?!" for a, b in found)
    return found if is_prose else [(0, len(text))]


def _bounds(masked: str) -> Iterator[Span]:
    """Yield sentencex's sentences, from windows: its time may grow with the square of the length."""
    start = 0
    while start < len(masked):
        found = get_sentence_boundaries("en", masked[start : start + _WINDOW])
        ends = [start + bound["end_index"] for bound in found] or [start + _WINDOW]
        if start + _WINDOW < len(masked):
            ends = ends[:-1] or [masked.rfind(" ", start + 1, start + _WINDOW) + 1 or start + _WINDOW]
        yield from pairwise([start, *ends])
        start = ends[-1]


def _masked(text: str) -> str:
    """Hide full stops that end no sentence and markers behind a full stop; the length stays."""
    masked = _CLOSING.sub(" ", _OPENING.sub("ʼ", text)).translate(_UNPAIRED)
    masked = _ABBREVIATION.sub(_hidden, masked)
    masked = _INITIALS.sub(_hidden_initials, masked)
    masked = _INITIAL.sub(lambda m: m[0][:-1] + "·", masked)
    listed = {int(n) for n in _LISTED.findall(text)}
    return _AFTER_STOP.sub(lambda m: _blanked(m, listed), masked).replace("\n", " ")


def _hidden(found: re.Match[str]) -> str:
    if _ENDS_ANYWAY.search(found[0]) and _STARTERS.match(found.string, found.end()):
        return found[0]
    return found[0].replace(".", "·")


def _hidden_initials(found: re.Match[str]) -> str:
    ends_sentence = _STARTERS.match(found.string, found.end()) or found.end() == len(found.string)
    return found[0][:-1].replace(".", "·") + ("." if ends_sentence else "·") if found[0].endswith(".") else found[0]


def _blanked(found: re.Match[str], listed: set[int]) -> str:
    number = re.fullmatch(r"\s[(\[](\d{1,2})[)\]]", found[1])
    if number and {int(number[1]) - 1, int(number[1]) + 1} & listed:
        return found[0]
    return found[0][: found.start(1) - found.start()] + " " * len(found[1])


def _cut(text: str, start: int, end: int) -> list[Span]:
    cuts = [start, *(m.end() for m in _MISSED.finditer(text, start, end)), end]
    return list(pairwise(cuts))


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _merged(text: str, spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in spans:
        if merged and _belongs(text, merged[-1], span):
            merged[-1] = (merged[-1][0], span[1])
        else:
            merged.append(span)
    return merged


def _belongs(text: str, before: Span, span: Span) -> bool:
    """Tell whether a stretch continues the sentence before it."""
    head = text[span[0] : min(span[1], span[0] + 60)]
    if _LOWER_START.match(head) or not _LETTER.search(text, *span):
        return True
    if re.fullmatch(r"[(\[]?\d+[.)\]]*", text[slice(*before)][:12]) and before[1] - before[0] < 8:
        return True
    return _is_open(text, before) and _closes(text, span)


def _is_open(text: str, span: Span) -> bool:
    tail = text[max(span[0], span[1] - _LONGEST_ASIDE) : span[1]]
    return tail.count("(") > tail.count(")") or tail.count("[") > tail.count("]")


def _closes(text: str, span: Span) -> bool:
    head = text[span[0] : min(span[1], span[0] + _LONGEST_ASIDE)]
    return head.count(")") > head.count("(") or head.count("]") > head.count("[")
