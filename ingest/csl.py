"""Printed bibliography entries as CSL-JSON fields (https://docs.citationstyles.org, schema 1.0.2)."""

import re
from dataclasses import dataclass, field

from evqa.model import Date, Name, Reference
from ingest.inline import plain, targets
from ingest.names import leading_authors

_DOI = re.compile(
    r"\b10\.\d{4,9}(?:\.\w+)*/(?:[^\s\"<>]{1,80}<[^\s\"<>]{1,60}>[^\s\"<>]{1,20};2-?[\w#@$]|[^\s\"<>]{1,200})",
    re.IGNORECASE,
)
_BROKEN_DOI = re.compile(
    r"(\bdoi:?\s*(?:https?://(?:dx\.)?doi\.org/)?|doi\.org/)\s*(10\.\d{4,9}/[^\s\"<>]*[/.(_-]|10\.\d{4,9}/?"
    r"|10\.)\s+(?=[^\s]*\d)(?!\d{4}\b[.;])([^\s\"<>]+)",
    re.IGNORECASE,
)
_PMID = re.compile(r"\bPMID:?\s*(\d{5,9})", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"]{3,500}", re.IGNORECASE)
_TAIL = re.compile(
    r"[\s.,;(\[]{0,8}(?:\bdoi\b\s*[:.]?\s*(?=https?|10\.)|\bhttps?://|\b10\.\d{4,9}/|\bPMID\b|\bPMCID\b|\bPMC\d{5}"
    r"|\bAvailable (?:from|at|online)\b|"
    r"\bRetrieved\b|\bEpub\b|\[?\bPubMed\b|\[?\bCross\s?[Rr]ef\b|\[?\bGoogle Scholar|\bAccessed\b"
    r"|\[cited|\(?accessed on)",
    re.IGNORECASE,
)
_PAGE = r"(?:[IVXLC]+[-–][IVXLC]+(?!\w)|[A-Za-z]{0,3}\d[\w.]*(?:\s?[-–—‐‑−]\s?[A-Za-z]{0,3}\d\w*)?(?: e\d+)?)"
# A range that no double volume or issue has: it tells "1863 2333–2344", volume and pages, from "2015 12–13".
_PAGES = r"[A-Za-z]{0,3}\d{3,}\s?[-–—‐‑−]\s?[A-Za-z]{0,3}\d\w*"
_VOLUME = r"\d+[A-Za-z]?(?:[-–/]\d+)?"
_ISSUE = r"(?:\s*\((?P<issue>[^()]{1,40})\))?"
_LONGEST = 3000
_MONTH = (
    r"(?:[,\s]+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?(?:[-–/\s]+(?:[A-Z][a-z]{2,8}|\d{1,2}))?)?"
)
_YEAR = r"(?P<year>(?:1[89]\d|20[0-4])\d)[a-z]?"
_NUMERICS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[\s.,]*\bvol(?:ume)?\.?\s*(?P<volume>{_VOLUME})(?:,?\s*(?:no"
        rf"|issue)\.?\s*(?P<issue>[\w–-]+))?(?:,?\s*(?:pp?|pages)\.?\s*(?P<page>{_PAGE}))?"
        rf"(?:,?\s*(?:Art\.?|Article)\s*(?:no\.?"
        rf"|ID)?\s*\w+)?(?:,?\s*(?:[A-Z][a-z]{{2,8}}\.?\s*(?:\d+,\s*)?)?\(?{_YEAR}\)?)?",
        rf"[\s.,]*\(?{_YEAR}{_MONTH}\)?\s*[;,:.]?\s*(?P<volume>{_VOLUME}){_ISSUE}\s*[:,]{{1,2}}\s*(?:pp?\.\s*)?(?P<page>{_PAGE})",
        rf"[\s.,]*(?P<volume>{_VOLUME})(?:, no\. (?P<issue>[\w–-]+))? \((?:[A-Z]\w+ )?{_YEAR}\): (?P<page>{_PAGE})",
        rf"[\s.,]*(?P<volume>{_VOLUME}){_ISSUE}\s*[,:]\s*(?:pp?\.\s*|Article\s+)?(?P<page>{_PAGE})\s*\({_YEAR}\)",
        rf"[\s.,]*(?P<volume>{_VOLUME}){_ISSUE}\s*[,:]\s*(?:pp?\.\s*|Article\s+)?(?P<page>{_PAGE})(?![\w])",
        rf"[\s.,]*(?P<volume>{_VOLUME}){_ISSUE}\s+(?P<page>{_PAGES})(?=[\s.,]*(?:\({_YEAR}\))?[\s.,]*$)",
        rf"[\s.,]*\({_YEAR}{_MONTH}\)\s*[;,:.]?\s*(?P<volume>{_VOLUME}){_ISSUE}\s+(?P<page>{_PAGE})(?=[\s.,]*$)",
        rf"[\s.,]*\(?{_YEAR}{_MONTH}\)?\s*[;,:.]?\s*(?P<volume>{_VOLUME}){_ISSUE}(?=[\s.,]*$)",
        rf"[\s.,;:]*\(?{_YEAR}{_MONTH}\)?(?=[\s.,;:)]*(?:$|p{{1,2}}\.))",
        rf"[\s.,]+(?P<volume>{_VOLUME}){_ISSUE}(?=[\s.,]*$)",
        rf"[\s.,]+(?P<volume>{_VOLUME}){_ISSUE}\s+(?P<page>{_PAGE})(?=[\s.,]*(?:\({_YEAR}\))?[\s.,]*$)",
    )
)
_BARE_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?"
_EARLY_YEAR = re.compile(rf"[\s.,:]*(?:\({_BARE_YEAR}(?:[,\s][^()]{{0,30}})?\)|{_BARE_YEAR}(?=[.,:]))\s*[.,:]?\s*")
_ANY_YEAR = re.compile(rf"(?<![\d–-])\(?{_YEAR}\)?(?![\d–-])")
_QUOTED = re.compile(
    r"[\s.,:]*(?:“(?P<curly>.{5,600}?)[,.?!]?[”\"]|\"(?P<straight>.{5,600}?)[,.?!]?[\"”]|[‘'](?P<single>.{5,600}?)[,.?!]?[’'])"
    r"(?=\s*[,.]|\s*$|\s+(?:in\b|[A-Z*(\d]))[,.]?\s*"
)
_QUOTED_LATER = re.compile(r"[,.]\s(?=[“\"][^“”\"]{5,600}[,.?!][”\"])")
_CUT = re.compile(r"(?<=[.?!])[\"”’)]?\s+(?=[\w\"“(])")
_EMPHASIS = re.compile(
    r"(?<![A-Za-z\d])(?P<mark>\*{1,3}|_{1,3}|<i>|<em>)(?P<words>[^*_<>\n]{2,200}?)[.,]?(?:(?P=mark)|</i>|</em>)(?![A-Za-z\d])"
)
_ABBREVIATED = re.compile(
    r"(?:[A-Z][^\W\d_]*\.?|of|and|the|for|in|&)(?:\s(?:[A-Z][^\W\d_]*\.?|of|and|the|for|in|&)){0,4}?\s?\b"
    r"(?:Acad|Acta|Adv|Agric|Am|Anal|Anim|Ann|Annu|Appl|Arch|Assoc|Aust|Biochem|Bioeng|Biol|Biomed|Biophys|Biotechnol|Bot"
    r"|Br|Bull|Can|Cardiol|Chem|Chim|Clin|Commun|Comput|Crit|Curr|Dent|Dermatol|Dev|Diagn|Dis|Ecol|Econ|Educ|Emerg|Endocrinol"
    r"|Eng|Engl|Entomol|Environ|Epidemiol|Ethnopharmacol|Eur|Evol|Exp|Front|Funct|Gastroenterol|Gen|Genet|Genom|Geol|Hematol"
    r"|Hepatol|Hist|Hortic|Hosp|Hum|Hyg|Immunol|Ind|Infect|Inflamm|Inst|Int|Invest|J|Lett|Linn|Manag|Mar|Mater|Math|Mech|Med"
    r"|Metab|Methods|Microb|Microbiol|Mol|Nanotechnol|Nat|Natl|Nephrol|Neurol|Neurosci|Nutr|Obstet|Oceanogr|Oncol|Ophthalmol"
    r"|Opin|Org|Orthop|Parasitol|Pathol|Pediatr|Pharm|Pharmacol|Philos|Phys|Physiol|Plast|Pol|Polym|Postharvest|Proc|Prod"
    r"|Prog|Psychiatr|Psychol|Public|Publ|Qual|Radiol|Rec|Rehabil|Rep|Reprod|Res|Respir|Rev|Rheumatol|Sci|Ser|Soc|Spectrosc"
    r"|Stand|Stat|Struct|Surg|Surv|Symp|Syst|Technol|Theor|Ther|Top|Toxicol|Trans|Transl|Transplant|Trends|Trop|Univ|Urol|Vet"
    r"|Virol|Vis|Zool)\."
)
_SHORT_WORD = re.compile(r"[^\W\d_]{1,12}\.(?:[^\W\d_]{1,6}\.)*")
_GROUP_AUTHOR = re.compile(
    rf"((?:U\.\s?[SK]\.\s)?[^.()\d\"“]{{3,150}}?)(?: \([A-Z]{{2,12}}\))?(?:\.\s+(?=[A-Z\"“])|\.?\s*(?=\({_BARE_YEAR}))"
)
_PUBLISHED = re.compile(r"(?P<place>[A-Z][^:;\d]{1,60}):\s+(?P<publisher>[^:;\d]{2,80})")
_PUBLISHERS = re.compile(r"\b(?:Press|Publish\w+|Springer|Elsevier|Wiley|Academic|ed\.|edition)(?!\w)")
_IN = re.compile(r"\s*\bIn:?\s+(?=[A-Z\"“(])")


