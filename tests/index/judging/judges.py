"""Passages to judge, and a local judge that stands in for the real one."""

from collections.abc import Sequence

from evqa.corpus.judge import Shown, Verdict
from evqa.model import Home, JudgeName, Passage, PassageKind

LOCAL = JudgeName(name="stand-in", version="1")
TEXTS = ("Moss holds water.", "Its cushions hold twenty times their weight.", "Slugs eat moss at night.")


def shown(text: str, before: str = "", kind: PassageKind = "prose", indexed: str = "") -> Shown:
    """A passage as a judge reads it."""
    earlier = printed(before) if before else None
    return Shown(printed(text, kind, indexed), earlier, 0.5, 0.5, 0.5, 0.5)


def printed(text: str, kind: PassageKind = "prose", indexed: str = "") -> Passage:
    """A passage about moss."""
    home = Home(id="d-1", title="Moss")
    return Passage(id="p-1", kind=kind, document=home, start=0, end=len(text), text=text, indexed=indexed)


SHOWN = tuple(map(shown, TEXTS))


class StandIn:
    """A judge that takes the first passage for the answer; it counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def verdict(self, question: str, shown: Sequence[Shown]) -> Verdict:
        self.asked += 1
        return Verdict(tuple(0.9 if place == 0 else 0.1 for place in range(len(shown))), LOCAL)
