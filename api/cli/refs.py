"""`evqa refs`: the bibliography, one entry with the statements that cite it, or the references of an answer."""

import argparse
from collections.abc import Sequence

from api.bibliography.citing import Citing
from api.bibliography.entries import span
from api.bibliography.exporting import FORMATS, Format, in_full, listed
from api.cli.arguments import add_corpus, checked_text
from api.errors import DONE, INSUFFICIENT
from api.opening import opened
from api.text.answer import unchecked_line, which_document_line
from api.text.integrity import list_defects
from api.text.terminal import say, width
from evqa.answer import ask
from evqa.corpus.corpus import Corpus
from evqa.errors import UsageError
from evqa.model import Reference
from evqa.settings import Settings


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa refs`."""
    parser.add_argument("number", metavar="NUMBER", nargs="?", help="the number of one entry")
    parser.add_argument("--cited-by", metavar="QUESTION", help="the entries that the answer to this rests on")
    parser.add_argument("--format", choices=FORMATS, help="how to print them (default: text)")
    parser.add_argument("--json", action="store_true", help="the same as --format json")
    add_corpus(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the entries. The exit code is 3 if the corpus doesn't answer the --cited-by question."""
    form = _form(arguments)
    number = _number(arguments)
    corpus = opened(arguments.corpus, settings)
    if arguments.cited_by is not None:
        return _print_cited_by(checked_text(arguments.cited_by, "the question"), corpus, form)
    _print_entries(_chosen(number, corpus), corpus, form, whole=number is not None)
    _say_gaps(corpus, number)
    return DONE


def _say_gaps(corpus: Corpus, number: int | None) -> None:
    """Say on stderr which numbers the lists lack or give twice: of all of them, or where one stands beside a gap."""
    for outline in corpus.outlines():
        faults = list_defects(outline.integrity)
        near = {*outline.integrity.missing, *outline.integrity.duplicates}
        if faults and (number is None or near & {number - 1, number, number + 1}):
            say(f"{outline.source.name}: {faults}")


def _form(arguments: argparse.Namespace) -> Format:
    if arguments.json and arguments.format not in (None, "json"):
        raise UsageError(f"--json and --format {arguments.format}", "they exclude each other", "give one of the two")
    form: Format = "json" if arguments.json else arguments.format or "text"
    return form


def _number(arguments: argparse.Namespace) -> int | None:
    given = arguments.number
    if given is None:
        return None
    if arguments.cited_by is not None:
        raise UsageError(f"NUMBER {given} and --cited-by", "they exclude each other", "give one of the two")
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise UsageError(repr(given), "not the number of a reference", "give one such as 38")
    return int(given)


def _chosen(number: int | None, corpus: Corpus) -> list[Reference]:
    references = list(corpus.references())
    if number is None:
        return references
    chosen = [reference for reference in references if reference.number == number]
    if not chosen:
        raise _absent(number, references, corpus.state.name)
    return chosen


def _absent(number: int, references: Sequence[Reference], corpus: str) -> UsageError:
    wanted = f"no reference {number} in corpus {corpus}"
    if not references:
        return UsageError(wanted, "it has no bibliography", "ingest a document that has one")
    return UsageError(wanted, f"its references are {span(references)}", "`evqa refs` lists them")


def _print_cited_by(question: str, corpus: Corpus, form: Format) -> int:
    answer = ask(question, corpus)
    _print_entries(answer.references, corpus, form, whole=False)
    if which := which_document_line(answer):
        say(f"{which}; name one in the question, as in “the review on …”")
        return INSUFFICIENT
    if answer.status != "answered":
        say("the corpus doesn't answer this question, so no entry is given")
        return INSUFFICIENT
    if not (answer.references or any(claim.unresolved for claim in answer.claims)):
        say("the text answers this question without citing a reference")
    for warning in answer.warnings:
        say(warning)
    return DONE


def _print_entries(references: Sequence[Reference], corpus: Corpus, form: Format, whole: bool) -> None:
    """Print the list, or with `whole` each entry in full; several documents may share a number."""
    if whole and form in ("text", "json"):
        citing = Citing(corpus)
        printed = [in_full(reference, citing, form, width()) for reference in references]
    else:
        printed = [listed(references, corpus, form, width())]
    for text in filter(None, printed):
        print(text)
    if form == "text" and (line := unchecked_line(references)):
        say(line)
