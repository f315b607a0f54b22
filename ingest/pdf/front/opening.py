"""What the first pages of a document show, as the candidates for its front matter are weighed against it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from evqa.language.words import fold, squeeze
from ingest.pdf.front.people import NOBODY, People, people
from ingest.pdf.known.records import UNREAD, Known
from ingest.pdf.lines.line import Line
from ingest.pdf.lines.paragraphs import Paragraph
from ingest.structure.headings import is_abstract

PAGES = 2
_WORD = re.compile(r"[^\W\d_]{4,}")
_MOST = 160
_FEWEST_LINES, _USUAL_SIZE = 3, 10.0
# A text as wide as an abstract ends what stands around the title.
_LONG = 60
_LONGEST_NAMES = 4_000
_LEAD = re.compile(r"\W*(?:abstract|summary|objectives?|background|introduction|importance)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Opening:
    """The first pages. `paragraphs`: theirs, in order. `margins`: lines of running heads and feet, of any page.

    `frequency`: how often the document prints each word of four letters or more. `known`: what the file says of itself.
    """

    paragraphs: tuple[Paragraph, ...]
    margins: tuple[Line, ...]
    frequency: Counter[str]
    known: Known = UNREAD

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The letters and digits of each paragraph."""
        return tuple(squeeze(p.text) for p in self.paragraphs)

    @cached_property
    def heads(self) -> tuple[str, ...]:
        """The letters and digits of the lines in the margins, each once."""
        return tuple(dict.fromkeys(letters for line in self.margins if (letters := squeeze(line.text))))

    @cached_property
    def size(self) -> float:
        """Size of most characters of the running text, in points."""
        counts: Counter[float] = Counter()
        for paragraph in self.paragraphs:
            if len(paragraph.lines) >= _FEWEST_LINES:
                counts[round(paragraph.size, 1)] += len(paragraph.text)
        return counts.most_common(1)[0][0] if counts else _USUAL_SIZE

    @cached_property
    def largest(self) -> float:
        """Size of the largest words, in points."""
        return max((p.size for p in self.paragraphs if len(p.text.split()) > 1), default=self.size)

    @cached_property
    def people(self) -> tuple[People, ...]:
        """The people that each paragraph names."""
        return tuple(
            people([line.printed for line in p.lines]) if len(p.text) < _LONGEST_NAMES else NOBODY
            for p in self.paragraphs
        )

    def end_of_front(self, start: int) -> int:
        """Return where the text opens behind a title that ends at `start`: at the abstract, or at a long paragraph."""
        for i in range(start, len(self.paragraphs)):
            paragraph = self.paragraphs[i]
            is_lead = _LEAD.match(paragraph.text) and (paragraph.lines[0].lead or is_abstract(paragraph.text))
            if is_lead or (len(paragraph.text.split()) > _LONG and paragraph.text.rstrip().endswith(".")):
                return i
        return len(self.paragraphs)


def opening_of(paragraphs: Sequence[Paragraph], margins: Sequence[Line], known: Known) -> Opening:
    """Take the first pages of a document from all its paragraphs and the lines of its margins."""
    last = paragraphs[0].page + PAGES if paragraphs else 0
    first = tuple(p for p in paragraphs if p.page < last)[:_MOST]
    words = Counter(fold(word) for p in paragraphs for word in _WORD.findall(p.text))
    return Opening(first, tuple(margins), words, known)


def rarely_printed(text: str, frequency: Counter[str]) -> float:
    """Return how few of a text's words the document prints often: 0 all of them, 1 none."""
    words = [fold(word) for word in _WORD.findall(text)]
    return 1 - sum(min(1.0, (frequency[word] - 1) / 4) for word in words) / len(words) if words else 1.0
