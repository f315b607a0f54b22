"""Find the headings that a file's outline names."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from evqa.language.words import squeeze
from ingest.pdf.known.records import OutlineItem
from ingest.pdf.lines.paragraphs import Paragraph

_MOST_LINES, _FEWEST = 4, 3
# An outline that names fewer of the headings found by look says nothing of their levels.
_SHARE = 0.5


def outlined(paragraphs: Sequence[Paragraph], outline: Sequence[OutlineItem]) -> dict[int, int]:
    """Return the levels of the paragraphs that print an item of the outline on its page, the highest as 1.

    An item that isn't printed there, such as one that repeats the title of the file, counts for nothing.
    """
    wanted: dict[tuple[int, str], list[int]] = defaultdict(list)
    for item in outline:
        if item.page and (letters := squeeze(item.title)):
            wanted[item.page, letters].append(item.level)
    longest = max((len(item.title) for item in outline), default=0) * 2
    found: dict[int, int] = {}
    for i, paragraph in enumerate(paragraphs):
        if len(paragraph.lines) > _MOST_LINES or len(paragraph.text) > longest:
            continue
        if levels := wanted.get((paragraph.page, squeeze(paragraph.text))):
            found[i] = levels.pop(0)
        elif len(paragraph.lines) > 1 and (level := _level_of_lines(paragraph, wanted)):
            found[i] = level
    return found


def _level_of_lines(paragraph: Paragraph, wanted: Mapping[tuple[int, str], list[int]]) -> int:
    """Return the level of the first of several headings that a paragraph prints below each other; 0 for others."""
    levels, letters = list[int](), ""
    for line in paragraph.lines:
        letters += squeeze(line.text)
        if told := wanted.get((paragraph.page, letters)):
            levels.append(told[0])
            letters = ""
    return levels[0] if levels and not letters else 0


def levels_of(
    headings: Sequence[int], told: Mapping[int, int], style: Callable[[int], tuple[float, bool, bool]]
) -> dict[int, int]:
    """Return the levels of headings, 1 the highest; {} unless the outline names most of them.

    A heading that the outline doesn't name has the level of most named ones of its style.
    """
    named = [i for i in headings if i in told]
    if len(named) < _FEWEST or len(named) < _SHARE * len(headings):
        return {}
    highest = min(told[i] for i in named)
    styles: dict[tuple[float, bool, bool], Counter[int]] = defaultdict(Counter)
    for i in named:
        styles[style(i)][told[i] - highest + 1] += 1
    return {
        i: told[i] - highest + 1 if i in told else styles[style(i)].most_common(1)[0][0]
        for i in headings
        if i in told or style(i) in styles
    }
