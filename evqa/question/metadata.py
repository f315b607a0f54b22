"""Find out whether a question asks for what a title page or a statement says of the document itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import Literal

from evqa.language.framing import blanked
from evqa.language.words import FUNCTION_WORDS, words
from evqa.model import Outline

MetadataKind = Literal[
    "title", "authors", "journal", "year", "DOI", "licence", "funding", "interests", "registration", "correspondence"
]
_APPEARED = r"(?:published|publish(?:es)?|publication|appear(?:s|ed)?|come out|came out|printed|released)"
# The words for each, the surest first. Whether the document's own is meant is told by the words beside them.
_NAMES: dict[MetadataKind, str] = {
    "correspondence": r"correspond(?:ing|ence)|e-?mails?|contact(?:ed)?|(?:write|address) to|reach(?:ed)?",
    "DOI": r"dois?|digital object identifiers?",
    "registration": r"(?:pre-?)?registered|(?:pre-?)?registration|registry|prospero|clinicaltrials\.gov|nct|isrctn",
    "interests": r"(?:conflicts?|competing|conflicting)(?: of)? (?:\w+ )?interests?|disclosures?"
    r"|(?:financial|commercial) (?:ties|relationships|interests)",
    "funding": r"fund(?:ed|s|ing|ers?)|financed|sponsor(?:ed|s|ship)?|bankroll\w*|grants?|paid(?: for)?|pays for"
    r"|money|financial support|(?:who|which|what) (?:\w+ )?supported",
    "licence": r"licen[cs](?:e|es|ed|ing)|creative commons|open[- ]access|terms of (?:re-?)?use|re-?use",
    "journal": rf"journals?|periodical|where\b(?=.*\b{_APPEARED}\b)",
    "year": rf"(?:when|(?:what|which) (?:year|date|day))\b(?=.*\b{_APPEARED}\b)|{_APPEARED} (?:year|date)"
    rf"|(?:year|date) of (?:the )?{_APPEARED}",
    "title": r"titles?|titled|entitled|called|named|names? of",
    # "What did the authors find?" asks for no names.
    "authors": r"who\b(?=.*\b(?:authors?|writers?|wrote|written|authored)\b)|(?:list|names?|give)\b(?=.*\bauthors?\b)"
    r"|authors?(?: of \w+ \w+)?(?=\W*$)(?<!the authors)(?<!these authors)|authored|wrote",
}
_ASKED = tuple((kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for kind, pattern in _NAMES.items())
# Verbs and names that are used of subjects as well. They ask of a document only where it is what they are said of.
_AMBIGUOUS = re.compile(
    r"\b(?:appear(?:s|ed)?|come out|came out|printed|released|reach(?:ed)?|contact(?:ed)?|(?:write|address) to|called"
    r"|named|names? of|registered)\b",
    re.IGNORECASE,
)
_NOUNS = frozenset(
    """review paper article document publication manuscript preprint study work text trial protocol report
    analysis""".split()
)
_NOUN = rf"(?:{'|'.join(sorted(_NOUNS))})"
# "In the paper" tells where to look, "the paper" what is asked of.
_IS_OF_DOCUMENT = re.compile(
    rf"(?<!\bin )(?<!\bby )(?<!\bof )(?<!\bfrom )(?<!\bwith )(?<!\bduring )\b(?:the|this|that|your|our)\s+"
    rf"(?:(?!(?:in|by|of|from|with|during|for|to)\b)[\w’'-]+\s+){{0,6}}?{_NOUN}\b(?![’'-])"
    r"|\bit\b|\b(?:authors?|writers?)\b|[“\"][^”\"]+[”\"]",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"]([^”\"]+)[”\"]")
# Words that may stand between those of a title and "review" after them, and what leads from "review" to them.
_JOINING = frozenset("of and s".split())
_LEADING = frozenset("on about of by from for called titled entitled in".split())
# A title is meant without a noun beside it where so much of it is said. A short one may be the name of the subject.
MOST_OF_TITLE, FEWEST_WORDS = 0.8, 4
# What stands beside them without naming a subject: the document, whoever made it, and the frame of a question.
QUESTION_FRAME = FUNCTION_WORDS | frozenset(
    """review paper article document publication manuscript study work text trial protocol research report project case
    meta analysis scientific clinical present current this they their them i we you me us our your one anyone
    someone all any some there here list name names give tell show say says state stated states please know want
    find called full exact complete number numbers id identifier code statement statements information details
    detail address addresses source sources agency agencies body bodies foundation foundations found provided
    provide provides given ids organisation organisations organization organizations support supported funder
    role money received receive receives get got gets declare declared declares disclose disclosed reported
    potential external public private financial financially advance anywhere prospectively registered author
    authors writer writers researcher researchers investigator investigators people person first last lead
    senior published publish publishes appeared appears printed released wrote written authored appear come came
    out year date in under type kind terms which whom re use may share copy freely free access open apply
    applies hold belong about via by during without no not yes bias influence behind exist exists listed
    available link journal main own s""".split()
)


@dataclass(frozen=True)
class Metadata:
    """What a question asks of the document itself; `documents`: those that it may mean, by title, author or year."""

    kind: MetadataKind
    documents: frozenset[str]


def find_metadata(question: str, outlines: Sequence[Outline]) -> Metadata | None:
    """What a title page or statement is asked for; None if the question has a subject that isn't a document's own.

    All words beside it must be the frame of a question, or name a document: stand in its title and beside a word like
    "review", or be its authors' and year. "Who funded the BREAD trial?" asks a document called so, and nothing here
    where the text only tells of that trial; "Where are vesicles released?" asks nothing of a review of vesicles.
    """
    for kind, asked in _ASKED:
        stretches = [match.span() for match in asked.finditer(question)]
        if not stretches or not (asked.search(_AMBIGUOUS.sub(" ", question)) or _IS_OF_DOCUMENT.search(question)):
            continue
        rest = blanked(question, stretches)
        subject = {*words(rest)} - QUESTION_FRAME
        is_named = subject <= _beside_noun(words(rest)) or subject <= {*words(" ".join(_QUOTED.findall(question)))}
        meant = frozenset(
            each.document.id
            for each in outlines
            if subject <= names_in(each) and (is_named or _is_named_by(subject, each))
        )
        if meant:
            return Metadata(kind, meant)
    return None


def _beside_noun(asked: Sequence[str]) -> set[str]:
    """The words that name a document by standing before "review" ("the sourdough review"), or after "review on"."""
    named: set[str] = set()
    for place, word in enumerate(asked):
        if word not in _NOUNS:
            continue
        before = takewhile(lambda each: each in _JOINING or each not in FUNCTION_WORDS, reversed(asked[:place]))
        named |= {*before}
        if asked[place + 1 : place + 2] and asked[place + 1] in _LEADING:
            named |= {*asked[place + 2 :]}
    return named


def _is_named_by(subject: set[str], outline: Outline) -> bool:
    """Whether the words are those of an author, with or without the year, or nearly all of the title."""
    authors = {*words(" ".join(f"{each.given or ''} {each.surname}" for each in outline.author))}
    if subject & authors and subject <= authors | {str(outline.year)}:
        return True
    title = {*words(outline.document.title)} - QUESTION_FRAME
    return len(title) >= FEWEST_WORDS and len(title & subject) >= MOST_OF_TITLE * len(title)


def names_in(outline: Outline) -> frozenset[str]:
    """The folded words by which a question may mean a document: of its title, its authors' names, and its year."""
    return _names(
        outline.document.title, tuple(f"{each.given or ''} {each.surname}" for each in outline.author), outline.year
    )


@lru_cache(maxsize=4096)
def _names(title: str, authors: tuple[str, ...], year: int | None) -> frozenset[str]:
    return frozenset(words(" ".join((title, *authors, str(year or "")))))
