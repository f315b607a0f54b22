"""Find what an announcing sentence announces."""

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, takewhile

from evqa.answering.running import GAP, RUNNING, is_of_one_text
from evqa.corpus.corpus import Corpus, Filter, Span
from evqa.model import Passage

# Most sentences that are brought for one that announces them, and how far they may lie after it, in characters.
MOST, REACH = 6, 4_000
# An item of a list has few sentences; a longer paragraph is none.
LONGEST_ITEM = 2
# "For the following 6 months." and "in the following sections." announce nothing.
_ANNOUNCES = re.compile(
    r":\s*$|\bas follows\b[^.,;:]{0,40}\.?\s*$"
    r"|\b(?!(?:in|for|on|at|over|during|within|after|by|from)\s)[\w-]+\sthe following\b[^.,;:]{0,40}\.?\s*$",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|some|many|multiple|various|different|following)\s"
    r"(?:[\w-]+\s){0,4}?[\w-]{2,}(?:s|a)\b",
    re.IGNORECASE,
)
# "First-line" and "1.5 mL" count nothing, "The first study …" mostly tells a story.
_OPENS_LIST = re.compile(r"(?:first(?:ly)?|on the one hand)\b(?!-)|\(?(?:1(?:\)|\.\s)|[ai]\))|[•–]\s", re.IGNORECASE)
# "First is their shelf life, and second is safety." is a list by itself.
_SECOND = re.compile(r"\b(?:second(?:ly)?|on the other hand)\b(?!-)|\((?:2|ii|b)\)", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:(?:the )?(?:second|third|fourth|fifth|sixth|last|next)(?:ly)?|final(?:ly)?|the final|another|also|moreover"
    r"|alternatively|furthermore|additionally|in addition|besides|on the other hand)\b(?!-)"
    r"|\(?(?:\d{1,2}(?:\)|\.\s)|(?:[b-h]|[ivx]+)\))|[•–]\s",
    re.IGNORECASE,
)


def announced(passage: Passage, corpus: Corpus) -> Sequence[Passage]:
    """The sentences or items that a passage announces ("… for three reasons.", "… are as follows:"), at most MOST.

    They end with the paragraph in which they are counted, or with the first paragraph that is too long for an item.
    """
    text = passage.text
    is_opening = bool(_ANNOUNCES.search(text))
    if passage.kind not in RUNNING or not (is_opening or _COUNTS.search(text)):
        return ()
    later = _later(passage, corpus)
    if later and _OPENS_LIST.match(later[0].text):
        members = _enumerated(passage, later)
        if len(members) > 1 or _SECOND.search(members[0].text):
            return members[:MOST]
    return tuple(_items(passage, later))[:MOST] if is_opening else ()


def _later(passage: Passage, corpus: Corpus) -> Sequence[Passage]:
    """The passages after this one in its section, in printed order."""
    span = Span(passage.document.id, passage.end, passage.end + REACH)
    found = corpus.passages(Filter(documents=frozenset({passage.document.id}), spans=(span,)))
    return tuple(takewhile(lambda each: is_of_one_text(each, passage), found))


def _paragraph(passage: Passage, later: Sequence[Passage]) -> Iterator[Passage]:
    """Those that follow in the same paragraph."""
    end = passage.end
    for each in later:
        if each.start - end > GAP:
            return
        yield each
        end = each.end


def _enumerated(passage: Passage, later: Sequence[Passage]) -> tuple[Passage, ...]:
    """The members of a list of which the first follows: sentences of its paragraph that go on with it, or the first
    sentences of paragraphs that do."""
    first = later[0]
    if first.start - passage.end <= GAP:
        return (first, *(each for each in _paragraph(first, later[1:]) if _GOES_ON.match(each.text)))
    heads = [paragraph[0] for paragraph in _paragraphs(later)]
    return (first, *takewhile(lambda each: bool(_GOES_ON.match(each.text)), heads[1:]))


def _items(passage: Passage, later: Sequence[Passage]) -> Iterator[Passage]:
    """The sentences of the short paragraphs that follow; the rest of the own paragraph, if it doesn't end here."""
    own = tuple(_paragraph(passage, later))
    for paragraph in (own,) if own else takewhile(lambda each: len(each) <= LONGEST_ITEM, _paragraphs(later)):
        yield from paragraph


def _paragraphs(later: Sequence[Passage]) -> Sequence[tuple[Passage, ...]]:
    """The passages by paragraph."""
    ends = [later[0].start, *(each.end for each in later)] if later else []
    breaks = [each.start - end > GAP for each, end in zip(later, ends, strict=False)]
    grouped = groupby(zip(accumulate(breaks), later, strict=True), key=lambda pair: pair[0])
    return [tuple(each for _, each in group) for _, group in grouped]
