"""Sentences of running text that belong together."""

from evqa.answering.running import before
from evqa.model import Heading, Passage, PassageKind
from tests.evqa.answering.running import running, shelf


def of(passage: Passage, kind: PassageKind, title: str) -> Passage:
    return passage.model_copy(update={"kind": kind, "section": Heading(title=title)})


def test_the_sentence_before() -> None:
    """Only of the same section of running text, be it a review's or a cited paper's; of another paragraph, too."""
    kinds: list[tuple[PassageKind, str]] = [
        ("prose", "Results"),
        ("prose", "Results"),
        ("prose", "Methods"),
        ("table_row", "Methods"),
        ("table_row", "Methods"),
        ("paper", "Methods"),
        ("paper", "Methods"),
    ]
    texts = [f"Text {place}." for place in range(len(kinds))]
    passages = [of(passage, *kind) for passage, kind in zip(running(*texts), kinds, strict=True)]
    found = [before(each, shelf(passages)) for each in passages]
    assert found == [None, passages[0], None, None, None, None, passages[5]]
