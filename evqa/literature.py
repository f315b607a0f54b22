"""What a question asks of the bibliography: numbers, years, authors, journals, oldest, newest, how many.

Facts are matched against the entries themselves, so a name counts as an author's only when the
bibliography has it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from evqa.model import Name, Reference
from evqa.words import fold, words

Order = Literal["oldest", "newest"]

WORK = (
    r"(?:(?:journal )?articles?|papers?|publications?|stud(?:y|ies)|works?|entr(?:y|ies)|reviews?|reports?|books?"
    r"|titles?|references?|refs?|citations?|sources?|items?|literature)"
)
_LIST = (
    r"(?:reference list|list of references|references list|bibliograph(?:y|ies)|literature list|works cited"
    r"|reference section|references section|literature cited|cited literature)"
)
_BY = r"(?:by|from|of|with|(?:co-?)?authors?|authored|wrote|written|et al|group|lab|list|listed|among|did|name[ds]?)"

_LISTED = re.compile(rf"\b(?:in|from|of|on|within)?\s*(?:the|its|this|their)?\s*\b{_LIST}\b", re.IGNORECASE)
_CITED = re.compile(
    rf"\bcited\s+(?:\w+\s+){{0,2}}?{WORK}\b|\b{WORK}\b[^?.,:;]{{0,40}}?\b(?:is|are|was|were)\s+(?:cited|listed)\b(?!\s+(?:for|as|to|on)\b)"
    rf"|\b(?:entry|entries)\b|\bdo(?:es)? (?:they|it|the {WORK}|the authors) cite\b|\bcited (?:doctoral|phd|master)"
    r"|\bdois?\b",
    re.IGNORECASE,
)
_SOUGHT = re.compile(
    r"\bwhich (?:article|paper|publication|study|trial|report|author|group|team)s?\b|\bwho\b"
    rf"|\b(?:is|are) there (?:an?|any)?\s*(?:\w+\s+){{0,2}}{WORK}\b|\bany {WORK}\b"
    rf"|\b{WORK} (?:on|about|dealing with|concerning)\b",
    re.IGNORECASE,
)
_OLDEST = re.compile(r"\b(?:oldest|earliest|least recent|first[- ]published)\b", re.IGNORECASE)
_NEWEST = re.compile(r"\b(?:newest|latest|most recent|most recently published)\b", re.IGNORECASE)
_COUNT = re.compile(rf"\bhow many\s+(?:\w+\s+){{0,3}}?{WORK}\b|\bnumber of\s+(?:\w+\s+){{0,2}}?{WORK}\b", re.IGNORECASE)
_DOI = re.compile(r"\b10\.\d{4,9}/\S+?(?=[\s?,;]|[.?]?$)")
_FIRST_AUTHOR = re.compile(r"\b(?:first|lead)[- ]author(?:ed)?\b", re.IGNORECASE)
_LAST_AUTHOR = re.compile(r"\b(?:last|senior)[- ]author(?:ed)?\b", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:published|appeared|appearing|dated?|printed|issued|came out|from the|year|in)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Facts:
    """Bibliographic facts that a question states. None and empty mean not asked.

    `explicit`: the question speaks of the bibliography itself. `sought`: it asks for a work,
    which may be one cited in the text too. `years` is an inclusive range.
    """

    explicit: bool = False
    sought: bool = False
    years: tuple[int, int] | None = None
    authors: tuple[str, ...] = ()
    place: Literal["any", "first", "last"] = "any"
    containers: tuple[str, ...] = ()
    doi: str | None = None
    order: Order | None = None
    count: bool = False
    taken: tuple[tuple[int, int], ...] = ()

    @property
    def selects(self) -> bool:
        """Whether the facts pick entries by themselves."""
        return bool(self.years or self.authors or self.containers or self.doi or self.order or self.count)


def find_facts(question: str, references: Sequence[Reference]) -> Facts:
    """The facts in a question; `taken` are the stretches of it that state them."""
    listed = [m.span() for m in _LISTED.finditer(question)]
    cited = [span for m in _CITED.finditer(question) for span in _ends_of(m)]
    sought = bool(cited or listed or _SOUGHT.search(question))
    counted = _COUNT.search(question)
    doi = _DOI.search(question)
    about = bool(listed or cited or counted)
    years = _years(question) if sought or _PUBLISHED.search(question) else None
    authors = _authors(question, references, about or sought)
    containers = _containers(question, references, about or sought)
    order, ordered = _order(question) if about or re.search(WORK, question, re.IGNORECASE) else (None, [])
    found = [*(authors or []), *(containers or []), *([years] if years else [])]
    spans = [each[1] for each in found] + ordered + listed + cited + [m.span() for m in (counted, doi) if m]
    return Facts(
        explicit=about or bool(doi),
        sought=sought,
        years=years[0] if years else None,
        authors=tuple(dict.fromkeys(name for name, _ in authors)),
        place="first" if _FIRST_AUTHOR.search(question) else "last" if _LAST_AUTHOR.search(question) else "any",
        containers=tuple(dict.fromkeys(title for title, _ in containers)),
        doi=doi[0].rstrip(".").lower() if doi else None,
        order=order,
        count=counted is not None,
        taken=tuple(sorted(spans)),
    )


def _ends_of(match: re.Match[str]) -> list[tuple[int, int]]:
    """First and last word of a match: what stands between may be a name or a topic."""
    found = [m.span() for m in re.finditer(r"\S+", match[0])]
    return [(match.start() + start, match.start() + end) for start, end in {found[0], found[-1]}]


def matching(facts: Facts, references: Iterable[Reference]) -> tuple[Reference, ...]:
    """The entries of which all stated facts are true, oldest or newest ones only where asked."""
    kept = [reference for reference in references if _fits(facts, reference)]
    if facts.order is None:
        return tuple(kept)
    years = [reference.year for reference in kept if reference.year]
    wanted = (min if facts.order == "oldest" else max)(years, default=None)
    return tuple(reference for reference in kept if reference.year and reference.year == wanted)


def _fits(facts: Facts, reference: Reference) -> bool:
    """Whether every stated fact is true of the entry."""
    year = reference.year
    return (
        (facts.years is None or (year is not None and facts.years[0] <= year <= facts.years[1]))
        and all(_wrote(author, facts.place, reference) for author in facts.authors)
        and (not facts.containers or reference.container_title in facts.containers)
        and (facts.doi is None or (reference.DOI or "").lower() == facts.doi)
    )


def _wrote(author: str, place: str, reference: Reference) -> bool:
    """Whether the author ("Han Y" or "Han") stands in the entry, first or last where asked."""
    names = {"first": reference.author[:1], "last": reference.author[-1:]}.get(place, reference.author)
    family, _, given = author.partition("|")
    return any(fold(_family(n)) == family and (not given or _initials(n).startswith(given)) for n in names)


def _family(name: Name) -> str:
    return name.family or name.literal or ""


def _initials(name: Name) -> str:
    """Initials of the given names, lower case: "Tesic Mark M" gives "tmm"."""
    given = name.given or ""
    parts = re.findall(r"[^\W\d_]+", given)
    return "".join(part.lower() if part.isupper() and len(part) <= 4 else part[0].lower() for part in parts)


def _authors(question: str, references: Sequence[Reference], about: bool) -> list[tuple[str, tuple[int, int]]]:
    """Family names of the bibliography that the question gives as authors' names."""
    families = {fold(_family(name)) for reference in references for name in reference.author} - {""}
    found = []
    for match in re.finditer(
        r"\b([^\W\d_][\w'’-]+(?:\s+[^\W\d_][\w'’-]+)?)(?:,?\s+([A-Z]{1,3})\b(?![-+\d]))?", question
    ):
        for text, end in _readings(match):
            if fold(text) in families and (match[2] or _is_named(question, (match.start(), end), text, about)):
                given = (match[2] or "").lower() if end == match.end(1) else ""
                found.append((f"{fold(text)}|{given}" if given else fold(text), (match.start(), match.end())))
                break
    return found


