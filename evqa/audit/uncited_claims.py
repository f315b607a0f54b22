"""Find sentences that rely on the work of others without citing it."""

import re
from collections.abc import Iterator

from evqa.model import Document, Passage, Statement

_WORK = (
    r"(?:stud(?:y|ies)|trials?|reports?|investigations?|experiments?|researche?s?|researchers|authors|meta-analys[ei]s)"
)
_FOUND = r"(?:shown|demonstrated|reported|found|revealed|suggested|indicated|described|established|confirmed|observed)"
_OTHERS = re.compile(
    rf"\b(?:(?:recent|previous|earlier|prior|several|many|numerous|various|some|other|clinical|preclinical|animal|human"
    rf"|experimental|epidemiological|observational|multiple|accumulating|growing|emerging)\s+)+(?:\w+\s+)?"
    rf"(?:{_WORK}|evidence|data)\s+(?:(?:have|has|had)\s+(?:also\s+|consistently\s+|recently\s+)?{_FOUND}"
    rf"|(?:show|demonstrate|report|suggest|indicate|reveal)(?:s|ed)?\b)"
    rf"|\bit (?:has|had) been (?:(?:well|widely|recently|previously)\s+)?{_FOUND}\b"
    rf"|\b(?:have|has) been (?:previously|widely|repeatedly|extensively) {_FOUND}\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\d+(?:[.,]\d+)?\s?%|\b\d+(?:\.\d+)?[- ]fold\b|\b(?:p|P)\s?[<=]\s?0?\.\d+|\b\d[\d,]*\s+(?:patients|participants"
    r"|subjects|cases|deaths|people|individuals|women|men|children)\b"
)
# Sections in which an article tells its own work.
_OWN = re.compile(
    r"(?i)method|material|result|finding|experiment|statistic|patient|\bcases?\b|design|procedure|abstract|conclusion"
)
_METHODS = re.compile(r"(?i)method|material|patients and|\bcases?\b")
# Percentages of something prepared in a laboratory are no findings.
_PREPARED = re.compile(
    r"\b(?:boil|mix|dissolv|dilut|stain|wash|soak|incubat|suspend|add|supplement)(?:ed|ing)?\s+(?:with|in|to|into)\b",
    re.I,
)
_SELF = re.compile(
    r"(?i)\b(?:we|our|this (?:study|review|article|paper|work)|present (?:study|review)|table|fig(?:ure|\.)?)\b"
)


def uncited_claims(document: Document, passages: tuple[Passage, ...]) -> Iterator[Passage]:
    """Sentences of the running text with findings of others or figures, and no citation in or next to them.

    What an article tells of its own (its methods, results, tables) isn't meant, nor are figures in a report of own
    work. Only documents that cite are looked at.
    """
    reports = any(_METHODS.search(section.title) for section in document.sections)
    sentences = [each for each in passages if each.kind == "prose"] if document.citations else []
    for place, passage in enumerate(sentences):
        if _is_cited(passage) or _is_own(passage) or not _leans(passage.text, reports):
            continue
        neighbours = [sentences[at] for at in (place - 1, place + 1) if 0 <= at < len(sentences)]
        if not any(_is_cited(each) and _is_same_paragraph(document, passage, each) for each in neighbours):
            yield passage


def _leans(text: str, reports: bool) -> bool:
    is_figure = not reports and _FIGURE.search(text) and not _PREPARED.search(text)
    return bool(_OTHERS.search(text) or is_figure)


def _is_cited(passage: Passage) -> bool:
    return any(_numbers(each) for each in passage.sentences)


def _numbers(statement: Statement) -> tuple[int, ...]:
    return statement.references + statement.carried


def _is_own(passage: Passage) -> bool:
    return bool(_SELF.search(passage.text) or (passage.section and _OWN.search(passage.section.title)))


def _is_same_paragraph(document: Document, one: Passage, other: Passage) -> bool:
    return any(
        block.start <= min(one.start, other.start) and max(one.end, other.end) <= block.end for block in document.blocks
    )
