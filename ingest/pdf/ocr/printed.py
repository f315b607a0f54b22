"""A recognised line and its words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median


@dataclass(frozen=True)
class Word:
    """A recognised word or superscript. Points; `stroke` is the mean width of its strokes, `confidence` a share.

    `flat` and `tall`: the heights of its letters that are as high as an x, and of those as high as a capital.
    """

    text: str
    x0: float
    x1: float
    baseline: float
    stroke: float
    confidence: float
    is_raised: bool
    flat: tuple[float, ...] = ()
    tall: tuple[float, ...] = ()


@dataclass(frozen=True)
class PrintedLine:
    """Words side by side, at least one."""

    words: tuple[Word, ...]

    @property
    def printed(self) -> list[Word]:
        """Its words without superscripts."""
        return [word for word in self.words if not word.is_raised]

    @cached_property
    def text(self) -> str:
        """Its words, with spaces between them."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def flat(self) -> tuple[int, float]:
        """How many of its letters are as high as an x, and their height."""
        return _usual(height for word in self.words for height in word.flat)

    @cached_property
    def tall(self) -> tuple[int, float]:
        """How many of its letters are as high as a capital, and their height."""
        return _usual(height for word in self.words for height in word.tall)

    @cached_property
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

    def led_by(self, label: "PrintedLine") -> "PrintedLine":
        """The line with a number in front of it. Tesseract may lose the bracket that a number alone ends with."""
        *words, last = label.words
        is_open = last.text[0] == "[" and last.text[-1] != "]"
        words.append(replace(last, text=f"{last.text}]" if is_open else last.text, stroke=self.words[0].stroke))
        return PrintedLine((*words, *self.words))


def _usual(heights: Iterable[float]) -> tuple[int, float]:
    """Number and mean of the heights in the middle half, where wrong boxes don't lie; 0.0 without any."""
    ordered = sorted(heights)
    middle = ordered[len(ordered) // 4 : len(ordered) - len(ordered) // 4]
    return len(ordered), sum(middle) / len(middle) if middle else 0.0