def _readings(match: re.Match[str]) -> list[tuple[str, int]]:
    """A run of one or two words read as a double name, else as its first word."""
    whole = match[1]
    first = re.split(r"\s+", whole)[0]
    possessive = re.sub(r"['’]s?$", "", first)
    return [(whole, match.end(1)), (first, match.start() + len(first)), (possessive, match.start() + len(first))]


def _is_named(question: str, where: tuple[int, int], text: str, about: bool) -> bool:
    """Capitalised, and said to be an author: "by X", "X et al.", "X as author", or in a question about works."""
    if not text[0].isupper():
        return False
    before, after = question[: where[0]].rstrip().lower(), question[where[1] :].lstrip().lower()
    cue = re.search(rf"\b{_BY}$", before) or re.match(r"(?:et al|and colleagues|and co|as (?:first|last|an?) )", after)
    opens = where[0] == 0 and text.lower() in _OPENERS
    return bool(cue or (about and not opens and _AUTHORSHIP.search(question)))


_OPENERS = frozenset({"which", "what", "who", "how", "are", "is", "does", "do", "any", "list", "name", "all", "the"})
_AUTHORSHIP = re.compile(rf"\bauthors?\b|\bby\b|\bwrote\b|\b{WORK}\b", re.IGNORECASE)


