"""Lines of a JATS title page that people ask about: correspondence, history, licence, and who did what."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.jats.line import TextWriter, joined, line_of
from ingest.jats.statements import usual_heading
from ingest.jats.xml import Element, href
from ingest.markers.marking import LinkedText

_MONTHS = "January February March April May June July August September October November December".split()
_MONTH_OF = {str(number): name for number, name in enumerate(_MONTHS, 1)}
_EVENTS = {"received": "Received", "rev-recd": "revised", "accepted": "accepted"}
_RELEASES = ("epub", "pub", "ppub", "epub-ppub", "collection")
_SIGNS = ("label", "sup")
_EDITING = frozenset({"editor", "reviewer"})
_NOTES = {"edited-by": "Editors and reviewers"}


class FrontLine(NamedTuple):
    """A line of the title page and what it holds."""

    name: str
    line: LinkedText


def front_lines(meta: Element, journal: str = "") -> Iterator[FrontLine]:
    """Yield addresses, correspondence, author notes, roles, editors, history, copyright, licence, where it appeared and
    its DOI: what is there. `journal`: its title."""
    groups = meta.findall("contrib-group")
    authors = [group for group in groups if not _is_of_editors(group)]
    places = (*(aff for group in authors for aff in group.iter("aff")), *meta.iterfind("aff"))
    for place in dict.fromkeys(map(line_of, places)):
        yield FrontLine("Affiliations", place)
    for group in groups:
        yield from (FrontLine("Editors and reviewers", line) for line in _editors(group))
    yield from _correspondence(meta)
    for note in meta.iterfind("author-notes/fn"):
        if not usual_heading(note):
            yield FrontLine(_NOTES.get(note.get("fn-type") or "", "Author notes"), _unsigned(note))
    yield FrontLine("Author contributions", LinkedText("; ".join(_roles(meta))))
    yield FrontLine("History", LinkedText(_history(meta)))
    for statement in meta.iterfind("permissions/copyright-statement"):
        yield FrontLine("Copyright", line_of(statement))
    for terms in meta.iterfind("permissions/license"):
        yield from (FrontLine("Licence", line) for line in _licence(terms))
    yield FrontLine("Journal", LinkedText(_appeared(meta, journal)))
    for identity in meta.findall("article-id"):
        if identity.get("pub-id-type") == "doi" and (doi := line_of(identity).text):
            yield FrontLine("DOI", LinkedText(f"https://doi.org/{doi}"))


def _appeared(meta: Element, journal: str) -> str:
    """Write where it appeared as journals print it: "Frontiers in Oncology 2019;9:10"; "" without a journal."""
    year = next((each for kind in (*_RELEASES[2:], *_RELEASES[:2]) if (each := _released(meta, kind))), "")
    volume, first, last = (_text(meta, part) for part in ("volume", "fpage", "lpage"))
    pages = f"{first}–{last}" if last and last != first else first or _text(meta, "elocation-id")
    numbers = ":".join(filter(None, (volume, pages)))
    dated = ";".join(filter(None, (year, numbers)))
    return " ".join(filter(None, (journal, dated))) if journal else ""


def _released(meta: Element, kind: str) -> str:
    """The year of a release, "" if there is none of that kind."""
    dates = (e for e in meta.iterfind("pub-date") if kind in (e.get("pub-type"), e.get("date-type")))
    return next((year for e in dates if (year := _text(e, "year"))), "")


def _is_of_editors(group: Element) -> bool:
    kinds = {person.get("contrib-type", "author") for person in group.iterfind("contrib")}
    return bool(kinds) and kinds <= _EDITING


def _editors(group: Element) -> Iterator[LinkedText]:
    """Yield each editor or reviewer, with the address if the group is theirs."""
    places = [line_of(aff) for aff in group.iter("aff")] if _is_of_editors(group) else []
    for person in group.iterfind("contrib"):
        if (kind := person.get("contrib-type", "author")) in _EDITING and (name := _name(person)).text:
            role = _text(person, "role") or kind.capitalize()
            yield LinkedText(f"{role}: {joined([name, *places], ', ').text}")


def _correspondence(meta: Element) -> Iterator[FrontLine]:
    """Yield the printed notes, with the author's name where they lack one, and e-mail addresses beside them."""
    people = meta.findall("contrib-group/contrib")
    printed = ""
    for element in meta.iterfind("author-notes/corresp"):
        line = _unsigned(element)
        printed += line.text
        yield FrontLine("Correspondence", joined([_named(line, element, people), line], ": "))
    for person in people:
        addresses = [line for e in person.iter("email") if (line := line_of(e)).text and line.text not in printed]
        if addresses:
            yield FrontLine(
                "Correspondence" if _corresponds(person) else "E-mail addresses",
                joined([_name(person), *addresses], ", "),
            )


