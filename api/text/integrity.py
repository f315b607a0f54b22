"""The integrity report as text: the counts, and everything that is wrong."""

from collections.abc import Sequence

from api.text.terminal import wrapped
from evqa.language.number_list import number_list
from evqa.model import FrontVote, Integrity, Unreadable, Unresolved

# So many markers are named on one line, and the rest counted.
NAMED = 3


def integrity_text(integrity: Integrity, columns: int) -> str:
    """The whole report, one indented paragraph a finding."""
    findings = [_numbering(integrity), _markers(integrity), *_unresolved(integrity), *_entries(integrity)]
    findings += _unreadable(integrity.unreadable)
    findings += [_vote(vote) for vote in integrity.front_matter]
    findings += [f"note: {warning}" for warning in integrity.warnings]
    return "\n".join(line for finding in findings for line in wrapped(finding, columns, "  ", "    "))


def defects(integrity: Integrity) -> str:
    """Why a document isn't sound, on one line; "" if it is sound."""
    named = "; ".join(part for part in (list_defects(integrity), _named(integrity.unresolved)) if part)
    return named or ("" if integrity.is_sound else "the numbering of the references isn't contiguous")


def list_defects(integrity: Integrity) -> str:
    """Which numbers the bibliography lacks or gives twice, on one line; "" if none."""
    parts = [
        f"no entry for reference {number_list(integrity.missing)}" if integrity.missing else "",
        f"number {number_list(integrity.duplicates)} given to more than one entry" if integrity.duplicates else "",
    ]
    return "; ".join(part for part in parts if part)


def gaps_line(file: str, integrity: Integrity) -> str:
    """What is said of a document with gaps that is taken."""
    return f"{file}: has gaps ({defects(integrity)}); answers that touch them say so, `evqa read` shows all"


def recognised_line(integrity: Integrity) -> str:
    """Which pages' text was recognised by OCR, and how surely; "" if none."""
    pages = integrity.recognised
    if not pages:
        return ""
    mean = sum(page.confidence for page in pages) / len(pages)
    where = f"page{'s' * (len(pages) > 1)} {number_list(page.page for page in pages)}"
    return f"text of {where} recognised (OCR), mean confidence {mean:.2f}: check numbers against the page"


def _named(unresolved: Sequence[Unresolved]) -> str:
    """The first markers that aren't resolved, and how many more there are; "" if all are."""
    if not unresolved:
        return ""
    markers = list(dict.fromkeys(item.marker for item in unresolved))
    more = f" and {len(markers) - NAMED} more" if len(markers) > NAMED else ""
    return f"unresolved markers {', '.join(markers[:NAMED])}{more}"


def _vote(vote: FrontVote) -> str:
    against = f"; against it {'; '.join(vote.against)}" if vote.against else ""
    return f"{vote.field} told by {', '.join(vote.agreed)}{against}"


def _numbering(integrity: Integrity) -> str:
    if not integrity.references:
        return "references: none found"
    gaps = f"; missing: {number_list(integrity.missing)}" if integrity.missing else ""
    twice = f"; given twice: {number_list(integrity.duplicates)}" if integrity.duplicates else ""
    sound = "; numbered without a gap" if integrity.contiguous and not twice else ""
    return f"references: {integrity.references}{sound}{gaps}{twice}"


def _markers(integrity: Integrity) -> str:
    left = len(integrity.unresolved)
    state = f"{left} marker{'s' if left > 1 else ''} unresolved" if left else "every marker resolved"
    pairs = f"statement–reference pairs: {integrity.citations}"
    return f"{pairs}; {state}" if integrity.citations or integrity.unresolved else pairs


def _unresolved(integrity: Integrity) -> list[str]:
    return [f"unresolved: {item.marker} at character {item.start}: {item.reason}" for item in integrity.unresolved]


def _unreadable(unreadable: Sequence[Unreadable]) -> list[str]:
    """How many characters are lost, and on which pages or at which of them."""
    if not unreadable:
        return []
    pages = sorted({each.page for each in unreadable if each.page})
    several = "s" * (len(pages) > 1)
    first = ", ".join(str(each.start) for each in unreadable[:NAMED]) + ", …" * (len(unreadable) > NAMED)
    where = f"on page{several} {number_list(pages)}" if pages else f"at character {first}"
    count = sum(each.end - each.start for each in unreadable)
    return [f"characters that the file doesn't tell: {count}, {where}"]


def _entries(integrity: Integrity) -> list[str]:
    never = f"never cited: {number_list(integrity.never_cited)}" if integrity.never_cited else ""
    bare = f"without DOI: {number_list(integrity.without_doi)}" if integrity.without_doi else ""
    same = ", ".join(f"{one} and {other}" for one, other in integrity.duplicate_entries)
    return [finding for finding in (never, bare, f"the same work twice: {same}" if same else "") if finding]
