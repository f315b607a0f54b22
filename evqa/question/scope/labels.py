"""Find the tables and figures that a question names: by number, by order, by topic, or any."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from evqa.derived import derived
from evqa.language.wordings import CARDINAL, CARDINALS, LEAD, MIDDLE, ORDINAL, ORDINALS, ROMAN
from evqa.language.words import stems
from evqa.model import Outline
from evqa.question.scope.part import NamedPart

_PICTURE = (
    r"(?:figures?|figs?\.?|illustrations?|diagrams?|schemes?|schematics?|drawings?|graphics?|graphs?|flow ?charts?"
    r"|pictures?|images?|photo(?:graph)?s?|micrographs?)"
)
_NUMERAL = rf"s?\d+[a-z]?|[ivx]+|{CARDINAL}"
_ORDINAL = rf"{ORDINAL}|\d+(?:st|nd|rd|th)|last|final"
_OWN = (
    r"(?:captions?|legends?|foot-?notes?|notes?|headings?|headers?|titles?|columns?|rows?|lines?|cells?|entr(?:y|ies))"
)
# "In the footnote of Table 1", "below the second table".
_LED = (
    rf"(?:{LEAD}(?:the\s+)?(?:captions?|legends?|foot-?notes?|notes?|foot|bottom|text|title|heading|header)\s+"
    r"(?:of|to|for|in|under|below|beneath|with|accompanying)\s+"
    rf"|(?:{LEAD}(?:the\s+)?\b(?:text|notes?)\s+)?\b(?:below|beneath|underneath|above|beside|next to|accompanying)\s+"
    rf"|{LEAD})"
)
# "'s second column", "-table row"
_TAIL = rf"(?:['’]s?\s+(?:\w+\s+)?{_OWN}\b|['’]s?(?!\w)|\s+(?:captions?|legends?|foot-?notes?|entr(?:y|ies)|rows?)\b)?"
_OPENING_OWN = (
    r"(?:rows?|columns?|cells?|entr(?:y|ies)|captions?|legends?|(?:foot)?notes?|headers?|shows?|lists?|gives?)\b"
)
# "Which figure shows …", not "Which figure is given for mortality?".
_SHOWN = re.compile(
    r"\b(?:show[sn]?|shown|depict\w*|illustrat\w*|display\w*|present(?:s|ed)?|drawn|see|seen|picture[ds]?|visuali[sz]\w*)\b",
    re.IGNORECASE,
)


# Words before "table" that don't say what it is about.
_GENERIC = re.compile(
    r"(?:overview|summary|main|whole|big|large|long|comparison|above|following|data|results?|review|paper|\s)+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Float:
    """Tables or figures, and the patterns by which questions name them."""

    name: str
    noun: str

    @cached_property
    def named(self) -> re.Pattern[str]:
        """The noun alone. Without it, nothing else needs to be searched for."""
        return re.compile(rf"\b{self.noun}", re.IGNORECASE)

    @cached_property
    def numbered(self) -> re.Pattern[str]:
        """ "Table 2", "the second table's caption", "first-table"."""
        extra = r"(?P<extra>(?:suppl\w*\.?|supporting|extended data)\s+)?"
        numbered = rf"{_LED}(?:the\s+)?{extra}\b{self.noun}\s*(?:no\.?\s*|number\s+)?(?P<numeral>{_NUMERAL})\b"
        only = rf"{_LED}(?:the|its)\s+only\s+{self.noun}\b"
        ordinal = rf"{_LED}(?:(?:the|its)\s+)?\b(?P<ordinal>{_ORDINAL})[\s-]+{self.noun}\b"
        return re.compile(rf"(?:{ordinal}|{only}|{numbered}){_TAIL}", re.IGNORECASE)

    @cached_property
    def topical(self) -> re.Pattern[str]:
        """ "the table on glycaemia", "the glycaemia table", "the table", "which table", "Table: …"; no "table salt"."""
        topic = (
            rf"{_LED}(?:the\s+)?\b{self.noun}\s+(?P<link>on|of|about|for|covering|listing|with)\s+(?P<after>[^,:?.]+)"
        )
        before = rf"(?:{_LED}the\s+(?P<before>{MIDDLE}{{1,5}}){self.noun}\b)"
        opening_topic = rf"^(?P<opening>{MIDDLE}{{1,5}}){self.noun}\b(?=\s*[:–-])"
        any_one = rf"{_LED}\b(?:the|a|any|an|its|(?P<which>which|what)|review's)\s+{self.noun}\b(?!\s+of\b)"
        opening = rf"^{self.noun}(?=\s*(?:[:,?–-]|$|{_OPENING_OWN}))"
        return re.compile(rf"{topic}|(?:{before}|{opening_topic}|{any_one}|{opening}){_TAIL}", re.IGNORECASE)


_NO_PICTURES = ("Box", "Supplement")
_KINDS = (_Float("Table", r"(?:tables?|tab\.)"), _Float("Figure", _PICTURE))


def by_label(question: str, outlines: Sequence[Outline]) -> Iterable[NamedPart]:
    """Tables and figures: by number, by ordinal, by what they are about, or any."""
    for kind in (kind for kind in _KINDS if kind.named.search(question)):
        for match in kind.numbered.finditer(question):
            yield labelled(kind.name, _number(match), match.span(), outlines)
        for match in kind.topical.finditer(question):
            if kind.name == "Table" or not match["which"] or _SHOWN.search(question):
                yield from _float_by_topic(kind.name, match, outlines)


def _labels(kind: str, outline: Outline) -> list[tuple[str, str]]:
    """Label and caption of a document's tables or figures; for tables also the column heads."""
    if kind == "Figure":
        return [(each.label, each.caption) for each in outline.figures if not each.label.startswith(_NO_PICTURES)]
    return [(table.label, " ".join((table.caption, *table.columns))) for table in outline.tables]