def _named(line: LinkedText, element: Element, people: Sequence[Element]) -> LinkedText:
    """Return the names of those who refer to the note, if it names nobody."""
    if any(family in line.text for each in people if (family := _text(each, "name/surname"))):
        return LinkedText("")
    identity = element.get("id")
    return joined([_name(each) for each in people if identity and identity in _targets(each)], ", ")


def _targets(person: Element) -> list[str]:
    return [target for link in person.iterfind("xref") for target in (link.get("rid") or "").split()]


def _corresponds(person: Element) -> bool:
    return person.get("corresp") == "yes" or person.find("xref[@ref-type='corresp']") is not None


def _name(person: Element) -> LinkedText:
    parts = [_text(person, f"name/{part}") for part in ("given-names", "surname")]
    return LinkedText(" ".join(filter(None, parts)))


def _text(element: Element, path: str) -> str:
    found = element.find(path)
    return line_of(found).text if found is not None else ""


def _unsigned(note: Element) -> LinkedText:
    """Return a note without the sign that it begins with."""
    writer = TextWriter()
    writer.write((note.text or "").lstrip(" *∗†‡§"))
    for place, child in enumerate(note):
        if not (child.tag in _SIGNS and not writer.line().text and place == 0):
            writer.add_child(child)
        writer.write(child.tail)
    return writer.line()


def _roles(meta: Element) -> Iterator[str]:
    """Yield each author with the roles that are tagged."""
    for person in meta.iterfind("contrib-group/contrib"):
        if person.get("contrib-type", "author") in _EDITING:
            continue
        roles = [line_of(e).text for e in person.iterfind("role")]
        if roles and (name := _name(person).text):
            yield f"{name}: {', '.join(roles)}"


def _history(meta: Element) -> str:
    """Write the dates as journals print them: "Received 3 March 2019; accepted 5 May 2019; published 9 May 2019"."""
    held = [(e.get("date-type"), date) for e in meta.iterfind("history/date") if (date := _date(e))]
    printed = [f"{word} {date}" for event, word in _EVENTS.items() for kind, date in held if kind == event]
    released = {e.get("pub-type") or e.get("date-type"): _date(e) for e in meta.iterfind("pub-date")}
    full = [released[kind] for kind in _RELEASES if released.get(kind)]
    if full:
        printed.append(f"published {max(full, key=lambda date: date.count(' '))}")
    line = "; ".join(printed)
    return line[:1].upper() + line[1:]


def _date(element: Element) -> str:
    parts = [" ".join((element.findtext(part) or "").split()) for part in ("day", "month", "year")]
    if not parts[2]:
        return _text(element, "string-date")
    month = _MONTH_OF.get(parts[1].lstrip("0"), "" if parts[1].isdigit() else parts[1])
    day = parts[0].lstrip("0") if month else ""
    return " ".join(filter(None, (day, month, parts[2])))


def _licence(terms: Element) -> Iterator[LinkedText]:
    """Yield the terms, and the licence's address if they don't print it."""
    stated = joined([line_of(e) for e in terms.iterfind("license-p")])
    line = stated if stated.text else line_of(terms)
    # Some publishers set "Open Access" before the terms without a space.
    yield LinkedText(re.sub(r"^(Open Access)(?=[A-Z])", r"\1 ", line.text)) if not line.links else line
    addresses = [_text(terms, "license_ref"), *_addresses([terms])]
    if (address := next(filter(None, addresses), "")) and address.rstrip("/") not in line.text:
        yield LinkedText(address)


def _addresses(elements: Iterable[Element]) -> Iterator[str]:
    return (href(element) for element in elements)
