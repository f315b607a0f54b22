"""Find the passages in which a document says what is asked of it: its title, authors, funding, registration."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evqa.answering.running import GAP
from evqa.corpus.corpus import Corpus, Filter, Query, Span
from evqa.language.words import squeeze, words
from evqa.model import Passage, PassageKind
from evqa.question.metadata import MetadataKind

FRONT: frozenset[PassageKind] = frozenset({"front"})
STATEMENTS: frozenset[PassageKind] = frozenset({"abstract", "prose", "paper"})
TEXT: frozenset[PassageKind] = FRONT | STATEMENTS | {"caption"}
# Passages of an answer under a heading that names the thing, and elsewhere; and how many are read in search of these.
MOST_HEADED, MOST_ELSEWHERE, READ = 4, 2, 20
# How far the rest of a paragraph is looked for, in characters.
REACH = 600


@dataclass(frozen=True)
class _Source:
    """Where a document says something of itself.

    `headings`: the folded words of headings, and names of lines of front matter, that hold it. `query`: words that lie
    near to it elsewhere, and `says`: what a passage there must print, or "" where nowhere else counts.
    """

    headings: str
    query: str = ""
    says: str = ""


_WORK = r"(?:work|study|research|review|trial|project|publication|article|paper|manuscript|survey|authors?)"
_CITE = r"\b(?:(?:how )?to cite|cite this|citation:)"
_REGISTRIES = (
    r"NCT ?\d{8}|ISRCTN ?\d+|CRD ?42\d+|ChiCTR[\w-]+|DRKS ?\d+|EudraCT|ACTRN ?\d+|UMIN\d+|jRCT\w+|CTRI/\S+|PACTR\w+"
    r"|IRCT\w+|KCT ?\d+|TCTR\w+|RBR-\w+|PROSPERO|INPLASY\w*"
)
_SOURCES: dict[MetadataKind, _Source] = {
    "title": _Source(r"title"),
    "authors": _Source(r"authors?"),
    "journal": _Source(r"journal|citation", "how to cite this article, journal", _CITE),
    "year": _Source(
        r"journal|citation|history|copyright|licence",
        "received, accepted, published; how to cite this article",
        rf"{_CITE}|\b(?:published|accepted)\b[^.;]{{0,30}}\b(?:19|20)\d\d\b|(?:©|\bcopyright)[^.;]{{0,20}}\b(?:19|20)\d\d\b",
    ),
    "DOI": _Source(
        r"doi|citation|journal", "doi, digital object identifier; how to cite this article", r"\b10\.\d{4,9}/"
    ),
    "licence": _Source(
        r"licence|license|open access",
        "published under the terms of the Creative Commons licence",
        r"creative commons|licen[cs]ed? (?:under|by)|(?:under|terms of) (?:the|a|an) [\w ]{0,40}licen[cs]e",
    ),
    "funding": _Source(
        r"(?:.* )?(?:funding(?: (?:sources?|information|statement|support|details))?|funders?|grant support|sponsors?"
        r"|financial (?:support|disclosures?)(?: statement)?|sources? of (?:support|funding))(?: and .*)?"
        r"|grants?(?: information| support)?|support(?: statement)?|sponsorship"
        r"|role of the (?:funding source|funder|sponsor)s?",
        "this work was supported by a grant; funding was received from",
        rf"\b{_WORK}\b[^.;]{{0,80}}\b(?:funded|supported|sponsored|financed)\b[^.;]{{0,30}}\bby\b"
        r"|\b(?:grants?|awards?|fellowships?|funds|funding|financial support|scholarships?)\b[^.;]{0,60}"
        rf"\b(?:from|by the|nos?\b|numbers?|for (?:this|the) {_WORK})\b"
        r"|\bno (?:\w+ ){0,3}?(?:funding|grants?|financial support|funds)\b"
        r"|\b(?:thank\w*|grateful|acknowledge\w*|indebted)\b[^.;]{0,120}\b(?:funds|fund(?:ers?|ing|ed)|grants?|financial(?:ly)?)\b"
        r"|\b(?:received|not receive|without|acknowledges?) [^.;]{0,60}\b(?:funding|grants?|financial support)\b",
    ),
    "interests": _Source(
        r"(?:.* )?(?:conflicts? of interests?|(?:competing|conflicting) (?:\w+ )?interests?)(?: .*)?"
        r"|(?:author |authors |financial |potential )?disclosures?(?: statement| of interests?)?"
        r"|(?:declarations?|statements?|disclosures?) of (?:\w+ )?interests?|interests?|duality of interests?",
        "the authors declare no conflict of interest, competing interests",
        r"\bconflicts?[ -]of[ -]interests?\b|\b(?:competing|conflicting) (?:\w+ ){0,2}?interests?\b"
        r"|\b(?:commercial or financial|financial) (?:relationships?|interests?|disclosures?)\b"
        r"|\b(?:no|nothing to) disclos\w+\b",
    ),
    "registration": _Source(
        r"(?:.* )?(?:trial|study|protocol|clinical) (?:pre)?registration(?: .*)?|registration(?: number| .*)?",
        "trial registration number, registered in a registry of trials",
        rf"\b(?:{_REGISTRIES})\b|\b(?:trials?|study|protocol|review)\b[^.;]{{0,60}}\b(?:pre-?)?regist(?:ered|ration)\b",
    ),
    "correspondence": _Source(
        r"correspondence|e mail addresses", "correspondence, corresponding author, e-mail address", r"\S@\S+\.\w"
    ),
}
# Statements, which are rather in the text than in lines of the title page.
_SAID = frozenset({"funding", "interests", "registration"})
_FIELDS: dict[MetadataKind, str] = {
    "title": "title", "authors": "list of authors", "journal": "journal", "year": "year of publication", "DOI": "DOI",
    "licence": "licence", "funding": "statement on funding", "interests": "statement on conflicts of interest",
    "registration": "registration", "correspondence": "address for correspondence",
}  # fmt: skip


def stated(kind: MetadataKind, corpus: Corpus) -> tuple[Passage, ...]:
    """The passages in which the document says it; () if it doesn't.

    Those under a heading that names it, else those nearest to it in other text that print it.
    """
    source = _SOURCES[kind]
    front, sections = _in_front(kind, source, corpus), _in_sections(source, corpus)
    if sections or (front and kind not in _SAID):
        return tuple([*sections, *front][:MOST_HEADED])
    # What is only tagged as a grant is often told in the text, too.
    return tuple(_once([*_elsewhere(kind, source, corpus), *front]))


def _once(passages: Sequence[Passage]) -> list[Passage]:
    return list({each.id: each for each in passages}.values())


def unstated(kind: MetadataKind, corpus: Corpus) -> str:
    """That the document doesn't print it, and what the fields of its file say instead, in one line."""
    (outline, *_) = corpus.outlines()
    field = {"title": outline.document.title, "year": outline.year, "DOI": outline.DOI, "licence": outline.license}
    told = f"; as fields of its file have it, it is {known}" if (known := field.get(kind)) else ""
    return f"no {_FIELDS[kind]} is printed in this document{told}"


