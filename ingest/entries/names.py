"""Read authors' names as bibliographies and title pages print them, as CSL names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evqa.model import Name
from ingest.entries.journals import is_abbreviated
from ingest.markup.styled import Styled

_UP = r"[^\W\d_a-zß-öø-ÿ²³¹⁰-₉]"
_LETTER = r"[^\W\d_²³¹⁰-₉]"
_PARTICLE = (
    r"(?:[Vv]an|[Vv]on|[Dd]e|[Dd]er|[Dd]en|[Dd]el|[Dd]ella|[Dd]i|[Dd]a|[Dd]os|[Dd]u|[Ll]a|[Ll]e|[Tt]er|[Tt]en"
    r"|[Dd]em|[Dd]o|[Dd]as|[Ll]os|[Ll]as|[Zz]u|[Zz]ur|[Aa]l|[Ee]l|[Bb]in|[Ii]bn|[Bb]en|[Dd]al|[Dd]alla|[Dd]elle|[Dd]ello|[Ss]t\.?|'t|af|av|e|y|te"
    r"|de-a)"
)
_WORD = rf"(?:[dDlL]['’])?{_UP}(?:{_LETTER}|['’‘`´¨]|[-‐‑–](?={_LETTER})|\d(?=[a-z]))*"
_FAMILY = rf"(?:{_PARTICLE}[\s-]+){{0,3}}{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{0,3}}"
_SHORT = rf"(?:{_PARTICLE}[\s-]+){{0,3}}{_WORD}(?:\s+(?:{_PARTICLE}\s+){{0,2}}{_WORD}){{0,3}}?"
_DOTTED = rf"(?:(?!Jr|Sr){_UP}{_LETTER}?\.[\s-]?){{1,5}}"
_BARE = rf"{_UP}{{1,4}}(?:[-‐]{_UP}{{1,2}})?"
_TRAILED = rf"{_UP}(?:de|da|do|dos|el)(?:\s{_UP}{{1,2}})?"
_LONG_BARE = rf"{_UP}{{1,6}}(?:[-‐]{_UP}{{1,2}}|\s{_UP})?"
_SUFFIX = r"(?:(?:,\s?|\s+|(?<=\s))(?:Jr|Sr|II|III|IV|2nd|3rd)\b\.?)?"
_GIVEN = rf"{_UP}{_LETTER}+(?:[-\s]{_UP}(?:{_LETTER}+|\.)){{0,2}}"
_STYLES = {
    "comma": re.compile(
        rf"(?P<family>{_FAMILY})\.?,\s*(?P<given>{_DOTTED}(?:\s*{_PARTICLE}\b)?|{_BARE}(?=[.,;:&\s)(]|$)){_SUFFIX}"
    ),
    "dotted": re.compile(rf"(?P<family>{_SHORT})\s+(?P<given>{_DOTTED}){_SUFFIX}"),
    "bare": re.compile(rf"(?P<family>{_SHORT})\s+(?P<given>{_BARE}){_SUFFIX}(?=[,;:&(]|\s(?!{_UP},)|\.(?![-‐])|$)"),
    "first": re.compile(
        rf"(?P<given>{_DOTTED})\s*(?!{_UP}\.)(?P<family>{_SHORT}){_SUFFIX}(?=\s*(?:[,.;:&(]|and\b|et\b|$))"
    ),
    "full": re.compile(rf"(?P<family>{_FAMILY}),\s+(?P<given>{_GIVEN})"),
}
_LENIENT = re.compile(
    rf"(?P<family>{_SHORT}|(?:Van|De|Van de[rn]?)\s[a-z]{{3,15}}|[a-z]{{2,4}})\s+"
    rf"(?P<given>{_DOTTED}|(?:{_LONG_BARE}|{_TRAILED})"
    rf"(?={_SUFFIX}(?:[,;:&(]|\.(?![-‐])|\s(?:and|et)\b|$))){_SUFFIX}"
)
_LOWER_SECOND = re.compile(rf"(?P<family>(?:Van|De|Van de[rn]?)\s[a-z]{{3,15}}),\s*(?P<given>{_DOTTED})")
_NAMELESS = re.compile(rf"{_SHORT}(?=[,;.]\s|\s\()")
_IN_ROW = re.compile(rf"(?P<family>{_SHORT})\s+(?P<given>{_BARE})(?=\s|\.\s)")
_FULL_NEXT = re.compile(rf"(?P<given>{_GIVEN}(?:\s{_UP}\.)?)\s+(?P<family>{_SHORT})(?=[,.;:&(]|\s+and\b|$)")
_SEPARATOR = re.compile(
    r"\s*(?:[,;]\s*(?:&|and(?=\s|[A-Z]\.)|\bund\b|…|\.\s?\.\s?\.)?|&|and(?=\s|[A-Z]\.)|\by\b|…|\.\s?\.\s?\.)\s*-?"
)
_LAST = re.compile(r"&|and|und")
_GLUED = re.compile(
    rf"(?P<family>(?:(?:de|del|van|von|di)(?=[A-Z]))?{_UP}[^\W\dA-Z_]{{2,20}})(?P<given>[A-Z]{{1,3}})(?=[,;.])"
)
_FULL_FIRST = re.compile(
    rf"(?P<given>{_UP}{_LETTER}+(?:[\s-]{_UP}(?:{_LETTER}+|\.))?)\s+(?P<family>{_SHORT})(?=,|\s+(?:and|et al)\b)"
)
# A further word begins behind a space, a hyphen or a stop: without that, capitals in a row can be cut anywhere.
_FULL_OR_INITIALS = re.compile(
    rf"(?P<given>(?:{_UP}{_LETTER}+|{_UP}\.)(?:(?:[-\s]|(?<=\.)){_UP}{_LETTER}+|[-\s]?{_UP}\.){{0,3}}?)\s+"
    rf"(?P<family>(?:{_PARTICLE}\s+){{0,3}}{_UP}{_LETTER}(?:{_LETTER}|['’-](?={_LETTER}))+)(?=,\s|\s+and\s|\.\s|\s\()"
)
_FULL_SEPARATOR = re.compile(r",?\s+and\s+|,\s+")
_SHORTEST_GIVEN = 2
# Behind one name with its initials first stands another name, or a title of several words.
_AFTER_FIRST = re.compile(r"\s*(?:,|and\b|&|;|:|\(|et al)|\.\s+[\"“]?[A-Z][\w-]*(?:[,:]?\s[\w-]+){2}")
_ACRONYM = re.compile(r"[A-Z][A-Z\d]{1,8}(?:\s[A-Z]{2,8}){0,2}(?=[.,]\s|\s\()")
_LAST_SINGLE = re.compile(rf"{_WORD}(?=\.?\s*\(|\.\s)")
_LOWER = re.compile(rf"(?P<given>{_DOTTED})\s*(?P<family>[a-z]{{2,5}})(?=,|\sand\b)")
_TRAILING = re.compile(
    rf"(?<![\w-])({_WORD})\s({_UP}{{1,3}})\s((?:van|von|de|der|den|del|di|da|du|la|le|ter|ten|dos|do)(?:\s(?:der|den|de|la|het|t))?)"
    r"\s?(?=,)"
)
_ET_AL = re.compile(r"[\s,;]*(?:\band\s+)?(?:et\.?\s*al\b\.?|\band others\b|…|\.\s?\.\s?\.)")
_GROUP = re.compile(
    r"(?:on behalf of |for )?(?:the )?(?:[^.,;:()\d“\"]|(?<=[-A-Z\d])\d){0,100}"
    r"(?:\b|(?<=\d))(?:Group|Consortium|Collaborat\w+|Network|Committee|Initiative|Investigators|Team"
    r"|Organi[sz]ation|"
    r"Association|Society|Institute|Agency|Administration|Commission|Ministry|Council|Centers?|Foundation"
    r"|Federation|Project|Panel|Force|investigators)\b(?:\s(?:of|for|on|in|and|the|[A-Z][\w’'-]*)){0,10}(?=\s*(?:\([^()]{2,30}\)\s*)?(?:[.,;:)]|$))"
)
_NO_GROUP = re.compile(r"(?:Association|Society|Project|Network|Team|Panel)s?\s+(?:[Bb]etween|[Ww]ith|[Oo]f\s[a-z])")
_NAMED = re.compile(rf"(?!.*[\d@:/])(?:{_UP}|{_PARTICLE}\s)")
_TOKEN = re.compile(rf"{_UP}|{_PARTICLE}$|[dl]['’]")
_INITIALS, _ONE_PARTICLE = re.compile(_BARE), re.compile(_PARTICLE)
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
_HONOURS = re.compile(r"(?:,\s*)?\b(?:M\.?D|Ph\.?D|M\.?Sc|B\.?Sc|MBBS|MPH|Dr|Prof|FRCP|MBChB|RN|PharmD|DDS|DVM)\b\.?")


@dataclass(frozen=True)
class Authors:
    """Names at the start of an entry, and the offset where they end."""

    names: tuple[Name, ...]
    end: int


def with_particles_first(entry: str) -> str:
    """Move particles from behind the initials ("Koning HJ de,") before the family name."""
    return _TRAILING.sub(r"\3 \1 \2", entry)


def leading_authors(entry: str) -> Authors:
    """Read the authors that an entry begins with, in any usual printed form; "et al." is skipped."""
    if (row := _in_a_row(entry)).names:
        return row
    if (full := _full_list(entry)).names:
        return full
    if (glued := _GLUED.match(entry)) and _GLUED.match(entry, glued.end() + 1):
        return _rest(entry, "bare", [_name(glued)], glued.end())
    for style, pattern in _STYLES.items():
        first = pattern.match(entry)
        if first and _is_followed_well(entry, first.end(), style):
            return _rest(entry, style, [_name(first)], first.end())
    mononym = _after_mononym(entry)
    return mononym if mononym.names else _full_names(entry)


def _full_names(entry: str) -> Authors:
    """Names printed in full, the given name first, closed by "et al.": "Wei Zhang, Li Wang, et al."."""
    names: list[Name] = []
    at = 0
    while found := _FULL_FIRST.match(entry, at):
        names.append(_name(found))
        if others := _ET_AL.match(entry, found.end()):
            return Authors(tuple(names), others.end())
        separator = _SEPARATOR.match(entry, found.end())
        at = separator.end() if separator else len(entry)
    return Authors((), 0)


def _full_list(entry: str) -> Authors:
    """At least two names printed in full, the last behind "and": "Ada L. Doe, Hans Lee, and Uta Poe. …"."""
    names: list[Name] = []
    at = len(entry) if _GROUP.match(entry) else 0
    while found := _FULL_OR_INITIALS.match(entry, at):
        names.append(_name(found))
        separator = _FULL_SEPARATOR.match(entry, found.end())
        if separator is None:
            is_closed = (
                len(names) > 1
                and "and" in entry[max(0, at - 5) : at]
                and entry[found.end() : found.end() + 1] in (".", ",", " ")
            )
            is_full = any(
                len(name.given or "") > _SHORTEST_GIVEN and not re.match(_DOTTED, name.given or "") for name in names
            )
            return Authors(tuple(names), found.end()) if is_closed and is_full else Authors((), 0)
        at = separator.end()
    return Authors((), 0)


def _in_a_row(entry: str) -> Authors:
    """At least two names without commas, closed by a full stop: "Labrie F Simard J. …"."""
    names: list[Name] = []
    at = 0
    while found := _IN_ROW.match(entry, at):
        names.append(_name(found))
        if entry[found.end()] == ".":
            return Authors(tuple(names), found.end()) if len(names) > 1 else Authors((), 0)
        at = found.end() + 1
    return Authors((), 0)


def _after_mononym(entry: str) -> Authors:
    """A list whose first author has one name only: "Sirajuddin, Chan KW, …"."""
    mononym = re.match(rf"({_WORD})[,;]\s+", entry)
    for style in ("comma", "dotted", "bare") if mononym else ():
        second = _STYLES[style].match(entry, mononym.end()) if mononym else None
        if mononym and second and re.match(r"\s*[,;.(&]", entry[second.end() :]):
            return _rest(entry, style, [Name(family=mononym[1]), _name(second)], second.end())
    return Authors((), 0)


def _is_followed_well(entry: str, end: int, style: str) -> bool:
    """Full given names look like any words: only a second author or a title in quotes makes them sure."""
    if style == "full":
        return bool(re.match(r"(?:\s\w\.)?,? (?:and|&) |(?:\s\w)?\. [\"“‘]|, et al", entry[end : end + 12]))
    return style != "first" or bool(_AFTER_FIRST.match(entry, end))


def _rest(entry: str, style: str, names: list[Name], at: int) -> Authors:
    while separator := _SEPARATOR.match(entry, at):
        if others := _ET_AL.match(entry, at):
            return _after_gap(entry, style, names, others)
        found = _next_name(entry, style, separator.end())
        if found:
            names.append(_name(found))
            at = found.end()
            if _LAST.search(separator[0]) and not _ET_AL.match(entry, at):
                return _closed(entry, names, at)
        elif nameless := _nameless(entry, style, separator.end()):
            names.append(Name(family=nameless[0]))
            at = nameless.end()
        else:
            return _with_group(entry, names, at, separator.end())
    others = _ET_AL.match(entry, at)
    return Authors(tuple(names), others.end() if others else at)


def _after_gap(entry: str, style: str, names: list[Name], others: re.Match[str]) -> Authors:
    """The list behind "et al.", or behind "…" with the last name that some styles print there."""
    found = _next_name(entry, style, others.end() + 1) if others[0].endswith(("…", "...")) else None
    return Authors((*names, _name(found)), found.end()) if found else Authors(tuple(names), others.end())


def _closed(entry: str, names: list[Name], at: int) -> Authors:
    """The list behind its "and": only a group can follow."""
    separator = _SEPARATOR.match(entry, at)
    return _with_group(entry, names, at, separator.end()) if separator else Authors(tuple(names), at)


def _nameless(entry: str, style: str, at: int) -> re.Match[str] | None:
    """A name without initials between others, or a single word that ends the list."""
    found = _NAMELESS.match(entry, at)
    if not found or style in ("full", "first"):
        return _LAST_SINGLE.match(entry, at) if _LAST.search(entry[max(0, at - 5) : at]) else None
    separator = _SEPARATOR.match(entry, found.end())
    if separator and _next_name(entry, style, separator.end()):
        return found
    if _LAST.search(entry[max(0, at - 5) : at]):
        return found
    is_last = style == "bare" and entry[found.end()] == "." and re.fullmatch(_WORD, found[0])
    return found if is_last else None


def _next_name(entry: str, style: str, at: int) -> re.Match[str] | None:
    if style == "full":
        return _FULL_NEXT.match(entry, at)
    found = _STYLES[style].match(entry, at)
    if style == "first":
        is_source = found is not None and entry[found.end() :][:1] == "." and is_abbreviated(f"{found[0]}.")
        return None if is_source else found or _LOWER.match(entry, at)
    if not found and style in ("bare", "dotted"):
        return _LENIENT.match(entry, at) or _GLUED.match(entry, at)
    return found or (_LOWER_SECOND.match(entry, at) or _STYLES["first"].match(entry, at) if style == "comma" else None)


def _with_group(entry: str, names: list[Name], end: int, at: int) -> Authors:
    group = _GROUP.match(entry, at) or _ACRONYM.match(entry, at)
    if not group or group.end() - at > 150 or _NO_GROUP.match(entry, at):
        return Authors(tuple(names), end)
    return Authors((*names, Name(literal=group[0].strip())), group.end())


def _name(found: re.Match[str]) -> Name:
    given = found["given"].strip(" ,")
    family = found["family"].strip()
    trailing = re.search(rf"(.*\.)\s*({_PARTICLE})$", given)
    if trailing:
        given, family = trailing[1], f"{trailing[2]} {family}"
    return Name(family=family, given=given)


def byline(printed: Styled) -> tuple[Name, ...]:
    """Read the authors from a title page's line; () if the line isn't a list of names.

    Superscripts, formulas, links, daggers and brackets point to affiliations and are dropped.
    """
    characters = list(printed.text)
    for span in printed.spans:
        if span.style in ("raised", "formula", "link"):
            characters[span.start : span.end] = " " * (span.end - span.start)
    line = "".join(characters)
    line = re.sub(
        r"[⁰¹²³⁴⁵⁶⁷⁸⁹†‡§¶*#✉\\_]+(?:[,\s]*[⁰¹²³⁴⁵⁶⁷⁸⁹†‡§¶*#✉]+)*|<[^<>]{0,200}>|\([^()]{0,80}\)|(?<=[^\W\d_])\d[\d,]*",
        " ",
        line,
    )
    line = re.sub(r"^\s*(?:by|authors?)\b\s*:?\s+", "", _HONOURS.sub(" ", line), flags=re.IGNORECASE)
    parts = [" ".join(p.split()) for p in re.split(r"[,;\n·•]|&|\band\b", line)]
    names = [person(p) for p in parts if p.strip(" .")]
    return tuple(n for n in names if n) if names and all(names) else ()


def person(words: str, *, are_capitals: bool = False) -> Name | None:
    """Read the name of one person; None if the words are no name.

    `are_capitals`: the names around are in capitals and whole, so that "LEE" is no row of initials.
    """
    tokens = words.split()
    if not 2 <= len(tokens) <= 10 or sum("." not in token for token in tokens) > 6 or not _NAMED.match(words):
        return None
    if not all(map(_TOKEN.match, tokens)):
        return None
    if _INITIALS.fullmatch(tokens[-1]) and len(tokens[-1]) <= 3 and not are_capitals:
        return Name(family=" ".join(tokens[:-1]), given=tokens[-1])
    last = len(tokens) - 1 - (tokens[-1].strip(".") in _SUFFIXES and len(tokens) > 2)
    cut = next((i for i in range(1, last) if _ONE_PARTICLE.fullmatch(tokens[i])), last)
    return Name(family=" ".join(tokens[cut : last + 1]), given=" ".join(tokens[:cut]))


def with_family_first(names: Sequence[Name]) -> list[Name]:
    """Put names right of which only the first words are in capitals: "SMITH John" prints the family name first."""
    if not names or not all(_is_family_first(name) for name in names):
        return list(names)
    return [Name(family=name.given, given=name.family) for name in names]


def _is_family_first(name: Name) -> bool:
    given, family = name.given or "", name.family or ""
    return len(given) > 1 and given.isupper() and "." not in given and not family.isupper()