@dataclass
class _Fields:
    title: str = ""
    container: str = ""
    publisher: str = ""
    year: int | None = None
    numbers: dict[str, str] = field(default_factory=dict)
    is_chapter: bool = False


def reference(number: int, raw: str) -> Reference:
    """An entry, its printed number taken off but its markup kept, as a record; `raw` loses only the markup.

    What can't be told is left out, never guessed from elsewhere.
    """
    entry = plain(raw)
    raw, whole, entry = raw[:_LONGEST], entry, entry[:_LONGEST]
    doi, pmid, url = identifiers(entry, targets(raw))
    body = _TAIL.split(entry, maxsplit=1)[0] if not _TAIL.match(entry) else entry
    authors, rest = _authors(body)
    fields = _fields(rest, _emphasised(raw), _emphasised_title(raw, rest))
    return Reference(
        number=number,
        type=_type(fields, rest),
        title=fields.title or None,
        author=authors,
        container_title=fields.container or None,
        issued=Date(date_parts=((fields.year,),)) if fields.year else None,
        publisher=fields.publisher or None,
        volume=fields.numbers.get("volume"),
        issue=fields.numbers.get("issue"),
        page=fields.numbers.get("page"),
        DOI=doi,
        PMID=pmid,
        URL=f"https://doi.org/{doi}" if doi else url,
        raw=whole,
    )


