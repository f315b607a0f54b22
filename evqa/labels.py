"""Tables and figures that a question names: by number, by place, by what they show, or any."""

import re
from collections.abc import Iterable, Sequence

from evqa.model import Outline
from evqa.part import Part
from evqa.part_words import CARDINALS, LEAD, MIDDLE, ORDINALS, ROMAN
from evqa.stems import stems

_PICTURE = r"figures?|figs?\.?|illustrations?|diagrams?|schemes?|schematics?|drawings?|graphics?|flow ?charts?"
_NUMERAL = r"s?\d+[a-z]?|[ivx]+|" + "|".join(CARDINALS)
_ORDINAL = "|".join(ORDINALS) + "|last|only"


def by_label(question: str, outlines: Sequence[Outline]) -> Iterable[Part]:
    """Tables and figures: by number, by ordinal, by what they are about, or any."""
    for kind, noun in (("Table", r"tables?|tab\."), ("Figure", _PICTURE)):
        extra = r"(?P<extra>(?:suppl\w*\.?|supporting|extended data)\s+)?"
        numbered = rf"{LEAD}(?:the\s+)?{extra}\b(?:{noun})\s*(?:no\.?\s*|number\s+)?(?P<numeral>{_NUMERAL})\b"
        ordinal = rf"{LEAD}(?:the|its)\s+(?P<ordinal>{_ORDINAL})[\s-]+(?:{noun})\b"
        for match in re.finditer(rf"{ordinal}|{numbered}", question, re.IGNORECASE):
            yield labelled(kind, _number(match), match.span(), outlines)
        for match in re.finditer(_topical(noun), question, re.IGNORECASE):
            yield from _float_by_topic(kind, match, outlines)


def _topical(noun: str) -> str:
    """ "the table on glycaemia", "the glycaemia table", "the table", "which table", "Table: …"; not "table salt"."""
    topic = rf"{LEAD}(?:the\s+)?\b(?:{noun})\s+(?P<link>on|of|about|for|covering|listing|with)\s+(?P<after>[^,:?.]+)"
    before = rf"{LEAD}the\s+(?P<before>{MIDDLE}{{1,5}})(?:{noun})\b"
    any_one = rf"{LEAD}\b(?:the|a|any|an|its|which|what|review's)\s+(?:{noun})\b(?!\s+of\b)"
    own = r"(?:rows?|columns?|cells?|entr(?:y|ies)|captions?|legends?|(?:foot)?notes?|headers?|shows?|lists?|gives?)\b"
    opening = rf"^(?:{noun})(?=\s*(?:[:,?–-]|$|{own}))"
    return rf"{topic}|{before}|{any_one}|{opening}"


def _labels(kind: str, outline: Outline) -> list[tuple[str, str]]:
    """(label, what it says about itself) of a document's tables or figures."""
    if kind == "Figure":
        return [(figure.label, figure.caption) for figure in outline.figures]
    return [(table.label, " ".join((table.caption, *table.columns))) for table in outline.tables]


def labelled(kind: str, number: str, where: tuple[int, int], outlines: Sequence[Outline]) -> Part:
    """The table or figure of a number."""
    every = [label for outline in outlines for label, _ in _labels(kind, outline)]
    label = every[-1] if number == "last" and every else f"{kind} {number}"
    if label in every:
        return Part(label, *where, labels=(label,))
    have = ", ".join(dict.fromkeys(every)) or f"no {kind.lower()}"
    return Part(label, *where, problem=f"there is no {label} here: the corpus has {have}")


def _number(match: re.Match[str]) -> str:
    """The number that a table or figure is named by, as its label prints it; "last" stays."""
    ordinal, numeral = (match["ordinal"] or "").lower(), (match["numeral"] or "").lower()
    if ordinal:
        return "last" if ordinal == "last" else str(ORDINALS.get(ordinal, 1))
    named = CARDINALS.get(numeral) or ROMAN.get(numeral)
    number = str(named) if named else numeral.upper() if numeral[0] == "s" else numeral.rstrip("abcdefgh")
    return f"S{number}" if match["extra"] and number.isdigit() else number


def _float_by_topic(kind: str, match: re.Match[str], outlines: Sequence[Outline]) -> Iterable[Part]:
    """The tables or figures that say most of the words; the words stay in the question as content."""
    every = [pair for outline in outlines for pair in _labels(kind, outline)]
    about = stems(match["after"] or match["before"] or "")
    scored = [(len(about & stems(text)), label) for label, text in every]
    best = max((score for score, _ in scored), default=0)
    if not every or (not best and (match["before"] or match["link"] in ("of", "for", "with"))):
        return
    labels = tuple(dict.fromkeys(label for score, label in scored if score == best))
    yield Part(kind if len(labels) > 1 else labels[0], match.start(), _named_end(match), labels=labels)


def _named_end(match: re.Match[str]) -> int:
    """Where the part's name ends: its topic is content too, so only the noun is taken."""
    return match.start("after") if match["after"] else match.end()
