"""Find what may be the title on the first pages, and weigh it."""

import math
import re
from collections.abc import Iterator

from evqa.language.words import squeeze
from ingest.markup.patterns import RECENT_YEAR
from ingest.pdf.front.opening import Opening, rarely_printed
from ingest.pdf.lines.paragraphs import Paragraph
from ingest.structure.headings import is_front, opens_body, split_heading

_SAME = 0.3
_LONGEST, _MOST_WORDS, _MOST_PARAGRAPHS = 400, 60, 4
_FEWEST_LETTERS = 12
_FEWEST_RUNNING, _NEAR = 3, 0.05
_FORMAL = re.compile(
    rf"https?:|www\.|@|\b10\.\d{{4}}|©|\bdoi\b|\bvol(?:ume|\.)|\bissn\b|\breceived\b|\baccepted\b|\bpublished\b|\bavailable\b"
    rf"|\b{RECENT_YEAR}\s*[;,)]|\bcite\b|\bcitation\b|\bjournal\b|\bopen access\b|\bcorrespondence\b|\bsubmit",
    re.IGNORECASE,
)
_SMALL = re.compile(r"\b(?:of|and|in|for|the|with|on|to|by|from|a|an|as|is|using|versus|vs)\b")
NAMES = (
    "size", "largest", "bold", "capitals", "words", "short", "long", "top", "order", "second page", "rare", "fields",
    "fields longer", "cited", "head", "head begins", "names after", "names", "formal", "front", "part", "stop",
    "joins", "small words", "outline", "lower", "repeated", "numbered",
)  # fmt: skip


def titles(opening: Opening) -> list[range]:
    """Return what may be the title: up to four paragraphs set alike, none like running text."""
    return list(_ranges(opening.paragraphs, opening.size))


def _ranges(paragraphs: tuple[Paragraph, ...], size: float) -> Iterator[range]:
    for start, first in enumerate(paragraphs):
        if len(first.lines) >= _FEWEST_RUNNING and not first.is_bold and first.size < (1 + _NEAR) * size:
            continue
        for end in range(start + 1, min(start + _MOST_PARAGRAPHS, len(paragraphs)) + 1):
            if end - start > 1 and not _is_alike(paragraphs[end - 1], paragraphs[end - 2]):
                break
            held = paragraphs[start:end]
            length = sum(len(p.text) for p in held)
            if length > _LONGEST or sum(len(p.text.split()) for p in held) > _MOST_WORDS:
                break
            if length >= _FEWEST_LETTERS and any(c.isalpha() for c in first.text):
                yield range(start, end)


def _is_alike(one: Paragraph, other: Paragraph) -> bool:
    return one.page == other.page and abs(one.size - other.size) < _SAME and one.is_bold == other.is_bold


def title_text(opening: Opening, place: range) -> str:
    """Return the words of a candidate."""
    return " ".join(opening.paragraphs[i].text.strip() for i in place)


def title_features(opening: Opening, place: range) -> tuple[float, ...]:
    """Weigh a candidate: a value for each of `NAMES`."""
    held = [opening.paragraphs[i] for i in place]
    text = title_text(opening, place)
    letters = squeeze(text)
    words = text.split()
    size = max(p.size for p in held)
    told = squeeze(opening.known.metadata.title)
    others = [one for i, one in enumerate(opening.letters) if i not in place]
    is_telling = len(letters) >= _FEWEST_LETTERS
    first_page = opening.paragraphs[0].page
    on_page = [p for p in opening.paragraphs if p.page == held[0].page]
    high, low = max(p.lines[0].baseline for p in on_page), min(p.lines[-1].baseline for p in on_page)
    joined = [
        _is_alike(opening.paragraphs[a], opening.paragraphs[b])
        for a, b in ((place.start - 1, place.start), (place.stop - 1, place.stop))
        if a >= 0 and b < len(opening.paragraphs)
    ]
    return (
        math.log(size / opening.size),
        float(size >= opening.largest - _SAME),
        float(all(p.is_bold for p in held)),
        float(text.isupper()),
        min(len(words), 20) / 20,
        float(len(words) < 3),
        float(len(words) > 35),
        (high - held[0].lines[0].baseline) / max(1.0, high - low),
        min(place.start, 20) / 20,
        float(held[0].page != first_page),
        rarely_printed(text, opening.frequency),
        float(is_telling and letters == told),
        float(is_telling and letters != told and _begins(letters, told)),
        float(is_telling and any(letters in one and letters != one for one in others)),
        float(any(letters in head for head in opening.heads)),
        float(any(head != letters and _begins(head, letters, letters) for head in opening.heads)),
        _names_after(opening, place.stop),
        max(opening.people[i].share for i in place),
        float(bool(_FORMAL.search(text))),
        float(is_front(text) or is_front(words[0] if words else "")),
        float(opens_body(text) or split_heading(text).number is not None),
        float(text.rstrip()[-1:] in ".,;:"),
        float(any(joined)),
        min(1.0, len(_SMALL.findall(text)) / 3),
        float(is_telling and any(squeeze(item.title) == letters for item in opening.known.outline[:3])),
        float(text.lstrip()[:1].islower()),
        float(is_telling and any(one == letters for one in others)),
        float(bool(letters) and any(_is_numbered(letters, one) for one in (*others, *opening.heads))),
    )  # fmt: skip


def _begins(one: str, other: str, whole: str = "") -> bool:
    """Tell whether one text begins the other, and is long enough to tell; `whole`: the one that must be the longer."""
    short, long = sorted((one, other), key=len)
    return len(short) > _FEWEST_LETTERS and long.startswith(short) and whole in ("", long)


def _is_numbered(letters: str, text: str) -> bool:
    """Tell whether a text has a number right behind these letters, as behind a journal's name."""
    at = text.find(letters)
    return at >= 0 and text[at + len(letters) : at + len(letters) + 1].isdigit()


def _names_after(opening: Opening, at: int) -> float:
    """Return the best share of names in the two paragraphs behind a candidate."""
    return max((read.share for read in opening.people[at : at + 2]), default=0.0)
