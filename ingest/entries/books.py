"""What entries of books, chapters and theses print beside their titles: editors, edition, place and publisher."""

import re

from ingest.entries.names import leading_authors

_BEGINS = r"(?=[“\"‘'(\[]?[A-Z\d])"
_IN = re.compile(
    rf"[.?!”\"’,;)\s]\s*\bIn:\s*{_BEGINS}|(?:[.?!”\"’]|\.,)\s+[Ii]n\s+(?!(?:Vitro|Vivo|Silico|Situ|Press)\b){_BEGINS}|[,”\"’]\s+in:?\s+{_BEGINS}"
)
_UNSAID = re.compile(r"\.\s+(?=\(?[A-Z][^.:;]{2,80}?,\s\(?(?:editors?|eds?)\b)")
_BOOKISH = re.compile(
    r"\b(?:[Ee]ds?\b|[Ee]ditors?\b|[Ee]dited by|Proceedings|Conference|Congress|Symposium|Workshop"
    r"|Handbook|Encyclop\w+|Press\b|Springer|Wiley"
    r"|Elsevier|Academic)|\([A-Z][\w .,]{2,40}:"
)
_EDITORS = re.compile(r"\W{0,3}\(?\s?(?:[Ee]ds?|[Ee]ditors?|EDS?|Hrsg|coords?)\b\.?\s?\)?[\s.,:;]{0,4}")
_NAMED_FIRST = re.compile(
    r"(?:(?:[A-Z]\.\s?){1,3}[A-Z][^:(]{2,120}|[^.:(]{3,120})\(\s?(?:[Ee]ds?|[Ee]ditors?)\.?\s?\)[\s.,:]*"
)
_EDITED = re.compile(
    r"[\s.,;(]{1,4}(?:(?:eds?\b\.?|[Ee]dited by|Ed(?:s|ited)?\b\.? by|editors?:?)\s(?=[A-Z])"
    r"|(?:[A-Z]\.[\s-]?){1,3}[A-Z][\w’'-]+[^()]{0,120}[\s(,]+[Ee]ds?\b\.?\)?"
    r"|[A-Z][^;()]{3,200}?,?\s[Ee]ds?\.(?=;))"
)
_EDITION = re.compile(
    r"[\s.,;(\[]{1,4}(?:\d{1,2}\s?(?:st|nd|rd|th)|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Ii]nternational|[Rr]ev(?:ised)?\.?)"
    r"\s+(?:[Ee]nglish\s)?[Ee]d(?:n|ition|ition edn)?\b\.?[)\]]?"
)
_PLACED = re.compile(r"(?P<place>[A-Z][^:;?!\d]{1,60}):\s*(?P<publisher>(?![a-z])[^:;?]{2,120}?)[\s.,;)]*$")
_HOUSE_WORDS = (
    r"\b(?:Press|Publish\w*|Publications?|Publ|Springer\w*|Elsevier|Wiley\w*|Verlag|Academic|Academies|Books|Saunders|Lippincott|McGraw\S*|Humana"
    r"|CRC|Blackwell|Routledge|Earthscan|Karger|Thieme|Mosby|Churchill|Prakashan|LLC|Ltd|Inc|Media|InTech\w*|IntechOpen|University|Universit\w+"
    r"|Universidad\w*|Institute|Institut|Organi[sz]ation|Schuster|Heinemann|Kluwer|Birkhäuser|Nova|Ministry|Foundation|Government|Council|Department|Agency|Office|Association|Society"
    r"|Bank|Commission|Cent(?:er|re)s?|College|FAO|WHO|IPCC|IARC|UNICEF|Bureau|Administration|Museum)\b"
)
_HOUSE = re.compile(_HOUSE_WORDS)
_THESIS = re.compile(
    r"[\s.,;:(\[]{0,4}\b(?:(?:Ph\.?\s?D\.?|M\.?\s?(?:V\.?\s?)?Sc\.?|M\.?\s?D\.?|M\.?\s?S\.?|[Mm]aster[’']?s?|[Dd]octoral"
    r"|[Dd]octorate|[Bb]achelor[’']?s?|MPH"
    r"|[Dd]iploma|[Uu]npublished|Thèse de)\s*){1,3}[^.,;:]{0,30}?(?:[Tt]hesis|[Dd]issertation|[Dd]octorat)\b"
    r"|[.,(\[]\s*(?:[Tt]hesis|[Dd]issertation)\b"
)
_SENTENCE = re.compile(r"(?<=[.;?!])\s+(?=[A-Z])|\s*\(\s*(?=[A-Z])")
_CLAUSE = re.compile(r",\s*(?=[A-Z])")
_UNKNOWN = re.compile(r"\[(?:place|publisher)[^\[\]]{0,40}\]|\[s\.\s?[ln]\.\]", re.IGNORECASE)


