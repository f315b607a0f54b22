"""Read headings: number, title, level, and which part of an article they open."""

import re
from dataclasses import dataclass

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4}|[IVX]{1,5}(?=\.))[.:)]?\s+(?=[^\W\d_]|[(\"“‘'])(.*)", re.DOTALL)
_ABSTRACT = re.compile(r"(?:structured |short |graphical )?(?:abstract|summary|synopsis)\W*", re.IGNORECASE)
_KEYWORDS = re.compile(r"(?:author )?key\s?-?words?(?: and phrases)?\W*|index terms\W*", re.IGNORECASE)
_BIBLIOGRAPHY = re.compile(
    r"(?:list of |cited |selected )?(?:references?|bibliography|literature)(?: (?:cited|list|and notes))?\W*"
    r"|works cited\W*|notes and references\W*|reference list\W*|citations\W*",
    re.IGNORECASE,
)
_STRUCTURED = re.compile(
    r"(?:background(?: and (?:aims?|objectives?|purpose))?|context|introduction|objectives?"
    r"|aims?(?: and objectives)?|purpose|"
    r"rationale|design|setting|participants|patients|methods?(?: and (?:results|findings))?|(?:materials?|patients"
    r"|subjects) and methods|"
    r"methodology|data sources?|study selection|data extraction|data synthesis|interventions?|main outcome measures?|"
    r"measurements?|results?|(?:main |key |principal )?findings|recent findings|discussion|interpretation"
    r"|significance|limitations|"
    r"conclusions?(?: and relevance)?|summary|trial registration|registration|funding|main (?:text|body)|"
    r"purpose of (?:the )?review|scope|evidence acquisition|evidence synthesis)\W*",
    re.IGNORECASE,
)
_FRONT = re.compile(
    r"(?:open access|edited by|reviewed by|edited and reviewed by|\W*correspondence(?: to)?|corresponding authors?"
    r"|citation|"
    r"how to cite|cite this article|copyright(?: and licen[cs]e)?|licen[cs]e|received|accepted|published"
    r"|article info(?:rmation)?|"
    r"article history|highlights|authors?|author affiliations?|authors? and affiliations?|affiliations?"
    r"|specialty section|"
    r"review(?: article)?|mini review|research article|original (?:article|research)|systematic review|article|"
    r"academic editor|academic editors|handling editor|doi|contents|table of contents|in brief|graphical abstract|"
    r"abbreviations|this article was submitted to.*|type)\W*",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"(?:author(?:'s|s'|s)?’? ?contributions?|contributors|funding.*|acknowledge?ments?|conflicts? of interests?|"
    r"(?:declaration of )?competing interests?|declarations?.*|data availability.*|availability of data.*|ethics.*|"
    r"ethical approval.*|(?:patient )?consent.*|generative ai.*|publisher['’]s note|supplementary.*|"
    r"supporting information|"
    r"additional (?:files?|information)|disclosures?.*|abbreviations|appendix.*|author details|authors['’] information|"
    r"open access|footnotes?|notes?|credit author.*|institutional review.*|informed consent.*|sample availability.*|"
    r"financial support.*|orcid.*|peer review.*|provenance.*)\W*",
    re.IGNORECASE,
)

# A statement's heading has one of the first words and none but these.
_STATEMENT_TOPICS = frozenset(
    """funding funder funders financial conflict conflicts conflicting competing disclosure disclosures ethic ethics
    ethical consent interest interests availability sharing access accessibility contribution contributions contributor
    contributors acknowledgment acknowledgments acknowledgement acknowledgements registration provenance""".split()
)
_STATEMENT_WORDS = _STATEMENT_TOPICS | frozenset(
    """a administration and animal animals approval author authors authorship board clinical code committee compliance
    considerations credit data date declaration declarations details dissemination for grant grants human informed
    institutional material materials number of on organisation organization participate participation patient patients
    peer potential process protocol publication research review rights role s sample software source sources standards
    statement statements study support supporting the their to trial with written""".split()
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Title:
    """A heading's printed number (None without) and words."""

    number: str | None
    words: str


def split_heading(text: str) -> Title:
    """Split a heading: "2.1 Methods" is ("2.1", "Methods"), "IV. Results" is ("IV", "Results")."""
    found = _NUMBERED.fullmatch(text)
    return Title(found[1], found[2].strip()) if found else Title(None, text)


def is_abstract(text: str) -> bool:
    """Tell whether a heading opens the abstract."""
    return bool(_ABSTRACT.fullmatch(text))


def is_keywords(text: str) -> bool:
    """Tell whether a heading opens the keywords."""
    return bool(_KEYWORDS.fullmatch(text))


def is_bibliography(text: str) -> bool:
    """Tell whether a heading opens the bibliography."""
    return bool(_BIBLIOGRAPHY.fullmatch(split_heading(text).words))


def is_abstract_part(text: str) -> bool:
    """Tell whether a heading may stand within a structured abstract."""
    return bool(_STRUCTURED.fullmatch(text))


def is_front(text: str) -> bool:
    """Tell whether a heading opens front matter such as "Edited by"."""
    return bool(_FRONT.fullmatch(text)) or is_keywords(text)


def is_back(text: str) -> bool:
    """Tell whether a heading opens a statement after the main text, such as "Funding"."""
    return bool(_BACK.fullmatch(split_heading(text).words)) or is_bibliography(text)


def is_statement(text: str) -> bool:
    """Tell whether a heading opens a statement on funding, interests, ethics, data, registration or who did what."""
    words = set(_WORD.findall(split_heading(text).words.lower()))
    return bool(words & _STATEMENT_TOPICS) and words <= _STATEMENT_WORDS


def opens_body(text: str) -> bool:
    """Tell whether a heading can't be the title: numbered, or the name of a usual part."""
    title = split_heading(text)
    usual = is_abstract(text) or is_abstract_part(title.words) or is_back(text) or is_keywords(text)
    return title.number is not None or usual


class Levels:
    """Nesting levels of a document's headings, asked in printed order.

    A printed number gives the level; otherwise the number of '#' compared with the headings before.
    """

    def __init__(self, base: int) -> None:
        """`base`: the smallest number of '#' among the body's headings."""
        self._base = base
        self._last: tuple[int, int] | None = None

    def level(self, text: str, hashes: int) -> int:
        """Return the level of the next heading, 1 the highest."""
        number = split_heading(text).number
        if number is not None:
            level = number.count(".") + 1
            self._last = (level, hashes)
            return level
        if is_back(text):
            return 1
        if self._last and hashes > self._last[1]:
            return self._last[0] + hashes - self._last[1]
        return max(1, 1 + hashes - self._base)