def identifiers(entry: str, links: list[str]) -> tuple[str | None, str | None, str | None]:
    """DOI, PMID and URL printed in an entry, else those that it links to.

    A DOI broken by a space is repaired only behind "doi" and where the first part can't be whole.
    """
    mended = _BROKEN_DOI.sub(r"\1\2\3", entry)
    found = _DOI.search(mended) or _DOI.search(" ".join(links))
    pmid = _PMID.search(entry)
    url = _URL.search(entry)
    return (
        _trimmed_doi(found[0]) if found else None,
        pmid[1] if pmid else None,
        url[0].rstrip(".,;)") if url else None,
    )


def _trimmed_doi(doi: str) -> str:
    doi = re.split(r"[\])]?\.?(?:https?://|\bPMID)", doi)[0].rstrip(".,;:'\"”’*_]")
    while doi.endswith((")", "]", "}")) and doi.count(")") + doi.count("]") > doi.count("(") + doi.count("["):
        doi = doi[:-1].rstrip(".,;")
    return doi


def _emphasised(raw: str) -> str:
    """The emphasised words in front of year or volume: the container, where markup shows it."""
    for found in _EMPHASIS.finditer(raw):
        is_name = len(re.findall(r"[^\W\d_]", found["words"])) > 0
        if is_name and re.match(
            r"[\s.,;*_<>/bi]*(?:\(?(?:1[89]|20)\d\d|\d+|vol)", raw[found.end() :][:60], re.IGNORECASE
        ):
            return plain(found["words"]).strip(" .,")
    return ""


def _emphasised_title(raw: str, rest: str) -> str:
    """The emphasised words that open what follows the authors: a book's title."""
    rest = _EARLY_YEAR.sub("", rest.strip(" .:,"), count=1) if _EARLY_YEAR.match(rest) else rest.strip(" .:,")
    for found in _EMPHASIS.finditer(raw):
        words = plain(found["words"]).strip(" .,")
        after = rest[len(words) : len(words) + 2] if len(words.split()) > 2 and rest.startswith(words) else "-"
        if not after or after[0] in ".,;":
            return words
    return ""


def _authors(body: str) -> tuple[tuple[Name, ...], str]:
    leading = leading_authors(body)
    if leading.names:
        return leading.names, re.sub(r"^[\s,]*\(?[Ee]d(?:s|itors?)?\.?\)?(?=[.,\s])", "", body[leading.end :])
    if (quoted := _QUOTED_LATER.search(body[:300])) and not re.search(r"[\d“\"]", body[: quoted.start()]):
        return (Name(literal=body[: quoted.start()].strip()),), body[quoted.end() :]
    group = _GROUP_AUTHOR.match(body)
    if (
        group
        and (len(group[1].split()) <= 3 or re.search(r"[A-Z]\w+ (?:of|for|and|on)\b|[A-Z]\w+ [A-Z]", group[1]))
        and _has_more(body[group.end() :])
    ):
        return (Name(literal=group[1].strip()),), body[group.end() :]
    return (), body