def _containers(question: str, references: Sequence[Reference], about: bool) -> list[tuple[str, tuple[int, int]]]:
    """Journals of the bibliography that the question names, in full or abbreviated, longest name first."""
    titles = {reference.container_title for reference in references if reference.container_title}
    tokens = [(m[0], m.start(), m.end()) for m in re.finditer(r"[^\W_]+", question)]
    found: list[tuple[str, tuple[int, int]]] = []
    for title in sorted(titles, key=lambda t: (-len(words(t)), t)):
        span = _names(tokens, title, question, about)
        if span and all(span[1] <= s or span[0] >= e or (s, e) == span for _, (s, e) in found):
            found.append((title, span))
    return found


def _names(tokens: list[tuple[str, int, int]], title: str, question: str, about: bool) -> tuple[int, int] | None:
    """Where the question names the journal. One capital word such as "Nature" needs "in", "the … article"."""
    if not about:
        return None
    wanted = [w for w in words(re.sub(r"\([^)]*\)", " ", title)) if w not in _SMALL]
    for i, (_, start, _) in enumerate(tokens):
        end = _spelt(tokens, i, wanted)
        if end is None:
            continue
        if question[start].isupper() and (len(wanted) > 1 or _is_journal(question, start, end)):
            return start, end
    return None


_SMALL = frozenset({"of", "the", "and", "in", "for", "on", "a", "an"})


def _spelt(tokens: list[tuple[str, int, int]], i: int, wanted: list[str]) -> int | None:
    """End of the run of question words from i that spells the journal, each word in full or as its beginning."""
    end = None
    for word in wanted:
        while i < len(tokens) and fold(tokens[i][0]) in _SMALL and end is not None:
            i += 1
        if i >= len(tokens) or not _same_word(fold(tokens[i][0]), word, len(wanted)):
            return None
        end = tokens[i][2]
        i += 1
    return end


def _same_word(asked: str, printed: str, many: int) -> bool:
    """Equal, or in a title of several words one the beginning of the other ("Extracell" / "Extracellular")."""
    return asked == printed or (
        many > 1 and (asked.startswith(printed) or (len(asked) > 2 and printed.startswith(asked)))
    )


def _is_journal(question: str, start: int, end: int) -> bool:
    """Whether a one-word name is used as a journal's: "in Nature", "the Nature article", "published by Cell"."""
    before, after = question[:start].rstrip().lower(), question[end:].lstrip().lower()
    return bool(re.search(r"\b(?:in|from|by|of|journal|the journal)$", before) or re.match(rf"{WORK}\b", after))


def _years(question: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """((first, last), where) of the years asked for."""
    year = r"((?:1[6-9]|20)\d\d)"
    ranges: tuple[tuple[str, int, int], ...] = (
        (rf"\b(?:between|from)\s+{year}\s*(?:and|to|until|-|–)\s*{year}\b", 0, 0),
        (rf"\b{year}\s*[-–]\s*{year}\b", 0, 0),
        (rf"\b(?:before|prior to|older than|earlier than)\s+{year}\b", -9999, -1),
        (rf"\b(?:up to|until|by the end of|no later than)\s+{year}\b", -9999, 0),
        (rf"\b(?:after|later than|newer than)\s+{year}\b", 1, 9999),
        (rf"\b(?:since|from)\s+{year}\b(?:\s+on(?:wards?)?)?", 0, 9999),
        (rf"\b(?:the\s+)?{year[:-1]})s\b", 0, 9),
        (rf"\b{year}\b", 0, 0),
    )
    for pattern, down, up in ranges:
        if match := re.search(pattern, question, re.IGNORECASE):
            given = [int(g) for g in match.groups()]
            return (max(0, given[0] + down), given[-1] + up), match.span()
    return _decade(question)


_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
            "eighties": 80, "nineties": 90}  # fmt: skip


def _decade(question: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """ "the nineties" is 1990–1999."""
    match = re.search(rf"\bthe\s+({'|'.join(_DECADES)})\b", question, re.IGNORECASE)
    first = 1900 + _DECADES[match[1].lower()] if match else 0
    return ((first, first + 9), match.span()) if match else None


def _order(question: str) -> tuple[Order | None, list[tuple[int, int]]]:
    """Whether the oldest or the newest is asked for, and where."""
    if match := _OLDEST.search(question):
        return "oldest", [match.span()]
    if match := _NEWEST.search(question):
        return "newest", [match.span()]
    return None, []
