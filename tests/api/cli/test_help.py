"""Help, the version, and what is said of a mistake."""

import re

import pytest

from api.cli.main import COMMANDS
from tests.api.running import Run


def test_the_version_is_printed(evqa: Run) -> None:
    """`evqa --version` prints name and version and ends with 0."""
    ran = evqa("--version")
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(r"evqa \d+\.\d+\.\S+\n", ran.out)


@pytest.mark.parametrize("about", [[], *([name] for name in COMMANDS)])
def test_help_prints_what_the_option_prints(evqa: Run, about: list[str]) -> None:
    """`evqa help COMMAND` is `evqa COMMAND --help`."""
    asked, given = evqa("help", *about), evqa(*about, "--help")
    assert (asked.code, asked.out, asked.err) == (0, given.out, "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("aks", "x"), "did you mean `evqa ask`?"),
        (("Ingest", "x"), "did you mean `evqa ingest`?"),
        (("help", "verfy"), "did you mean `evqa verify`?"),
        (("ask", "--jsno", "x"), "--jsno: no option of `evqa ask`; did you mean --json?"),
        (("refs", "--fromat=ris"), "did you mean --format?"),
        (("corpora", "--zzzzzz"), "see `evqa corpora --help`"),
        (("How", "do", "vesicles", "work"), "write `evqa ask 'How do vesicles work'`"),
        (("What holds water?",), "write `evqa ask 'What holds water?'`"),
        (("refs", "--cited-by", "what", "holds", "water"), "put a text of several words in quotes"),
    ],
)
def test_a_mistake_is_met_halfway(evqa: Run, arguments: tuple[str, ...], said: str) -> None:
    """What was meant is named, in one line that ends with 2."""
    ran = evqa(*arguments)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err


def test_a_corpus_that_was_meant_is_named(asked: Run) -> None:
    """A misspelt corpus is met with the nearest name there is."""
    ran = asked("ask", "What is cited?", "--corpus", "defualt")
    assert (ran.code, "did you mean default?" in ran.err) == (6, True)


def test_a_question_needs_no_quotes(asked: Run) -> None:
    """Words are asked as one question, options before or behind them; search and check take them alike."""
    quoted = asked("ask", "What do vesicles carry", "--json")
    for arguments in (("--json", "What", "do", "vesicles", "carry"), ("What", "do", "vesicles", "carry", "--json")):
        assert asked("ask", *arguments).out == quoted.out
    assert asked("search", "do", "vesicles", "--json").json["question"] == "do vesicles"
    assert asked("check", "no", "such", "words", "anywhere").code == 3