def _in_front(kind: MetadataKind, source: _Source, corpus: Corpus) -> Sequence[Passage]:
    """The lines of front matter that hold it."""
    passages = corpus.passages(Filter(kinds=FRONT))
    named = [each for each in passages if each.section and _holds(source, each.section.title)]
    return _fitting(kind, named, corpus)


def _fitting(kind: MetadataKind, passages: Sequence[Passage], corpus: Corpus) -> Sequence[Passage]:
    """Of passages that may hold a DOI, a year or a journal the first that has the document's own; else all."""
    (outline, *_) = corpus.outlines()
    if kind == "DOI":
        own = squeeze(outline.DOI or "")
        return [each for each in passages if own and own in squeeze(each.text)][:1]
    if kind == "year":
        dated = [each for each in passages if outline.year and str(outline.year) in each.text]
        return sorted(dated, key=lambda each: "publish" not in each.text.lower())[:1]
    return passages[:1] if kind == "journal" else passages


def _in_sections(source: _Source, corpus: Corpus) -> Sequence[Passage]:
    """The sentences of sections whose headings name it."""
    spans = tuple(
        Span(outline.document.id, section.start, section.end)
        for outline in corpus.outlines()
        for section in outline.sections
        if _holds(source, section.title)
    )
    return corpus.passages(Filter(kinds=STATEMENTS, spans=spans)) if spans else ()


def _holds(source: _Source, heading: str) -> bool:
    return re.fullmatch(source.headings, " ".join(words(heading))) is not None


def _elsewhere(kind: MetadataKind, source: _Source, corpus: Corpus) -> Sequence[Passage]:
    """The passages of other text that print it, of those nearest to it."""
    if not source.says:
        return ()
    says = re.compile(source.says, re.IGNORECASE)
    found = corpus.retrieve(Query(source.query, within=Filter(kinds=TEXT), limit=READ))
    printing = [each.passage for each in found.candidates if says.search(each.passage.text)]
    if kind == "journal":
        return _to_its_end(printing[0], corpus) if printing else ()
    if kind == "year":
        cited = (each for each in printing if re.search(_CITE, each.text, re.IGNORECASE))
        printing += [later for each in cited for later in _to_its_end(each, corpus)]
    return _fitting(kind, printing, corpus)[:MOST_ELSEWHERE]


def _to_its_end(passage: Passage, corpus: Corpus) -> Sequence[Passage]:
    """A passage and those that follow it in its paragraph: how to cite an article is told in several sentences."""
    span = Span(passage.document.id, passage.start, passage.end + REACH)
    found = [passage]
    for each in corpus.passages(Filter(kinds=TEXT, spans=(span,))):
        if 0 <= each.start - found[-1].end <= GAP:
            found.append(each)
    return found[: MOST_ELSEWHERE + 1]
