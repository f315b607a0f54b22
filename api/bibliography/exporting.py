"""The bibliography in every format: for people, as JSON, and for other programs.

To add a format for other programs, write a module beside this one that turns references into text, name the format in
`Format`, and add its row to `EXPORTS`. The command line, the service and its documentation read the table.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple, get_args

from api.bibliography.citing import CitedAt, Citing
from api.bibliography.csl import csl_json
from api.bibliography.doubts import with_doubts
from api.bibliography.keys import entry_keys
from api.text.answer import entry_lines
from api.text.json_text import json_text
from api.text.terminal import printable_lines
from evqa.corpus.corpus import Corpus
from evqa.model import Reference

Format = Literal["text", "json", "bibtex", "ris", "csl-json"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Export(NamedTuple):
    """A format for other programs: its media type, and what writes references in it under their keys."""

    media: str
    write: Callable[[Sequence[Reference], Sequence[str]], str]

    def text(self, references: Sequence[Reference], keys: Sequence[str]) -> str:
        """The references in this format, without a line break at the end and without steering characters."""
        return printable_lines(self.write(references, keys).rstrip("\n"))


def _bibtex(references: Sequence[Reference], keys: Sequence[str]) -> str:
    from api.bibliography.bibtex import bibtex  # its package takes a tenth of a second that other formats don't need

    return bibtex(references, keys)


def _ris(references: Sequence[Reference], _: Sequence[str]) -> str:
    from api.bibliography.ris import ris  # the same

    return ris(references)


EXPORTS: dict[Format, Export] = {
    "bibtex": Export("application/x-bibtex; charset=utf-8", _bibtex),
    "ris": Export("application/x-research-info-systems; charset=utf-8", _ris),
    "csl-json": Export("application/vnd.citationstyles.csl+json", csl_json),
}
MEDIA: dict[Format, str] = {
    "text": "text/plain; charset=utf-8",
    "json": "application/json",
    **{form: export.media for form, export in EXPORTS.items()},
}


class Entry(Reference):
    """An entry, how many statements print its number, and the key under which it is exported."""

    cited: int
    key: str


class EntryInFull(Entry):
    """The same with every statement that cites it."""

    statements: tuple[CitedAt, ...]


def listed(references: Sequence[Reference], corpus: Corpus, form: Format, columns: int) -> str:
    """The entries in the order given, without a line break at the end; text is at most `columns` wide."""
    keys = entry_keys(references, corpus.references())
    if export := EXPORTS.get(form):
        return export.text(with_doubts(references, corpus), keys)
    citing = Citing(corpus)
    if form == "json":
        return json_text([_entry(each, key, citing) for each, key in zip(references, keys, strict=True)])
    return "\n".join("\n".join(entry_lines(each, columns, _remark(each, citing))) for each in references)


def in_full(reference: Reference, citing: Citing, form: Format, columns: int) -> str:
    """One entry; as text or JSON with every statement that cites it."""
    keys = entry_keys([reference], citing.corpus.references())
    if export := EXPORTS.get(form):
        return export.text(with_doubts([reference], citing.corpus), keys)
    if form == "json":
        statements = [item.record() for item in citing.statements(reference)]
        return json_text({**_entry(reference, keys[0], citing), "statements": statements})
    return "\n".join(_text_in_full(reference, citing, columns))


def _text_in_full(reference: Reference, citing: Citing, columns: int) -> list[str]:
    lines = list(entry_lines(reference, columns, _remark(reference, citing)))
    for statement in citing.statements(reference):
        lines += ["", *statement.lines(columns)]
    return lines


def _entry(reference: Reference, key: str, citing: Citing) -> dict[str, Any]:
    return {**reference.model_dump(mode="json"), "cited": citing.times(reference), "key": key}


def _remark(reference: Reference, citing: Citing) -> str:
    title = citing.title(reference)
    parts = [_times(citing.times(reference)), f"in {title}" * bool(title), "paper held" * citing.holds(reference)]
    return "; ".join(part for part in parts if part)


def _times(cited: int) -> str:
    return {0: "never cited", 1: "cited once", 2: "cited twice"}.get(cited, f"cited {cited} times")
