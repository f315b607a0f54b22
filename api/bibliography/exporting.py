"""The bibliography in every form that it is given in: for people, as JSON, and for other programs."""

from collections.abc import Sequence
from typing import Any, Literal, get_args

from api.bibliography.citing import CitedAt, Citing
from api.bibliography.csl import csl_items
from api.text.answer import entry_lines
from api.text.json_text import json_text
from api.text.terminal import printable_lines
from evqa.corpus.corpus import Corpus
from evqa.model import Reference

Format = Literal["text", "json", "bibtex", "ris", "csl-json"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Entry(Reference):
    """An entry, and how many statements print its number."""

    cited: int


class EntryInFull(Entry):
    """The same with every statement that cites it."""

    statements: tuple[CitedAt, ...]


def listed(references: Sequence[Reference], corpus: Corpus, form: Format, columns: int) -> str:
    """The entries in the order given, without a line break at the end; text is at most `columns` wide."""
    if form == "text":
        citing = Citing(corpus)
        return "\n".join("\n".join(entry_lines(each, columns, _remark(each, citing))) for each in references)
    if form == "json":
        citing = Citing(corpus)
        return json_text([_entry(reference, citing) for reference in references])
    return printable_lines(_exported(references, form))


def in_full(reference: Reference, citing: Citing, form: Format, columns: int) -> str:
    """One entry; as text or JSON with every statement that cites it."""
    if form == "text":
        return "\n".join(_text_in_full(reference, citing, columns))
    if form == "json":
        statements = [item.record() for item in citing.statements(reference)]
        return json_text({**_entry(reference, citing), "statements": statements})
    return printable_lines(_exported([reference], form))


def _text_in_full(reference: Reference, citing: Citing, columns: int) -> list[str]:
    lines = list(entry_lines(reference, columns, _remark(reference, citing)))
    for statement in citing.statements(reference):
        lines += ["", *statement.lines(columns)]
    return lines


def _exported(references: Sequence[Reference], form: Format) -> str:
    if form == "csl-json":
        return json_text(csl_items(references))
    if form == "ris":
        from api.bibliography.ris import ris  # a tenth of a second that other formats don't need

        return ris(references).rstrip("\n")
    from api.bibliography.bibtex import bibtex  # the same

    return bibtex(references).rstrip("\n")


def _entry(reference: Reference, citing: Citing) -> dict[str, Any]:
    return {**reference.model_dump(mode="json"), "cited": citing.times(reference)}


def _remark(reference: Reference, citing: Citing) -> str:
    title = citing.title(reference)
    parts = [_times(citing.times(reference)), f"in {title}" * bool(title), "paper held" * citing.holds(reference)]
    return "; ".join(part for part in parts if part)


def _times(cited: int) -> str:
    return {0: "never cited", 1: "cited once", 2: "cited twice"}.get(cited, f"cited {cited} times")
