"""Tell what kind of article a document is: a review, a trial, a protocol, a case report, or another study.

What a file or its title page says counts first, then the title, then how the article is built: research has methods and
results, a case report presents a case, a review has neither.
"""

import re
from collections.abc import Iterable, Sequence

from evqa.model import Genre

_REVIEW = (
    r"(?:mini-?\s?|nano\s|systematic |literature |narrative |scoping |critical |umbrella )*review|meta-?analys[ei]s"
)
_CASE = r"case (?:reports?|series|study|presentations?|descriptions?)"
_TRIAL = (
    r"(?:clinical|controlled|pragmatic|feasibility|pilot|crossover|superiority|non-?inferiority|randomi[sz]ed)\s+trial"
    r"|\btrial\b|randomi[sz]ed|\bphase\s(?:[1-4]|I{1,3}V?|IV)[ab]?\b|double-blind|placebo-controlled"
)
# What a journal prints above a title, and JATS files name as article type or subject.
_PRINTED: tuple[tuple[Genre, str], ...] = (
    ("protocol", r"(?:study|trial|clinical trial) protocol(?: clinical trial)?|protocol"),
    ("case report", rf"{_CASE}|case|clinical case report"),
    ("review", rf"(?:{_REVIEW})(?:[ -](?:articles?|artilce|paper))?|review of .{{3,60}}|perspective and review"),
    ("trial", r"(?:randomi[sz]ed )?(?:controlled |clinical )?trials?|clinical trial (?:report|article)"),
    (
        "study",
        r"(?:original|research|full[- ]length|regular|brief|short|rapid|data)(?:[ -](?:original|brief|research))*"
        r"[ -](?:research|articles?|papers?|reports?|communications?|contributions?|investigations?|study|studies)",
    ),
)
_PRINTED_FORMS = tuple((genre, re.compile(rf"\W*(?:{form})\W*", re.IGNORECASE)) for genre, form in _PRINTED)
_TITLED: tuple[tuple[Genre, re.Pattern[str]], ...] = (
    ("protocol", re.compile(r"\bprotocol\b", re.IGNORECASE)),
    (
        "case report",
        re.compile(rf"\b(?:{_CASE}|an? (?:\w+ ){{0,2}}case (?:of|with)|report of \w+ cases?)\b", re.IGNORECASE),
    ),
    ("review", re.compile(rf"\b(?:{_REVIEW}|overview)\b", re.IGNORECASE)),
    ("trial", re.compile(_TRIAL, re.IGNORECASE)),
)
_CASES = re.compile(
    rf"\W*(?:the )?(?:{_CASE}|(?:clinical )?(?:case|patient) (?:history|information)|case \d.*)\W*", re.IGNORECASE
)
_METHODS = re.compile(
    r"\W*(?:(?:\w+,? ){0,3}(?:and|&) )?(?:study |research )?(?:methods?|methodology)(?: (?:and|&) .{3,30}|/.{3,20})?\W*"
    r"|\W*experimental(?: (?:section|procedures?|design|methods?))?\W*"
    r"|\W*statistic(?:s|al (?:analys[ie]s|methods?))\W*",
    re.IGNORECASE,
)
_RESULTS = re.compile(
    r"\W*(?:\w+ (?:and|&) )?(?:main |key )?(?:results?|findings)(?: (?:and|&) \w+)?\W*", re.IGNORECASE
)
_REVIEWED = re.compile(
    r"\b(?:this|our|present|current) (?:\w+ )?(?:mini-?)?review\b|\bwe (?:\w+ )?(?:review|summari[sz]e)\b",
    re.IGNORECASE,
)
_PEOPLE = r"(?:patients|participants|volunteers|children|women|men|adults|adolescents|infants)"
# An abstract tells of patients who were assigned, or of what is still to be done.
_ASSIGNED = re.compile(
    rf"\b{_PEOPLE}\b[^.]{{0,80}}\brandom(?:ly|i[sz]ed)\b|\brandom(?:ly|i[sz]ed)\b[^.]{{0,60}}\b{_PEOPLE}\b"
    r"|\bphase\s(?:[1-4]|I{1,3}V?|IV)[ab]?(?:/(?:[1-4]|I+))?\b"
    r"|\b(?:NCT\d{8}|ISRCTN\s?\d{8}|EudraCT|ChiCTR|UMIN\d+)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\bwill be (?:\w+ )?(?:randomi[sz]ed|recruited|enrolled|included|assigned|allocated|assessed|conducted)\b"
    r"|\bmethods and analysis\b|\bethics and dissemination\b|\btrial status\b",
    re.IGNORECASE,
)


def printed_genre(lines: Iterable[str]) -> Genre | None:
    """The genre that a whole line names, such as "Original Research"; the most telling of several, None without.

    That an article is research says least: the same page may say that it is a protocol.
    """
    found = {genre for line in lines for genre, form in _PRINTED_FORMS if form.fullmatch(line)}
    return next((genre for genre, _ in _PRINTED if genre in found), None)


def genre_of(
    title: str, abstract: str, headings: Sequence[str], told: Genre | None, has_bibliography: bool
) -> Genre | None:
    """The genre of a document; None for what is no article, or too little to tell.

    `told`: what the file or its title page says. A study that is told is looked at more closely: trials are studies.
    """
    titled = next((genre for genre, form in _TITLED if form.search(title)), None)
    if told not in (None, "study"):
        return told
    if told is None and titled not in (None, "trial"):
        return titled
    if told is None and any(map(_CASES.fullmatch, headings)):
        return "case report"
    if titled == "protocol" or any(map(_TO_COME.search, [abstract, *headings])):
        return "protocol"
    built = _built(abstract, headings, titled)
    if told:
        return built if built in ("trial", "protocol") else told
    return built if has_bibliography and headings else None


def _built(abstract: str, headings: Sequence[str], titled: Genre | None) -> Genre | None:
    """The genre by methods and results: a trial without results is a protocol, a text without methods a review."""
    has_methods, has_results = (any(map(form.fullmatch, headings)) for form in (_METHODS, _RESULTS))
    if has_methods and (titled == "trial" or _ASSIGNED.search(abstract)):
        return "trial" if has_results else "protocol"
    if has_methods or titled == "trial":
        return titled or ("study" if has_results else None)
    return "review" if not has_results or _REVIEWED.search(abstract) else None