@derived
def _every(outlines: Sequence[Outline]) -> dict[str, list[tuple[str, set[str]]]]:
    """Label and stems of the caption of all tables and of all figures."""
    return {
        kind.name: [(label, stems(text)) for outline in outlines for label, text in _labels(kind.name, outline)]
        for kind in _KINDS
    }


def labelled(kind: str, number: str, where: tuple[int, int], outlines: Sequence[Outline]) -> NamedPart:
    """The table or figure of that number ("last" is the last one), or a part with a problem."""
    every = [label for label, _ in _every(outlines)[kind]]
    label = every[-1] if number == "last" and every else f"{kind} {number}"
    if label in every:
        return NamedPart(label, *where, labels=(label,))
    have = ", ".join(dict.fromkeys(every)) or f"no {kind.lower()}"
    return NamedPart(label, *where, problem=f"there is no {label} here: the corpus has {have}")


def _number(match: re.Match[str]) -> str:
    """The number as labels print it; "last" for the last one."""
    ordinal, numeral = (match["ordinal"] or "").lower(), (match["numeral"] or "").lower()
    if ordinal or not numeral:
        counted = re.match(r"\d+", ordinal)
        return "last" if ordinal in ("last", "final") else counted[0] if counted else str(ORDINALS.get(ordinal, 1))
    named = CARDINALS.get(numeral) or ROMAN.get(numeral)
    number = str(named) if named else numeral.upper() if numeral[0] == "s" else numeral.rstrip("abcdefgh")
    return f"S{number}" if match["extra"] and number.isdigit() else number


def _float_by_topic(kind: str, match: re.Match[str], outlines: Sequence[Outline]) -> Iterable[NamedPart]:
    """The tables or figures whose captions share most words with the topic, which stays part of the content."""
    every = _every(outlines)[kind]
    topic = match["after"] or match["before"] or match["opening"] or ""
    about = set() if _GENERIC.fullmatch(topic) else stems(topic)
    scored = [(len(about & said), label) for label, said in every]
    best = max((score for score, _ in scored), default=0)
    if not every or (not best and about and match["link"] not in ("on", "about", "covering", "listing")):
        return
    labels = tuple(dict.fromkeys(label for score, label in scored if score == best))
    yield NamedPart(kind if len(labels) > 1 else labels[0], match.start(), _named_end(match), labels=labels)


def _named_end(match: re.Match[str]) -> int:
    """The end of the part's name: before its topic, which belongs to the content."""
    return match.start("after") if match["after"] else match.end()
