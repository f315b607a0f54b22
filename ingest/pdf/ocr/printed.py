"""A recognised line and its words."""

from dataclasses import dataclass, replace
from statistics import median


@dataclass(frozen=True)
class Word:
    """A recognised word or superscript. Points; `stroke` is the mean width of its strokes, `confidence` a share."""

    text: str
    x0: float
    x1: float
    baseline: float
    stroke: float
    confidence: float
    is_raised: bool


@dataclass(frozen=True)
class PrintedLine:
    """A recognised line: number and mean height of its letters as high as an x, and of those as high as a capital."""

    flats: int
    flat: float
    talls: int
    tall: float
    words: tuple[Word, ...]

    def part(self, start: int, end: int) -> "PrintedLine":
        """Some of its words, as a line."""
        if end - start == len(self.words):
            return self
        share = (end - start) / len(self.words)
        words = self.words[start:end]
        return replace(self, flats=round(share * self.flats), talls=round(share * self.talls), words=words)

    def led_by(self, label: "PrintedLine") -> "PrintedLine":
        """The line with a number in front of it. Tesseract loses a bracket that the number ends with."""
        *words, last = label.words
        is_open = last.text[0] == "[" and last.text[-1] != "]"
        words.append(replace(last, text=f"{last.text}]" if is_open else last.text, stroke=self.words[0].stroke))
        return replace(self, words=(*words, *self.words))

    @property
    def text(self) -> str:
        """Its words, with spaces between them."""
        return " ".join(word.text for word in self.words)

    @property
    def printed(self) -> list[Word]:
        """Its words without superscripts."""
        return [word for word in self.words if not word.is_raised]

    @property
    def baseline(self) -> float:
        """The height of its baseline."""
        return median(word.baseline for word in self.printed or self.words)

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return self.words[-1].x1

    @property
    def letters(self) -> int:
        """The number of its characters."""
        return sum(len(word.text) for word in self.words)