def chapter(text: str) -> tuple[str, str] | None:
    """Split a chapter's entry into title and book. None if no "In" separates them."""
    for found in _IN.finditer(text, 3):
        opening, source = found[0], text[found.end() :]
        if ":" in opening or _BOOKISH.search(source):
            return text[: found.start() + 1].rstrip(" ,;"), source
    unsaid = _UNSAID.search(text, 8)
    return (text[: unsaid.start()], text[unsaid.end() :].lstrip("(")) if unsaid else None


def is_house(words: str) -> bool:
    """Tell whether words name a publisher."""
    return bool(_HOUSE.search(words))


def without_editors(source: str) -> str:
    """Drop the editors' names, before or after the book's title, from a chapter's source."""
    source = source.strip(" .,;:")
    leading = leading_authors(source)
    if leading.names and (marked := _EDITORS.match(source, leading.end)):
        return source[marked.end() :]
    if early := _NAMED_FIRST.match(source):
        return source[early.end() :]
    edited = _EDITED.search(source, 4)
    if not edited:
        return source
    closed = re.search(r"\(|(?<=[a-z]{2})\.\s+(?=[A-Z])|;|\)|,(?=\s[A-Z][\w ]{2,30}:)", source[edited.end() - 1 :])
    behind = source[edited.end() - 1 + closed.start() :] if closed else ""
    return source[: edited.start()] + (" " + behind if behind.startswith("(") else ". " + behind.lstrip(" .,;)"))


def thesis(text: str) -> tuple[str, str] | None:
    """Split a thesis' entry into title and the rest. None if no word says that it is a thesis."""
    found = _THESIS.search(text, 8)
    return (text[: found.start()], text[found.end() :].strip(" .,;:)]")) if found else None


def without_edition(text: str) -> str:
    """Drop "(2nd ed.)" from a title."""
    found = _EDITION.search(text, 4)
    return (text[: found.start()] + text[found.end() :]).strip() if found else text


def published(text: str) -> tuple[str, str]:
    """Split what a book prints before its year into title and publisher ("" if none); the place is dropped."""
    text = _UNKNOWN.sub("", text).strip(" .,;:")
    for where in (_SENTENCE, _CLAUSE):
        cuts = [found.span() for found in where.finditer(text, max(0, len(text) - 400))][-12:]
        for start, end in reversed(cuts):
            if publisher := _placed(text[end:]):
                return text[:start].strip(), publisher
        for start, end in cuts:
            if publisher := _house(text[end:]):
                return text[:start].strip(" .,;("), publisher
    return text, ""


def _placed(clause: str) -> str:
    """The publisher of "Place: Publisher" or "Publisher: Place"."""
    found = _PLACED.match(clause)
    if not found or found["place"].count("(") != found["place"].count(")"):
        return ""
    is_swapped = bool(_HOUSE.search(found["place"])) and not _HOUSE.search(found["publisher"])
    if is_swapped or _is_place(found["place"]):
        return found["place" if is_swapped else "publisher"].strip(" .,;)")
    return ""


def _house(clause: str) -> str:
    """The publisher of "Salt Press, London"."""
    name = re.split(r",\s|\s\(|\)\.?\s", clause, maxsplit=1)[0]
    return name.strip(" .,;()") if len(clause) <= 140 and _HOUSE.search(name) and _is_name(name) else ""


def _is_place(words: str) -> bool:
    """Geneva; New York, NY; Boca Raton (FL): few words, each with a capital."""
    return all(word[0].isupper() or word[0] in "(&" or word in ("and", "of", "de") for word in words.split()[:8]) and (
        len(words.split()) <= 6
    )


def _is_name(clause: str) -> bool:
    words = clause.split()
    return len(words) <= 12 and all(
        not w[0].islower() or w in ("of", "for", "and", "the", "in", "on", "de", "la") for w in words
    )
