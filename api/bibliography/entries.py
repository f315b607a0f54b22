"""Entries of a corpus's bibliographies: found by number, and the keys under which they are exported."""

from collections.abc import Iterable, Sequence

from api.errors import AbsentError
from evqa.corpus.corpus import Corpus
from evqa.errors import UsageError
from evqa.language.number_list import number_list
from evqa.model import Reference
from evqa.works.standing import standing_text

# Documents that an error names.
MOST_TITLED = 20


def entries(corpus: Corpus, document: str | None = None) -> list[Reference]:
    """Every entry, or those of one document by its id. Raises AbsentError if that document has none."""
    found = [each for each in corpus.references() if document in (None, each.document)]
    if document is not None and not found:
        known = _titled((each.document for each in corpus.references()), corpus) or "none"
        wanted = f"no bibliography of document {document!r} in corpus {corpus.state.name}"
        raise AbsentError(wanted, f"there is {known}", "name one of these")
    return found


def entry(number: int, corpus: Corpus, document: str | None = None) -> Reference:
    """The entry with that number.

    Raises AbsentError if there is none, UsageError if several documents have one and none of them was named.
    """
    every = entries(corpus, document)
    found = [each for each in every if each.number == number]
    if not found:
        raise _absent(number, every, corpus.state.name)
    homes = list(dict.fromkeys(each.document for each in found))
    if len(homes) > 1:
        raise UsageError(
            f"reference {number}",
            f"an entry of {len(homes)} documents",
            f"give one of these as document: {_titled(homes, corpus)}",
        )
    return found[0]


def _titled(documents: Iterable[str | None], corpus: Corpus) -> str:
    """The documents by id and title, each once: "d-1 (“On moss”), d-2 (“On lichen”) and 30 more"."""
    titles = {outline.document.id: outline.document.title for outline in corpus.outlines()}
    each = [f"{home} (“{titles.get(home, '')}”)" for home in dict.fromkeys(map(str, documents))]
    more = f" and {len(each) - MOST_TITLED} more" if len(each) > MOST_TITLED else ""
    return ", ".join(each[:MOST_TITLED]) + more


def status_note(reference: Reference) -> str:
    """Whether an entry's work still stands, for other programs; "" where nobody was ever asked about any work."""
    return f"Status: {standing_text(reference.status)}." if reference.status else ""


def noted(reference: Reference) -> str:
    """The printed entry, followed by its status."""
    return " ".join(part for part in (reference.raw, status_note(reference)) if part)


def _absent(number: int, references: Sequence[Reference], corpus: str) -> AbsentError:
    wanted = f"no reference {number} in corpus {corpus}"
    if not references:
        return AbsentError(wanted, "it has no bibliography", "ask a corpus that has one")
    return AbsentError(wanted, f"its references are {span(references)}", "give one of these")


def span(references: Sequence[Reference]) -> str:
    """The numbers that entries have, in words: "1 to 90", or "1 to 90 without 12 and 13"."""
    numbers = {each.number for each in references}
    lacking = set(range(min(numbers), max(numbers))) - numbers
    without = f" without {number_list(lacking)}" if lacking else ""
    return f"{min(numbers)} to {max(numbers)}{without}"
