"""Explains words and options of a command line that no command takes."""

import argparse
import shlex
from collections.abc import Collection, Sequence

from evqa.errors import UsageError
from evqa.language.misspelt import meant


def unknown_command(word: str, given: Sequence[str], commands: Collection[str]) -> UsageError:
    """The error for a command that there isn't: the one that was meant, or how a question is asked."""
    if name := meant(word, commands):
        step = f"did you mean `evqa {name}`?"
    elif len(given) > 1 or " " in word:
        step = f"to ask a question, write `evqa ask {shlex.quote(' '.join(given))}`"
    else:
        step = "see `evqa help`"
    return UsageError(repr(word), "no command of evqa", step)


def unknown_words(left: Sequence[str], parser: argparse.ArgumentParser) -> UsageError:
    """The error for what a command doesn't take: the option that was meant, or that a text needs quotes."""
    option = next((word.partition("=")[0] for word in left if word.startswith("-") and len(word) > 1), None)
    if option is None:
        return UsageError(
            f"{' '.join(left)!r}",
            f"more than `{parser.prog}` takes",
            f"put a text of several words in quotes, or see `{parser.prog} --help`",
        )
    name = meant(option, [each for action in parser._actions for each in action.option_strings])
    step = f"did you mean {name}?" if name else f"see `{parser.prog} --help`"
    return UsageError(option, f"no option of `{parser.prog}`", step)
