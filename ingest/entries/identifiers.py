"""Find DOI, PMID and address in a printed entry, and where that tail begins."""

import re
from collections.abc import Iterator

from ingest.markup.patterns import YEAR

_DOI = re.compile(
    r"\b10\.\d{4,9}(?:\.\w+)*/(?:[^\s\"<>]{1,80}<[^\s\"<>]{1,60}>[^\s\"<>]{1,20};2-?[\w#@$]|[^\s\"<>]{1,200})",
    re.IGNORECASE,
)
_DOI_START = re.compile(
    r"\bdoi\b[\s:.]{0,4}\[?(?:https?:\s?//\s?(?:dx\.\s?)?doi\.\s?org/\s?)?(?=1\s?0\s?\.)|\bdoi\.\s?org/\s?(?=1\s?0\s?\.)|\b(?=10\.\d{4,9}/)",
    re.IGNORECASE,
)
_OPEN_END = re.compile(r"(?:^1|^10\.?\d{0,9}|[/.(_:;–-]|\(\d\d\))$")
_PREFIX = re.compile(r"10\.\d{4,9}/\S*$")
_CONTINUED = re.compile(
    rf"(?=\S{{0,100}}\d)(?!{YEAR}[.;,)]?$)(?!PMID|PMC|Epub|https?:|\[|\()[\w.()<>:;/+-]+$", re.IGNORECASE
)
_LAST_PIECE = re.compile(r"(?=\S{0,60}\d)(?!\d{7,8}\.?$)(?!PMID|PMC)[a-z\d][\w.()/-]*$")
_LETTERS = re.compile(r"[a-z]{2,15}[.-]")
_GLUED = re.compile(r"[\])]?\.?(?:https?://|\bPMID)")
_PMID = re.compile(r"\b(?:PMID|Pub\s?Med(?:\s+PMID)?)\s*:?\s*(\d{5,9})\b", re.IGNORECASE)
_URL = re.compile(
    r"https?:\s?//\s?([^\s<>\"]{3,500}(?:(?<=[/=_-])\s(?=\S{0,200}[/._=-])[^\s<>\"]{3,300}){0,3})", re.IGNORECASE
)
_TAIL = re.compile(
    r"[\s.,;(\[]{0,8}(?:(?:\b|(?<=\d))doi\b\s*[:.]?\s*(?=https?|10\.)|\bhttps?:\s?//|\bwww\.|\b10\.\d{4,9}/|\bPMID\b|\bPMCID\b|\bPMC\d{5}"
    r"|\bAvailable(?: (?:from|at|online|via)\b|:)|\bRetrieved\b|\bURL\b|\bEpub\b|\[?\bPub\s?Med\b|\[?\bCross\s?[Rr]ef\b"
    r"|\[?\bGoogle Scholar|\b(?:Date )?[Aa]ccessed\b|\[cited|\(?accessed on|\[?\bFree (?:Full Text|PMC))",
    re.IGNORECASE,
)  # fmt: skip


def identifiers(entry: str, links: list[str]) -> tuple[str | None, str | None, str | None]:
    """Return DOI, PMID and URL printed in an entry, or else those of its `links`.

    A DOI broken by a space is repaired if the part before the space can't be complete.
    """
    pmid = _PMID.search(entry)
    url = _URL.search(entry)
    return (
        _doi(entry) or _doi(" ".join(links)),
        pmid[1] if pmid else None,
        "".join(url[0].split()).rstrip(".,;)]") if url else None,
    )


def without_identifiers(entry: str) -> str:
    """Cut an entry before its DOI, PMID, address or access date; keep all of it if it begins with one."""
    tail = _TAIL.search(entry)
    return entry[: tail.start()] if tail and tail.start() > 0 else entry


def dois(text: str) -> Iterator[tuple[int, str]]:
    """Yield the DOIs in a text with their offsets; one broken by a space is repaired as in `identifiers`."""
    end = 0
    for start in _DOI_START.finditer(text):
        if start.end() >= end and (found := _DOI.match(_mended(text[start.end() : start.end() + 400]))):
            end = start.end() + found.end()
            yield start.end(), _trimmed(found[0])


def _doi(text: str) -> str | None:
    return next((doi for _, doi in dois(text)), None)


def _mended(text: str) -> str:
    """Join the parts of a DOI that line ends broke."""
    pieces = text.split(" ")[:8]
    doi = pieces[0]
    for at, piece in enumerate(pieces[1:], start=1):
        closes = at == len(pieces) - 1 or pieces[at + 1].startswith(("PMID", "PMC", "PubMed", "[PubMed"))
        is_last = closes and bool(_PREFIX.match(doi)) and not doi.endswith((".", ",", ";", "]"))
        opens = _OPEN_END.search(doi) and (_CONTINUED.match(piece) or _is_middle(pieces[at : at + 2]))
        if not opens and not (is_last and _LAST_PIECE.match(piece)):
            break
        doi += piece
    return doi


def _is_middle(pieces: list[str]) -> bool:
    """Tell whether a part without digits lies inside a DOI: "10.1000/j. salt. 2018.05"."""
    return len(pieces) == 2 and bool(_LETTERS.fullmatch(pieces[0]) and _CONTINUED.match(pieces[1]))


def _trimmed(doi: str) -> str:
    doi = _GLUED.split(doi)[0].rstrip(".,;:'\"”’*_]–-")
    while doi.endswith((")", "]", "}")) and doi.count(")") + doi.count("]") > doi.count("(") + doi.count("["):
        doi = doi[:-1].rstrip(".,;")
    return doi
