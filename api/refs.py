"""`evqa refs`: the bibliography, one entry with the statements that cite it, or what an answer rests on."""

import argparse
from collections.abc import Iterable, Sequence
from typing import Any

from api.answer_text import entry_lines
from api.arguments import add_corpus, checked_text
from api.citing import Citing
from api.csl import csl_items
from api.errors import DONE, INSUFFICIENT
from api.json_text import json_text
from api.opening import opened
from api.terminal import printable_lines, say, width
from evqa.answer import ask
from evqa.errors import UsageError
from evqa.model import Reference
from evqa.retriever import Retriever
from evqa.settings import Settings

FORMATS = ("text", "json", "bibtex", "ris", "csl-json")


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa refs`."""
    parser.add_argument("number", metavar="NUMBER", nargs="?", help="the number of one entry")
    parser.add_argument("--cited-by", metavar="QUESTION", help="the entries that the answer to this rests on")
    parser.add_argument("--format", choices=FORMATS, help="how to print them (default: text)")
    parser.add_argument("--json", action="store_true", help="the same as --format json")
    add_corpus(parser)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the entries; 3 when the corpus doesn't answer the --cited-by question."""
    form = _form(arguments)
    number = _number(arguments)
    retriever = opened(arguments.corpus, settings)
    if arguments.cited_by is not None:
        return _print_cited_by(checked_text(arguments.cited_by, "the question"), retriever, form)
    _print_entries(_chosen(number, retriever), retriever, form, in_full=number is not None)
    return DONE


def _form(arguments: argparse.Namespace) -> str:
    if arguments.json and arguments.format not in (None, "json"):
        raise UsageError(f"--json and --format {arguments.format}: give one of the two")
    return "json" if arguments.json else arguments.format or "text"


def _number(arguments: argparse.Namespace) -> int | None:
    given = arguments.number
    if given is None:
        return None
    if arguments.cited_by is not None:
        raise UsageError(f"NUMBER {given} and --cited-by: give one of the two")
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        raise UsageError(f"{given!r} isn't the number of a reference; give one such as 38")
    return int(given)


def _chosen(number: int | None, retriever: Retriever) -> list[Reference]:
    references = list(retriever.references())
    if number is None:
        return references
    chosen = [reference for reference in references if reference.number == number]
    if not chosen:
        raise UsageError(f"no reference {number} in corpus {retriever.state.name}: {_range(references)}")
    return chosen


def _range(references: Sequence[Reference]) -> str:
    if not references:
        return "it has no bibliography; ingest a document that has one"
    numbers = [reference.number for reference in references]
    return f"its references are {min(numbers)} to {max(numbers)}; `evqa refs` lists them"


def _print_cited_by(question: str, retriever: Retriever, form: str) -> int:
    answer = ask(question, retriever)
    _print_entries(answer.references, retriever, form, in_full=False)
    if answer.status != "answered":
        say("the corpus doesn't answer this question, so no entry is given")
        return INSUFFICIENT
    if not answer.references:
        say("the text answers this question without citing a reference")
    return DONE


def _print_entries(references: Sequence[Reference], retriever: Retriever, form: str, in_full: bool) -> None:
    if form in ("text", "json"):
        citing = Citing(retriever)
        _print_json(references, citing, in_full) if form == "json" else _print_text(references, citing, in_full)
    elif exported := _exported(references, form):
        print(printable_lines(exported))


def _exported(references: Sequence[Reference], form: str) -> str:
    if form == "csl-json":
        return json_text(csl_items(references))
    if form == "ris":
        from api.ris import ris  # a tenth of a second that other formats don't need

        return ris(references).rstrip("\n")
    from api.bibtex import bibtex  # the same

    return bibtex(references).rstrip("\n")


def _print_json(references: Iterable[Reference], citing: Citing, in_full: bool) -> None:
    """A list of entries; for one number its entry with the statements, one a line where documents share it."""
    entries = [_entry(reference, citing, in_full) for reference in references]
    print("\n".join(json_text(entry) for entry in entries) if in_full else json_text(entries))


def _entry(reference: Reference, citing: Citing, in_full: bool) -> dict[str, Any]:
    entry = {**reference.model_dump(mode="json"), "cited": citing.times(reference)}
    return {**entry, "statements": [item.record() for item in citing.statements(reference)]} if in_full else entry


def _print_text(references: Sequence[Reference], citing: Citing, in_full: bool) -> None:
    for reference in references:
        print("\n".join(entry_lines(reference, width(), _remark(reference, citing))))
        for statement in citing.statements(reference) if in_full else ():
            print("\n".join(["", *statement.lines(width())]))


def _remark(reference: Reference, citing: Citing) -> str:
    title = citing.title(reference)
    parts = [_times(citing.times(reference)), f"in {title}" * bool(title), "paper held" * citing.holds(reference)]
    return "; ".join(part for part in parts if part)


def _times(cited: int) -> str:
    return {0: "never cited", 1: "cited once", 2: "cited twice"}.get(cited, f"cited {cited} times")
