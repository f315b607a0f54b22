"""Print an entry of a bibliography in a journal's style, from its tagged fields."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from eval.typesetting.restyle import family_in_editors, text_of
from eval.typesetting.runs import Run

_PUNCTUATION = 4


@dataclass(frozen=True)
class _Work:
    """The fields of an entry, "" where it has none."""

    people: tuple[tuple[str, str], ...]
    is_cut: bool
    title: str
    source: str
    year: str
    volume: str
    issue: str
    pages: str
    publisher: str
    doi: str


def entry_runs(ref: etree._Element, style: str) -> list[Run]:
    """Return an entry in a style of `STYLES`; as the XML prints it if it has too few fields, or the style is "own"."""
    mixed = ref.find("mixed-citation")
    work = _work(ref)
    if mixed is not None and (style == "own" or not (work.people and work.title and work.source and work.year)):
        printed = re.sub(r"\s+", " ", "".join(map(str, mixed.itertext()))).strip()
        is_tagged = bool(work.people or work.source)
        is_jammed = next(mixed.iter("name"), None) is not None
        if not is_tagged or (not is_jammed and sum(len((e.tail or "").strip()) for e in mixed.iter()) >= _PUNCTUATION):
            return [Run(printed)]
    if not (work.people or work.title or work.source):
        return [
            Run(
                text_of(ref).removeprefix(text_of(label)).strip()
                if (label := ref.find("label")) is not None
                else text_of(ref)
            )
        ]
    runs = STYLES["vancouver" if style == "own" else style](work)
    return [run for run in runs if run.text]


def _work(ref: etree._Element) -> _Work:
    def first(*tags: str) -> str:
        return next((text_of(e) for tag in tags for e in ref.iter(tag) if text_of(e)), "")

    people = []
    for element in ref.iter("name", "string-name", "collab"):
        if family_in_editors(element):
            continue
        given = next((text_of(e) for e in element.iter("given-names")), "")
        family = next((text_of(e) for e in element.iter("surname")), "") or text_of(element)
        people.append((family, given))
    start, end = first("fpage"), first("lpage")
    doi = next((text_of(e) for e in ref.iter("pub-id") if e.get("pub-id-type") == "doi"), "")
    return _Work(
        people=tuple(people),
        is_cut=next(ref.iter("etal"), None) is not None,
        title=first("article-title", "chapter-title").rstrip("."),
        source=first("source").rstrip("."),
        year=first("year"),
        volume=first("volume"),
        issue=first("issue"),
        pages=f"{start}–{end}" if start and end and start != end else start or first("elocation-id"),
        publisher=first("publisher-name"),
        doi=doi,
    )


def _initials(given: str, stop: str = "", gap: str = "") -> str:
    parts = re.findall(r"[^\W\d_]+", given)
    letters = parts[0] if len(parts) == 1 and parts[0].isupper() and len(parts[0]) <= 4 else [p[0] for p in parts]
    return gap.join(f"{letter}{stop}" for letter in letters)


def _cut(names: list[str], work: _Work, most: int, kept: int) -> tuple[list[str], bool]:
    is_cut = len(names) > most
    return (names[:kept] if is_cut else names), is_cut or work.is_cut


def _vancouver(work: _Work) -> list[Run]:
    names, is_cut = _cut([f"{f} {_initials(g)}".strip() for f, g in work.people], work, 6, 6)
    who = ", ".join([*names, *(["et al"] if is_cut else [])])
    where = (
        f"{work.year};{work.volume}{f'({work.issue})' if work.issue else ''}{f':{work.pages}' if work.pages else ''}."
    )
    return [
        Run(_ended(who)),
        Run(_ended(work.title)),
        Run(_ended(work.source)),
        Run(where if work.volume else f"{work.year}."),
        *_doi(work, " doi: "),
    ]


def _springer(work: _Work) -> list[Run]:
    """Names without stops, the year in brackets behind them."""
    names, is_cut = _cut([f"{f} {_initials(g)}".strip() for f, g in work.people], work, 9, 3)
    who = ", ".join(names) + (" et al." if is_cut else "")
    where = f"{work.volume}{f'({work.issue})' if work.issue else ''}{f':{work.pages}' if work.pages else ''}"
    return [
        Run(f"{who} ({work.year}) "),
        Run(_ended(work.title)),
        Run(work.source),
        Run(f" {where}."),
        *_doi(work, " https://doi.org/"),
    ]


def _bmc(work: _Work) -> list[Run]:
    names, is_cut = _cut([f"{f} {_initials(g)}".strip() for f, g in work.people], work, 30, 30)
    who = ", ".join([*names, *(["et al"] if is_cut else [])])
    where = f"{work.year};{work.volume}{f':{work.pages}' if work.pages else ''}."
    return [Run(f"{who}: "), Run(_ended(work.title), "b"), Run(f"{work.source} ", "i"), Run(where)]


def _elsevier(work: _Work) -> list[Run]:
    """Names with stops, commas between all fields, the year behind the names."""
    names, is_cut = _cut([f"{f}, {_initials(g, '.')}".rstrip(", ") for f, g in work.people], work, 50, 50)
    who = ", ".join([*names, *(["et al."] if is_cut else [])])
    where = f" {work.volume}{f' ({work.issue})' if work.issue else ''}{f', {work.pages}' if work.pages else ''}."
    return [
        Run(f"{who}, {work.year}. "),
        Run(_ended(work.title)),
        Run(work.source),
        Run(where),
        *_doi(work, " https://doi.org/"),
    ]


def _elsevier_numbered(work: _Work) -> list[Run]:
    names, is_cut = _cut([f"{_initials(g, '.')} {f}".strip() for f, g in work.people], work, 6, 6)
    who = ", ".join([*names, *(["et al."] if is_cut else [])])
    where = f" {work.volume} ({work.year}){f' {work.pages}' if work.pages else ''}."
    return [Run(f"{who}, {work.title}, "), Run(work.source), Run(where), *_doi(work, " https://doi.org/")]


def _apa(work: _Work) -> list[Run]:
    names = [f"{f}, {_initials(g, '.', ' ')}".rstrip(", ") for f, g in work.people]
    who = (
        ", ".join([*names[:-1], f"& {names[-1]}"]) if 1 < len(names) < 21 and not work.is_cut else ", ".join(names[:19])
    )
    where = f", {work.volume}" if work.volume else ""
    issue = f"({work.issue})" if work.issue else ""
    pages = f", {work.pages}" if work.pages else ""
    return [
        Run(f"{who} ({work.year}). "),
        Run(_ended(work.title)),
        Run(work.source, "i"),
        Run(where, "i"),
        Run(f"{issue}{pages}."),
        *_doi(work, " https://doi.org/"),
    ]


def _ieee(work: _Work) -> list[Run]:
    names = [f"{_initials(g, '.', ' ')} {f}".strip() for f, g in work.people]
    who = " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])}, and {names[-1]}"
    who = f"{names[0]} et al." if len(names) > 6 else who
    parts = [
        f"vol. {work.volume}" if work.volume else "",
        f"no. {work.issue}" if work.issue else "",
        f"pp. {work.pages}" if work.pages else "",
        work.year,
    ]
    return [
        Run(f"{who}, “{work.title},” "),
        Run(work.source, "i"),
        Run(f", {', '.join(p for p in parts if p)}."),
        *_doi(work, " doi: "),
    ]


def _aps(work: _Work) -> list[Run]:
    names = [f"{_initials(g, '.', ' ')} {f}".strip() for f, g in work.people]
    who = " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])}, and {names[-1]}"
    return [
        Run(f"{who}, "),
        Run(f"{work.title}, "),
        Run(f"{work.source} ", ""),
        Run(work.volume, "b"),
        Run(f", {work.pages} ({work.year})." if work.pages else f" ({work.year})."),
    ]


def _acs(work: _Work) -> list[Run]:
    names = [f"{f}, {_initials(g, '.', ' ')}".rstrip(", ") for f, g in work.people]
    return [
        Run(f"{'; '.join(names)} "),
        Run(_ended(work.title)),
        Run(f"{work.source} ", "i"),
        Run(work.year, "b"),
        Run(f", {work.volume}", "i"),
        Run(f", {work.pages}." if work.pages else "."),
    ]


def _nature(work: _Work) -> list[Run]:
    names, is_cut = _cut([f"{f}, {_initials(g, '.', ' ')}".rstrip(", ") for f, g in work.people], work, 5, 1)
    who = (
        f"{names[0] if names else ''} et al."
        if is_cut
        else " & ".join([", ".join(names[:-1]), names[-1]])
        if len(names) > 1
        else "".join(names)
    )
    return [
        Run(_ended(who)),
        Run(_ended(work.title)),
        Run(work.source, "i"),
        Run(" "),
        Run(work.volume, "b"),
        Run(f", {work.pages} ({work.year})." if work.pages else f" ({work.year})."),
    ]


def _mnras(work: _Work) -> list[Run]:
    """Everything between commas."""
    names, is_cut = _cut([f"{f} {_initials(g, '.', ' ')}".strip() for f, g in work.people], work, 8, 3)
    who = ", ".join([*names, *(["et al."] if is_cut else [])])
    fields = [who, work.year, work.title, work.source, work.volume, work.pages]
    return [Run(", ".join(f for f in fields if f))]


def _ended(text: str) -> str:
    return f"{text} " if text.endswith((".", "?", "!")) else f"{text}. " if text else ""


def _doi(work: _Work, prefix: str) -> list[Run]:
    return [Run(f"{prefix}{work.doi}", link=f"https://doi.org/{work.doi}")] if work.doi else []


STYLES: dict[str, Callable[[_Work], list[Run]]] = {
    "vancouver": _vancouver,
    "springer": _springer,
    "bmc": _bmc,
    "elsevier": _elsevier,
    "elsevier-numbered": _elsevier_numbered,
    "apa": _apa,
    "ieee": _ieee,
    "aps": _aps,
    "acs": _acs,
    "nature": _nature,
    "mnras": _mnras,
}
