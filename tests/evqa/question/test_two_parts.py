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
    """Three questions joined by "and" are three; a comma alone joins none."""
    parts = parts_of("What is rye, how is it sown, and where does it grow?")
    assert [each.words for each in parts] == ["What is rye, how is it sown", "where does it grow"]
    parts = parts_of("What is rye and how is it sown and where does it grow?")
    assert [each.words for each in parts] == ["What is rye", "how is it sown", "where does it grow"]


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("What does this case report deal with, and what is new about it?", "what is new about it?"),
        ("When was it received and when was it accepted?", "when was it accepted?"),
        ("What is in Table 1 and what is its caption?", "what is its caption?"),
        ("What dose was given and how did these patients fare?", "how did these patients fare?"),
        ("What is rye blight and how long does it take to spread?", "how long does it take to spread?"),
        ("What is rye blight? Why is it that wheat has none?", "Why is it that wheat has none?"),
        ("Which rye was sown and who milled this?", "who milled rye sown?"),
        ("Who is the corresponding author and what is their address?", "what is corresponding author’s address?"),
        ("What did the trial show and who funded it?", "who funded trial?"),
    ],
)
def test_what_a_pronoun_means(question: str, second: str) -> None:
    """A pronoun is replaced where it means what the first part is about, by a name as a whole; else it stays."""
    assert parts_of(question)[1].question == second


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
