"""Where the documents of a corpus belong, as text: which papers are cited by which reference, and which by none."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from evqa.language.words import squeeze
from evqa.model import Placement, Rival

# Letters and digits of a title. Shorter titles may be the same by chance.
TERSE = 15


def placement_lines(placements: Sequence[Placement], documents: Collection[str]) -> list[str]:
    """A line on each of the documents and on each paper of a review among them, then on equal titles, then the totals.

    Empty if the corpus holds a single document.
    """
    if len(placements) < 2:
        return []
    sources = {each.document: each.source for each in placements}
    told = [each for each in placements if each.document in documents or each.review in documents]
    twice = namesake_lines(placements, documents)
    return [*(placement_line(each, sources) for each in told), *twice, placement_totals(placements)]


def namesake_lines(placements: Sequence[Placement], documents: Collection[str]) -> Iterator[str]:
    """A line on documents with the same title, mostly two files of one work, if one of `documents` is among them."""
    titled: defaultdict[str, list[Placement]] = defaultdict(list)
    for each in placements:
        titled[squeeze(each.title)].append(each)
    for title, group in titled.items():
        if len(group) > 1 and len(title) >= TERSE and any(each.document in documents for each in group):
            named = ", ".join(each.source for each in group)
            yield f"of the same title: {named}; if they are one work, `evqa remove` all but one, or answers quote each"


def placement_line(placement: Placement, sources: dict[str, str]) -> str:
    """One line on one document; `sources` are file names by id."""
    if placement.review is None:
        held = f"{placement.papers} cited paper{'' if placement.papers == 1 else 's'} under its references"
        return f"{placement.source}: {held if placement.papers else _alone(placement.rivals, sources)}"
    how = "by DOI" if placement.by == "doi" else f"by title, {placement.score:.2f} alike"
    others = [f"reference {each.reference} of {sources[each.review]}" for each in placement.rivals if each.fits]
    also = f"; fits {', '.join(others)} too" if others else ""
    return f"{placement.source}: reference {placement.reference} of {sources[placement.review]} ({how}){also}"


def _alone(rivals: Sequence[Rival], sources: dict[str, str]) -> str:
    """Why a document stands on its own, with the entry that came nearest."""
    said = "on its own, no other document here cites it"
    if not rivals:
        return said
    nearest = rivals[0]
    where = f"reference {nearest.reference} of {sources[nearest.review]} ({nearest.score:.2f} alike)"
    return f"{said if not nearest.fits else 'on its own'}; nearest is {where}, but {nearest.reason}"


def placement_totals(placements: Sequence[Placement]) -> str:
    """The sum over all documents of a corpus."""
    papers = sum(each.kind == "paper" for each in placements)
    reviews = sum(each.papers > 0 for each in placements)
    alone = len(placements) - papers - reviews
    return f"cited papers: {papers} under the references of {_counted(reviews)}; {_counted(alone)} on {_own(alone)} own"


def _counted(documents: int) -> str:
    return f"{documents} document{'' if documents == 1 else 's'}"


def _own(documents: int) -> str:
    return "its" if documents == 1 else "their"
