"""Part headings from what is printed with them: another heading below, or the text that runs on behind."""

import re

from ingest.markup.styled import Styled
from ingest.pdf.lines.line import Line
from ingest.pdf.lines.paragraphs import Paragraph
from ingest.pdf.parts.look import Look

_SPACE = 0.3
_RUN_IN = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?P<words>[A-Z][^.?!]{2,90})\.\s+(?=[A-Z])")
_MOST_WORDS = 12
_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})*(?=[.\s])")

_LINE_NUMBER = re.compile(r"\d{1,3}(?=\s)")

Numbers = tuple[int, ...]


def apart(paragraph: Paragraph, look: Look) -> list[tuple[Line, ...]]:
    """Return the headings that a paragraph prints below each other.

    A line isn't the rest of the heading above if its first word had found room there.
    """
    parts = [[paragraph.lines[0]]]
    for before, line in zip(paragraph.lines, paragraph.lines[1:], strict=False):
        if _had_room(before, line, paragraph.x0 + look.width):
            parts.append([line])
        else:
            parts[-1].append(line)
    return [tuple(part) for part in parts]


def _had_room(before: Line, line: Line, edge: float) -> bool:
    text = line.text.strip()
    word = text.split()[0] if text else ""
    width = (line.x1 - line.x0) * len(word) / max(1, len(text))
    is_left = before.x0 - line.x0 < line.size
    return (
        bool(word[:1].isupper() or word[:1].isdigit())
        and is_left
        and before.x1 + width + _SPACE * line.size * 2 < edge - line.size
    )


def number_of(text: str) -> Numbers:
    """Return the number that a heading begins with: (2, 1) for "2.1 Methods"; () without one."""
    found = _NUMBER.match(text)
    return tuple(map(int, found[0].split("."))) if found else ()


def run_in(paragraph: Paragraph, last: Numbers) -> tuple[Styled, list[Styled]] | None:
    """Cut a paragraph behind a numbered heading that it begins with: heading and the rest of the lines.

    `last`: the number of the heading before. None unless the number follows it, so that no quantity is taken for one.
    """
    found = _RUN_IN.match(paragraph.text)
    if not found or len(found["words"].split()) > _MOST_WORDS or not follows(number_of(found["number"] + " "), last):
        return None
    rest: list[Styled] = []
    at = 0
    for line in paragraph.lines:
        if at + len(line.printed.text) > found.end():
            rest.append(line.printed[max(0, found.end() - at) :])
        at += len(line.printed.text) + 1
    return Styled(paragraph.text[: found.end()].rstrip(" .")), rest


def follows(number: Numbers, last: Numbers) -> bool:
    """Tell whether a heading's number is the next one: deeper by one, or one more on any level."""
    if number == (*last, 1):
        return True
    return bool(number) and len(number) <= len(last) and number == (*last[: len(number) - 1], last[len(number) - 1] + 1)


def without_numbers(lines: list[Styled]) -> list[Styled]:
    """Drop the numbers of a manuscript's lines, where each line begins with the one after the last."""
    found = [_LINE_NUMBER.match(line.text) for line in lines]
    numbers = [int(one[0]) for one in found if one]
    if len(numbers) < len(lines) or numbers != list(range(numbers[0], numbers[0] + len(lines))):
        return lines
    if len(lines) == 1 and numbers != [1]:
        return lines
    return [line[one.end() :].strip() for line, one in zip(lines, found, strict=True) if one]
