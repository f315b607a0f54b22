"""Entries of a corpus's bibliographies, as a program asks for them: by number, and document where that is needed."""

from collections.abc import Sequence

from api.errors import AbsentError
from evqa.corpus.corpus import Corpus
from evqa.errors import UsageError
from evqa.model import Reference


def entries(corpus: Corpus, document: str | None = None) -> list[Reference]:
    """Every entry, or those of the document with that id. Raises AbsentError for a document that has none."""
    found = [each for each in corpus.references() if document in (None, each.document)]
    if document is not None and not found:
        known = ", ".join(dict.fromkeys(str(each.document) for each in corpus.references())) or "none"
        raise AbsentError(f"no bibliography of document {document!r} in corpus {corpus.state.name}: there is {known}")
    return found


def entry(number: int, corpus: Corpus, document: str | None = None) -> Reference:
    """The entry of that number.

    Raises AbsentError where there is none, UsageError where several documents have one and none was named.
    """
    every = entries(corpus, document)
    found = [each for each in every if each.number == number]
    if not found:
        raise AbsentError(f"no reference {number} in corpus {corpus.state.name}: {_known(every)}")
    homes = list(dict.fromkeys(each.document for each in found))
    if len(homes) > 1:
        named = ", ".join(map(str, homes))
        raise UsageError(f"reference {number} is an entry of several documents: give one of {named} as document")
    return found[0]


def _known(references: Sequence[Reference]) -> str:
    if not references:
        return "it has no bibliography; ask a corpus that has one"
    numbers = [each.number for each in references]
    return f"its references are {min(numbers)} to {max(numbers)}; give one of these"
