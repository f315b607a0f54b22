"""Questions that join two."""

import pytest

from evqa.question.two_parts import parts_of


@pytest.mark.parametrize(
    ("question", "words", "asked"),
    [
        ("What is rye blight and how is it treated?", "how is it treated", "how is rye blight treated?"),
        ("Which grain keeps longest? And when was it first sown?", "when was it first sown", None),
        (
            "How many loaves were baked, and who supplied the flour?",
            "who supplied the flour",
            "who supplied the flour?",
        ),
        ("Where did rye first arise and how did it get to Asia?", "how did it get to Asia", None),
        ("What is mNGS and what is it good for", "what is it good for", "what is mNGS good for?"),
        ("How old was the baker and what was her trade?", "what was her trade", None),
    ],
)
def test_two(question: str, words: str, asked: str | None) -> None:
    """The second part keeps its words, and can be asked by itself."""
    parts = parts_of(question)
    assert len(parts) == 2
    assert parts[1].words == words
    assert asked in (None, parts[1].question)
    assert question.startswith(parts[0].words)


def test_three() -> None:
    """Three joined questions are three."""
    parts = parts_of("What is rye, how is it sown, and where does it grow?")
    assert [each.words for each in parts] == ["What is rye, how is it sown", "where does it grow"]
    parts = parts_of("What is rye and how is it sown and where does it grow?")
    assert [each.words for each in parts] == ["What is rye", "how is it sown", "where does it grow"]


@pytest.mark.parametrize(
    "question",
    [
        "What do rye and wheat have in common?",
        "When and where was rye first sown?",
        "On which days and at what doses is it given?",
        "Which database was searched and when?",
        "Did rye protect skin and by how much?",
        "Who first isolated the enzyme, when, and from which organisms?",
        "Is rye better than wheat?",
        "rye",
        "",
        "Explain rye and how it works",
        "Our funder doesn't want wheat. Which grain could we pick?",
    ],
)
def test_one(question: str) -> None:
    """An "and" between things, question words that share a verb, and a remark before a question make no second part."""
    assert parts_of(question) == ()
