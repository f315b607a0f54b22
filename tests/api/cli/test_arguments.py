"""How arguments are parsed."""

import argparse

import pytest

from api.cli.arguments import Parser, add_corpus, checked_text, count
from evqa.errors import UsageError


@pytest.mark.parametrize("given", ["1", "5", "100"])
def test_count_takes_one_to_a_hundred(given: str) -> None:
    """Whole numbers from 1 to 100 are taken."""
    assert count(given) == int(given)


@pytest.mark.parametrize("given", ["0", "101", "-1", "1.5", "", "five", "１", "9" * 5000])
def test_count_refuses_the_rest(given: str) -> None:
    """Everything else is refused with the bounds in the message."""
    with pytest.raises(argparse.ArgumentTypeError, match="from 1 to 100"):
        count(given)


def test_a_mistake_is_a_usage_error() -> None:
    """An unknown option raises UsageError that points at --help, and doesn't leave the process."""
    with pytest.raises(UsageError, match="--frob; see `evqa --help`"):
        Parser(prog="evqa").parse_args(["--frob"])


def test_options_are_not_abbreviated() -> None:
    """A shortened option is a mistake, so that a later option can't change its meaning."""
    parser = Parser(prog="evqa")
    parser.add_argument("--corpus")
    with pytest.raises(UsageError, match="--corp"):
        parser.parse_args(["--corp", "x"])


def test_bytes_that_are_not_text_are_refused() -> None:
    """An argument whose bytes weren't UTF-8 is named, not passed on."""
    with pytest.raises(UsageError, match="the question: not UTF-8"):
        checked_text("a\udcff", "the question")


def test_an_empty_corpus_name_is_a_mistake() -> None:
    """A variable that was never set doesn't stand for the default corpus."""
    parser = Parser(prog="evqa")
    add_corpus(parser)
    assert parser.parse_args(["--corpus", "own"]).corpus == "own"
    with pytest.raises(UsageError, match="the name is empty"):
        parser.parse_args(["--corpus", ""])
