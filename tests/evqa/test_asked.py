"""Questions about the structure of many articles, and what of each is to be understood.

`outlines.jsonl` holds shapes of articles: headings, labels, the beginnings of captions and a few entries;
`asked_scope.jsonl` what editors, clinicians and students might ask of each, and of many only that nothing is taken
for a part that is none.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from evqa.language.words import words
from evqa.model import (
    Abbreviation,
    Date,
    Figure,
    Home,
    Integrity,
    Name,
    Outline,
    Passage,
    Reference,
    Section,
    Source,
    Table,
)
from evqa.question.understanding import Understanding, understand
from tests.evqa.shelf import Shelf

_HERE = Path(__file__).parent
_LENGTH = 100
ASKED = [json.loads(line) for line in (_HERE / "asked_scope.jsonl").read_text(encoding="utf-8").splitlines()]


@cache
def _shapes() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_HERE / "outlines.jsonl").read_text(encoding="utf-8").splitlines()]


def _sections(listed: list[list[Any]]) -> tuple[Section, ...]:
    """Sections of equal length, each around its subsections."""
    ends = [
        next((later for later in range(place + 1, len(listed)) if listed[later][1] <= level), len(listed))
        for place, (_, level, _) in enumerate(listed)
    ]
    return tuple(
        Section(number=number, level=level, title=title, start=place * _LENGTH, end=end * _LENGTH)
        for place, ((number, level, title), end) in enumerate(zip(listed, ends, strict=True))
    )


def _reference(listed: list[Any]) -> Reference:
    number, kind, names, year, container, title = listed
    return Reference(
        number=number,
        type=kind,
        author=tuple(Name(family=name) for name in names),
        issued=Date(date_parts=((year,),)) if year else None,
        container_title=container,
        title=title,
        raw=f"{', '.join(names)}. {title}. {container}. {year}",
    )


@cache
def _shelf(place: int) -> Shelf:
    shape = _shapes()[place]
    home = Home(id=f"d-{place}", title=f"Article {place}")
    outline = Outline(
        document=home,
        source=Source(name=f"{place}.xml", sha256="0" * 64, media_type="application/xml"),
        sections=_sections(shape["sections"]),
        tables=tuple(Table(label=label, caption=caption, start=0, end=1) for label, caption in shape["tables"]),
        figures=tuple(Figure(label=label, caption=caption, start=0, end=1) for label, caption in shape["figures"]),
        abbreviations=tuple(Abbreviation(short=short, long=long) for short, long in shape["abbreviations"]),
        integrity=Integrity(references=shape["most"], contiguous=True, citations=0),
    )
    spoken = " ".join(word for each in ASKED for word in each["expected"].get("keep", ()))
    passage = Passage(id="p", kind="prose", document=home, start=0, end=len(spoken), text=spoken)
    return Shelf([outline], [passage], [_reference(each) for each in shape["references"]])


def _said(expected: dict[str, Any], name: str) -> set[str]:
    return set(words(" ".join(expected.get(name, ()))))


def _parts(asked: Understanding, place: int) -> set[str]:
    """Labels, and numbers or titles, of what the question names."""
    sections = {section.start: section for section in reversed(_shelf(place).outlines()[0].sections)}
    found = asked.part
    if found is None:
        return set()
    inside = {
        (sections[span.start].number or sections[span.start].title) for span in found.spans if span.start in sections
    }
    return {*found.labels, *inside} | ({found.problem} if found.problem else set())


@pytest.mark.parametrize("asked", ASKED, ids=lambda each: each["question"])
def test_asked(asked: dict[str, Any]) -> None:
    """The part, numbers and facts are found, the words that name them leave the content, and no others do."""
    expected = asked["expected"]
    understood = understand(asked["question"], _shelf(asked["outline"]))
    facts, content = understood.facts, set(words(understood.content))
    parts = _parts(understood, asked["outline"])
    found = {
        "gone": not content & _said(expected, "gone"),
        "keep": content >= _said(expected, "keep"),
        "part": bool(parts & set(expected["part"])) if expected.get("part") else "part" not in expected or not parts,
        "numbers": list(understood.numbers.numbers if understood.numbers else ()) == expected.get("numbers")
        or "numbers" not in expected,
        "years": "years" not in expected
        or (facts.years is not None and [facts.years.first, facts.years.last] == expected["years"]),
        "author": expected.get("author") in [None, *(author.family for author in facts.authors)],
        "journal": expected.get("journal") in [None, *(container.title for container in facts.containers)],
        "type": expected.get("type") in [None, *(kind.name for kind in facts.kinds)],
        "order": expected.get("order") in (None, facts.order),
        "spells": understood.spells is not None or "spells" not in expected,
        "count": facts.count or "count" not in expected,
        "bib": facts.explicit or "bib" not in expected,
        "sought": (facts.sought and understood.intent.citation) or "sought" not in expected,
    }
    assert [name for name, is_right in found.items() if not is_right] == [], (parts, understood.content)