def _has_more(rest: str) -> bool:
    return len(_CUT.split(rest)) >= 2 or bool(_EARLY_YEAR.match(rest))


def _fields(rest: str, emphasised: str, book: str) -> _Fields:
    fields = _Fields()
    if early := _EARLY_YEAR.match(rest):
        fields.year = int(early[0].strip(" .,:()")[:4])
        rest = rest[early.end() :]
    rest = rest.strip(" .:,")
    if quoted := _QUOTED.match(rest):
        fields.title = (quoted["curly"] or quoted["straight"] or quoted["single"]).strip()
        _fill_source(fields, rest[quoted.end() :])
    elif book and book != emphasised and rest.startswith(book):
        fields.title = book
        _fill_book(fields, rest[len(book) :])
    else:
        _fill(fields, rest, emphasised)
    if fields.year is None and (years := _ANY_YEAR.findall(rest)):
        fields.year = int(years[-1])
    return fields


def _fill_book(fields: _Fields, source: str) -> None:
    """Publisher and numbers from what follows a book's title."""
    start = _numeric_start(source)
    printed = source[:start].strip(" .,;:(")
    published = _PUBLISHED.fullmatch(printed)
    fields.publisher = published["publisher"].strip() if published else printed if len(printed) <= 120 else ""
    _fill_numbers(fields, source[start:])


def _fill(fields: _Fields, rest: str, emphasised: str) -> None:
    """Title and source from what follows the authors."""
    at = rest.rfind(emphasised) if emphasised else -1
    if at > 4:
        fields.title, fields.container = _title(rest[:at]), emphasised
        _fill_numbers(fields, rest[at + len(emphasised) :])
    elif inside := _IN.search(rest, 5):
        fields.title, fields.is_chapter = _title(rest[: inside.start()]), True
        _fill_source(fields, rest[inside.end() :])
    else:
        start = _numeric_start(rest)
        cut = _title_end(rest[:start])
        fields.title = _title(rest[:cut])
        if cut == start and _has_volume(rest[start:]):
            _fill_numbers(fields, rest[start:])
        else:
            _fill_source(fields, rest[cut:])


def _has_volume(numerics: str) -> bool:
    """Whether volume and page are told: "2006;44:3647"; not "1997, 453–469", a book's year and pages."""
    fields = _Fields()
    _fill_numbers(fields, numerics)
    return "page" in fields.numbers and not re.fullmatch(_YEAR, fields.numbers.get("volume", "1900"))


def _fill_source(fields: _Fields, source: str) -> None:
    source = re.sub(r"^in:?\s+", "", source.strip(), flags=re.IGNORECASE)
    start = _numeric_start(source)
    fields.container = re.sub(r"\s*\[Internet\]", "", source[:start]).strip(" .,;:(")
    if published := _PUBLISHED.fullmatch(fields.container):
        fields.container, fields.publisher = "", published["publisher"].strip()
    _fill_numbers(fields, source[start:])


def _fill_numbers(fields: _Fields, numerics: str) -> None:
    for pattern in _NUMERICS:
        if found := pattern.match(numerics):
            groups = {name: value for name, value in found.groupdict().items() if value}
            year = groups.pop("year", None)
            fields.year = fields.year or (int(year) if year else None)
            fields.numbers = {name: _numeral(value) for name, value in groups.items()}
            return


def _numeral(printed: str) -> str:
    """As printed, with "-" for any dash."""
    return re.sub(r"\s*[–—‐‑−]\s*", "-", " ".join(printed.split())).rstrip(".,")


def _numeric_start(text: str) -> int:
    """Where year, volume and pages begin; the end of the text if there are none."""
    for at in _candidates(text):
        if any(pattern.match(text, at) for pattern in _NUMERICS):
            return at
    return len(text)


def _candidates(text: str) -> list[int]:
    return [m.start() for m in re.finditer(r"(?<=[^\s.,;])[\s.,;]+(?=\(?\d|vol|Vol)", text[:4000])][:80] or []


def _title_end(text: str) -> int:
    """Where the title ends before the container: at the last full stop that isn't part of an abbreviated journal."""
    cuts = list(_CUT.finditer(text))
    if not cuts:
        return len(text)
    place = len(cuts) - 1
    while place > 0 and _is_part_of_journal(text[cuts[place - 1].end() : cuts[place].start()]):
        place -= 1
    return cuts[place].end()


def _is_part_of_journal(words: str) -> bool:
    return bool(_SHORT_WORD.fullmatch(words) or _ABBREVIATED.fullmatch(words))


def _title(text: str) -> str:
    return text.strip(' .,;:"“”')


def _type(fields: _Fields, rest: str) -> str:
    if fields.is_chapter:
        return "chapter"
    return "book" if fields.publisher or (not fields.numbers and _PUBLISHERS.search(rest)) else "article-journal"
