"""Parses arguments: one line for a mistake, no abbreviated options; and the options that commands share."""

import argparse
from typing import TYPE_CHECKING, NoReturn, get_args

from api.text.partial import PARTIAL_NOTE
from api.text.terminal import say
from evqa.errors import UsageError
from evqa.settings import MOST_PASSAGES

if TYPE_CHECKING:
    from evqa.model import Filters

WIDTH = 88
QUESTION = "the question, best in quotes: a shell may find a meaning in ?, * or an apostrophe"


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Help text of a fixed width, so that docs/cli.md doesn't depend on a terminal."""
    return argparse.HelpFormatter(prog, width=WIDTH, max_help_position=26)


class Parser(argparse.ArgumentParser):
    """A parser that raises UsageError and accepts only full option names."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"formatter_class": _formatter, "allow_abbrev": False, **options})  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """Raise UsageError instead of printing the usage and exiting."""
        raise UsageError("", message, f"see `{self.prog} --help`")


def count(given: str) -> int:
    """A number of passages, 1 to 100."""
    if given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= MOST_PASSAGES:
        return int(given)
    raise argparse.ArgumentTypeError(f"{given!r} isn't a whole number from 1 to {MOST_PASSAGES}")


def corpus_given(given: str) -> str:
    """A corpus name that isn't empty: "" would count as no name."""
    if given:
        return given
    raise argparse.ArgumentTypeError("the name is empty; give one such as default")


def add_corpus(parser: argparse.ArgumentParser, default: str = "default, or the only one there is") -> None:
    """`--corpus NAME`, None if it isn't given; `default` says in words which one is used then."""
    parser.add_argument("--corpus", metavar="NAME", type=corpus_given, help=f"corpus to use (default: {default})")


def add_filters(parser: argparse.ArgumentParser) -> None:
    """What of the corpus is asked: `--document`, `--years`, `--kind`, `--section`."""
    from evqa.model import PassageKind  # listing the commands needs no records

    group = parser.add_argument_group("what of the corpus is asked")
    group.add_argument(
        "--document",
        metavar="NAME",
        help="one document: its file's name, its id, its title or words of that, or its number in the bibliography "
        'that cites it; "Chen 2022" by first author and year',
    )
    group.add_argument("--years", metavar="YEARS", help="documents of these years: 2010-2020, 2015, 2015- or -2015")
    group.add_argument("--kind", choices=get_args(PassageKind), help="passages of one kind")
    group.add_argument("--section", metavar="TITLE", help="one section: its title, its number, or a part: methods")


def filters_given(arguments: argparse.Namespace) -> "Filters | None":
    """The filters of `add_filters`; None without any. Raises UsageError for years that can't be read."""
    from api.filters import filters_of  # the same

    given = {
        "document": arguments.document,
        "years": arguments.years,
        "kind": arguments.kind,
        "section": arguments.section,
    }
    for name, text in given.items():
        checked_text(text or "", f"--{name}")
    return filters_of(**given)


def add_json(parser: argparse.ArgumentParser) -> None:
    """`--json`."""
    parser.add_argument("--json", action="store_true", help="print compact JSON")


def add_strict(parser: argparse.ArgumentParser) -> None:
    """`--strict`; and `--allow-partial`, which was needed before documents with gaps were taken, and says so."""
    parser.add_argument(
        "--strict", action="store_true", help="refuse gaps in the numbering and unresolved markers (exit code 5)"
    )
    parser.add_argument(
        "--allow-partial", action=_Needless, nargs=0, help="does nothing: documents with gaps are taken anyway"
    )


def add_ocr(parser: argparse.ArgumentParser) -> None:
    """`--ocr`."""
    parser.add_argument(
        "--ocr", action="store_true", help="recognise the text of scanned PDF pages, some 5 s each (extra: ocr)"
    )


class Joined(argparse.Action):
    """A text that may be given without quotes: its words are joined by spaces. None if there are none."""

    def __call__(self, _: argparse.ArgumentParser, namespace: argparse.Namespace, words: object, *__: object) -> None:
        """Store the text."""
        setattr(namespace, self.dest, " ".join(words) if isinstance(words, list) and words else None)


class _Needless(argparse.Action):
    """An option that changes nothing any more. It is kept for scripts, and says so."""

    def __call__(self, *_: object) -> None:
        """Say that the option is needless."""
        say(PARTIAL_NOTE)


def checked_text(text: str, what: str) -> str:
    """The text unchanged. Raises UsageError if its bytes aren't UTF-8; `what` names it."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(what, f"not UTF-8 (byte {error.start + 1})", "give it as UTF-8 text") from error
    return text
