"""Print a journal paper's bibliography entry in the styles of many publishers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evqa.model import Name, Reference

Authors = Callable[[Sequence[Name]], str]


@dataclass(frozen=True)
class Others:
    """If there are more than `most` names, print only `shown` of them, then `text`."""

    most: int
    shown: int
    text: str


@dataclass(frozen=True)
class Style:
    """A style: how it prints names, and a template of {authors}, {title}, {journal}, {year}, {volume}, {pages}, {doi}.

    `{issue}` is "(3)" or "", `{number}` is " no. 3," or "".
    """

    authors: Authors
    template: str


def printed(reference: Reference, style: Style) -> str:
    """Print an entry in a style. The reference must have all fields except the issue and the DOI."""
    issue, doi = reference.issue, reference.DOI or "10.1000/none"
    return style.template.format(
        authors=style.authors(reference.author),
        title=re.sub(r"\.$", "", reference.title or ""),
        stop="" if (reference.title or "").endswith(("?", "!")) else ".",
        journal=reference.container_title,
        year=reference.year,
        volume=reference.volume,
        issue=f"({issue})" if issue else "",
        number=f" no. {issue}," if issue else "",
        pages=(reference.page or "").replace("-", "–"),
        doi=doi,
    )


def initials(name: Name, stop: str = "", gap: str = "") -> str:
    """The initials of a person: "JP", or "J. P." with `stop` "." and `gap` " "."""
    letters = re.findall(r"[A-ZÀ-Þ]", name.given or "")
    return gap.join(letter + stop for letter in letters[:3])


def _family_first(before: str, stop: str, gap: str) -> Callable[[Name], str]:
    return lambda name: name.literal or f"{name.family}{before}{initials(name, stop, gap)}".rstrip(", ")


def _initials_first(gap: str) -> Callable[[Name], str]:
    return lambda name: name.literal or f"{initials(name, '.', gap)} {name.family}".strip()


def _listed(one: Callable[[Name], str], last: str = ", ", others: Others | None = None) -> Authors:
    """Names separated by commas, the last one by `last`; `others` shortens long lists."""

    def authors(names: Sequence[Name]) -> str:
        texts = [one(name) for name in names]
        if others and len(texts) > others.most:
            return ", ".join(texts[: others.shown]) + others.text
        return ", ".join(texts[:-1]) + last + texts[-1] if len(texts) > 1 else texts[0]

    return authors


def _semicolons(names: Sequence[Name]) -> str:
    return "; ".join(_family_first(", ", ".", "")(name) for name in names)


def _chicago(names: Sequence[Name]) -> str:
    texts = [_family_first(", ", ".", " ")(names[0]), *(_initials_first(" ")(name) for name in names[1:])]
    return ", ".join(texts[:-1]) + ", and " + texts[-1] if len(texts) > 1 else texts[0]


_BARE = _listed(_family_first(" ", "", ""), others=Others(6, 6, ", et al"))
_THREE = _listed(_family_first(" ", "", ""), others=Others(6, 3, ", et al"))
_DOTTED = _listed(_family_first(", ", ".", " "), ", and ", Others(8, 6, ", et al."))
_TIGHT = _listed(_family_first(", ", ".", ""), " and ")
_AMPERSAND = _listed(_family_first(", ", ".", " "), ", & ")
_NATURE = _listed(_family_first(", ", ".", " "), " & ", Others(5, 1, " et al."))
_FIRST = _listed(_initials_first(" "), ", and ", Others(6, 1, " et al."))
_FIRST_ALL = _listed(_initials_first(" "))
_FIRST_TIGHT = _listed(_initials_first(""))
_GLUED = _listed(_family_first(",", ".", ""), " and ", Others(4, 1, " et al."))

STYLES: dict[str, Style] = {
    "Vancouver (NLM)": Style(_BARE, "{authors}. {title}{stop} {journal}. {year};{volume}{issue}:{pages}. doi: {doi}"),
    "AMA": Style(_THREE, "{authors}. {title}{stop} {journal}. {year};{volume}{issue}:{pages}. doi:{doi}"),
    "BMC": Style(_BARE, "{authors}. {title}{stop} {journal}. {year};{volume}:{pages}. https://doi.org/{doi}."),
    "BMC, older": Style(_BARE, "{authors}: {title}{stop} {journal} {year}, {volume}:{pages}."),
    "Springer": Style(
        _BARE, "{authors} ({year}) {title}{stop} {journal} {volume}{issue}:{pages}. https://doi.org/{doi}"
    ),
    "Frontiers, numbered": Style(_BARE, "{authors}. {title}{stop} {journal}. ({year}) {volume}:{pages}. doi: {doi}"),
    "Frontiers, Harvard": Style(_DOTTED, "{authors} ({year}). {title}{stop} {journal} {volume}, {pages}. doi: {doi}"),
    "APA": Style(
        _AMPERSAND, "{authors} ({year}). {title}{stop} {journal}, {volume}{issue}, {pages}. https://doi.org/{doi}"
    ),
    "MDPI": Style(_semicolons, "{authors} {title}{stop} {journal} {year}, {volume}, {pages}. [CrossRef] [PubMed]"),
    "ACS": Style(
        _semicolons, "{authors} {title}{stop} {journal} {year}, {volume} {issue}, {pages}. https://doi.org/{doi}."
    ),
    "IEEE": Style(_FIRST, "{authors}, “{title},” {journal}, vol. {volume},{number} pp. {pages}, {year}, doi: {doi}."),
    "Hindawi": Style(_FIRST, "{authors}, “{title},” {journal}, vol. {volume},{number} pp. {pages}, {year}."),
    "Elsevier": Style(_FIRST_TIGHT, "{authors}, {title}, {journal} {volume} ({year}) {pages}. https://doi.org/{doi}."),
    "Elsevier, Harvard": Style(
        _DOTTED, "{authors}, {year}. {title}{stop} {journal} {volume}, {pages}. https://doi.org/{doi}"
    ),
    "Cell": Style(_DOTTED, "{authors} ({year}). {title}{stop} {journal} {volume}, {pages}. {doi}."),
    "Nature": Style(_NATURE, "{authors} {title}{stop} {journal} {volume}, {pages} ({year})."),
    "Science": Style(_FIRST_ALL, "{authors}, {title}{stop} {journal} {volume}, {pages} ({year}). doi:{doi}"),
    "Lancet": Style(_THREE, "{authors}. {title}{stop} {journal} {year}; {volume}: {pages}."),
    "BMJ": Style(_THREE, "{authors}. {title}{stop} {journal} {year};{volume}:{pages}. doi:{doi}"),
    "PLOS": Style(_BARE, "{authors}. {title}{stop} {journal}. {year};{volume}{issue}: {pages}. pmid:12345678"),
    "ASM": Style(_BARE, "{authors}. {year}. {title}{stop} {journal} {volume}:{pages}."),
    "Chicago": Style(_chicago, "{authors}. {year}. “{title}.” {journal} {volume} {issue}: {pages}."),
    "Oxford": Style(_GLUED, "{authors} ({year}) {title}{stop} {journal}, {volume}, {pages}."),
    "Veterinary World": Style(_TIGHT, "{authors} ({year}) {title}{stop} {journal}, {volume}{issue}: {pages}."),
    "ASCO": Style(_THREE, "{authors}: {title}{stop} {journal} {volume}:{pages}, {year}"),
    "Copernicus": Style(_DOTTED, "{authors}: {title}, {journal}, {volume}, {pages}, https://doi.org/{doi}, {year}."),
    "Royal Society of Chemistry, with titles": Style(
        _FIRST_ALL, "{authors}, {title}, {journal}, {year}, {volume}, {pages}."
    ),
}
