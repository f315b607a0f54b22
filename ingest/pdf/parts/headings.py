"""Find headings among paragraphs, by look and words."""

import re
from collections import Counter
from collections.abc import Sequence, Set

from ingest.markup.patterns import YEAR
from ingest.pdf.lines.paragraphs import Paragraph
from ingest.pdf.parts.look import SAME, Look
from ingest.structure.floats import labelled
from ingest.structure.headings import (
    is_abstract,
    is_abstract_part,
    is_back,
    is_bibliography,
    is_keywords,
    split_heading,
)

_LONGEST, _MOST_LINES, _MOST_WORDS = 160, 3, 16
_MOST_KNOWN_WORDS, _MOST_ENDED_WORDS = 8, 12
# Half the height of a page, in points.
_HALFWAY = 400.0
_FEWEST_ALIKE = 3
_LEAD = re.compile(r"(?:abstract|summary|key\s?-?words|index terms)\b", re.IGNORECASE)
_MARKED = re.compile(r"\[\d[\d,\s–-]*\]\.?$|\(\d{1,3}\)\.$")
_YEAR = re.compile(rf"\b{YEAR}\b")
_WORD = re.compile(r"[^\W\d_]{2}")
_RUNS_ON = re.compile(r"[.:]\s*\S")


def headings(paragraphs: Sequence[Paragraph], look: Look, start: int, inside: Set[int]) -> set[int]:
    """Return which paragraphs are headings, without those `inside` tables.

    Between the title, which ends at `start`, and the opening of the text stand names, not headings.
    """
    marked = [
        i for i, p in enumerate(paragraphs) if i not in inside and is_heading(p, look) and not _is_loose(paragraphs, i)
    ]
    opening = _opening(paragraphs, look, marked, start)
    return {i for i in [*marked, *_small(paragraphs, look, inside)] if i >= opening}


def _small(paragraphs: Sequence[Paragraph], look: Look, inside: Set[int]) -> list[int]:
    """Return bold lines smaller than the text, of a style in which several open a text, as no words of figures do."""
    bold = [
        i
        for i, p in enumerate(paragraphs[:-1])
        if i not in inside
        and p.is_bold
        and p.size < (1 - SAME) * look.size
        and may_be_heading(p)
        and p.text.strip()[-1] not in ".:"
        and _stands_above(p, paragraphs[i + 1], look)
    ]
    styles = Counter(style(paragraphs[i]) for i in bold)
    return [i for i in bold if styles[style(paragraphs[i])] >= _FEWEST_ALIKE]


def _stands_above(paragraph: Paragraph, below: Paragraph, look: Look) -> bool:
    """Tell whether a paragraph stands at the left above running text."""
    last, first = paragraph.lines[-1], below.lines[0]
    is_next = last.page == first.page and 0 < last.baseline - first.baseline < 3 * look.size
    return is_next and look.is_text(below) and abs(paragraph.x0 - below.x0) < 2 * look.size


def _opening(paragraphs: Sequence[Paragraph], look: Look, marked: Sequence[int], start: int) -> int:
    """Return where the text opens after the title: at a known heading, one in a usual style, or "Abstract:"."""
    styles = Counter(style(paragraphs[i]) for i in marked)
    usual = [
        i
        for i in marked
        if styles[style(paragraphs[i])] >= _FEWEST_ALIKE and any(map(look.is_text, paragraphs[i + 1 : i + 2]))
    ]
    headed = [i for i in marked if i >= start and (i in usual or _opens(paragraphs[i].text))]
    leads = [i for i, p in enumerate(paragraphs) if i >= start and _LEAD.match(p.text) and p.lines[0].lead]
    return min([*headed, *leads], default=start)


def bibliography_heading(paragraphs: Sequence[Paragraph], look: Look) -> int | None:
    """Return the bibliography's heading: of those that may be it, the one with most years below it."""
    named = [i for i, p in enumerate(paragraphs) if is_bibliography(p.text) and is_heading(p, look)]
    bounds = [*named[1:], len(paragraphs)]
    years = {
        i: sum(len(_YEAR.findall(p.text)) for p in paragraphs[i:end]) for i, end in zip(named, bounds, strict=False)
    }
    return max(named, key=lambda i: (years[i], i), default=None)


def is_heading(paragraph: Paragraph, look: Look) -> bool:
    """Tell whether a paragraph looks and reads like a heading."""
    return may_be_heading(paragraph) and (_is_known_heading if is_known(paragraph.text) else _is_other_heading)(
        paragraph, look
    )


def is_known(words: str) -> bool:
    """Tell whether words are a usual heading of articles."""
    known = split_heading(words.strip()).words
    named = is_abstract(known) or is_keywords(known) or is_bibliography(known) or is_abstract_part(known)
    return named or (is_back(known) and len(known.split()) <= _MOST_KNOWN_WORDS and not _RUNS_ON.search(known))


def style(paragraph: Paragraph) -> tuple[float, bool, bool]:
    """Return what distinguishes the levels of headings; the highest level sorts first."""
    return -round(paragraph.size * 2) / 2, not paragraph.is_bold, not paragraph.text.isupper()


def may_be_heading(paragraph: Paragraph) -> bool:
    """Tell whether a paragraph is as short as a heading and begins and ends like one."""
    words = paragraph.text.strip()
    if len(words) > _LONGEST or len(paragraph.lines) > _MOST_LINES or not _WORD.search(words) or labelled(words):
        return False
    return words[-1] not in ",;" and words[0].isalnum() and not words[0].islower()


def _is_larger(paragraph: Paragraph, look: Look) -> bool:
    return paragraph.size > (1 + SAME) * look.size


def _is_known_heading(paragraph: Paragraph, look: Look) -> bool:
    words = paragraph.text.strip()
    is_set_off = paragraph.is_bold or _is_larger(paragraph, look) or words.isupper()
    return is_set_off or (len(paragraph.lines) == 1 and words[-1] not in ".:")


def _is_other_heading(paragraph: Paragraph, look: Look) -> bool:
    words = paragraph.text.strip()
    count = len(words.split())
    if _MARKED.search(words) or (words[-1] in ".:" and count > _MOST_ENDED_WORDS):
        return False
    is_numbered = "." in (split_heading(words).number or "") and words[-1] != "." and count <= _MOST_WORDS
    is_small = paragraph.size < (1 - SAME) * look.size
    return not is_small and (paragraph.is_bold or _is_larger(paragraph, look) or is_numbered)


def _opens(words: str) -> bool:
    return is_known(words) or split_heading(words).number is not None


def _is_loose(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Tell whether nothing follows a heading on its page, as with a logo or a word in a figure."""
    if at + 1 == len(paragraphs):
        return True
    here, after = paragraphs[at], paragraphs[at + 1]
    is_apart = after.page != here.page and not is_bibliography(here.text)
    return is_apart and here.lines[0].baseline > _HALFWAY and not is_known(here.text)
