"""Say with an answer where it touches a gap of its document: a marker that isn't resolved, an entry that is missing."""

from collections.abc import Iterator, Mapping, Sequence

from evqa.answering.doubts import shortened
from evqa.corpus.corpus import Corpus
from evqa.derived import derived
from evqa.language.number_list import number_list
from evqa.language.unreadable import unreadable_spans
from evqa.model import Claim, Gap, Home, Integrity, Outline, Quotation, Reference, Unresolved
from evqa.question.understanding import Understanding


def with_gaps(claims: Sequence[Claim], homes: Mapping[str, Home], corpus: Corpus) -> list[Claim]:
    """The claims, each with the markers printed in it that aren't resolved.

    `homes`: the document of each claim's passage, by the passage's id. Claims from cited papers have none: the markers
    there belong to the paper's own bibliography, which no answer gives.
    """
    return [
        claim.model_copy(update={"unresolved": found})
        if (found := tuple(_gaps(claim, homes[claim.passage], corpus)))
        else claim
        for claim in claims
    ]


def gap_warnings(
    asked: Understanding, claims: Sequence[Claim], homes: Mapping[str, Home], corpus: Corpus
) -> tuple[str, ...]:
    """The gaps that an answer touches, each in one line: markers in its claims and in the sentences that these lean on,
    characters that can't be read there, then faults of the bibliographies that it cites from or is asked about."""
    lines = [gap.warning for claim in claims for gap in claim.unresolved]
    lines += [line for claim in claims for line in _before(claim, homes[claim.passage], corpus)]
    lines += [line for claim in claims for said in (claim, claim.context) if said for line in _illegible(said)]
    for outline in _with_faulty_list(corpus.outlines()):
        lines += _of_list(asked, _cited(claims, homes, outline.document.id), outline, corpus)
    return tuple(dict.fromkeys(lines))


def _gaps(claim: Claim, home: Home, corpus: Corpus) -> Iterator[Gap]:
    for marker in _unresolved(home, claim.start, claim.end, corpus):
        yield Gap(**dict(marker), warning=f"{_line(marker)}: “{shortened(claim.text)}”")


def _before(claim: Claim, home: Home, corpus: Corpus) -> Iterator[str]:
    """The markers that aren't resolved in the sentence that a claim leans on."""
    if before := claim.context:
        for marker in _unresolved(home, before.start, before.end, corpus):
            yield f"{_line(marker)}: “{shortened(before.text)}”"


def _illegible(said: Quotation) -> Iterator[str]:
    """Say if a sentence has characters that its file shows and doesn't tell."""
    if spans := unreadable_spans(said.text):
        count = sum(end - start for start, end in spans)
        lost = f"{count} characters" if count > 1 else "a character"
        yield f"{lost} of the file can't be read, check the document: “{shortened(said.text)}”"


def _unresolved(home: Home, start: int, end: int, corpus: Corpus) -> list[Unresolved]:
    """The markers of a document, no cited paper, that aren't resolved and begin within these offsets."""
    markers = () if home.kind == "paper" else _markers(corpus.outlines()).get(home.id, ())
    return [marker for marker in markers if start <= marker.start < end]


@derived
def _markers(outlines: Sequence[Outline]) -> dict[str, tuple[Unresolved, ...]]:
    """The markers that aren't resolved, by document."""
    return {each.document.id: each.integrity.unresolved for each in outlines if each.integrity.unresolved}


def _line(marker: Unresolved) -> str:
    return f"the marker {marker.marker} isn't resolved ({marker.reason})"


@derived
def _with_faulty_list(outlines: Sequence[Outline]) -> tuple[Outline, ...]:
    """The documents that stand on their own and whose bibliography lacks numbers or gives them twice."""
    own = (each for each in outlines if each.document.kind != "paper")
    return tuple(each for each in own if _lost(each.integrity) or each.integrity.duplicates)


def _lost(integrity: Integrity) -> set[int]:
    """The numbers without an entry: those that the list skips, and those that only the text prints."""
    return {*integrity.missing, *(number for marker in integrity.unresolved for number in marker.missing)}


def _cited(claims: Sequence[Claim], homes: Mapping[str, Home], document: str) -> set[int]:
    """The numbers of a document's bibliography that the claims cite."""
    own = [claim for claim in claims if homes[claim.passage].bibliography == document]
    return {number for claim in own for number in (*claim.references, *claim.carried)}


def _of_list(asked: Understanding, cited: set[int], outline: Outline, corpus: Corpus) -> Iterator[str]:
    """What a bibliography lacks or gives twice, as far as the question or the answer comes near it."""
    integrity = outline.integrity
    several = len(_lists(corpus.references())) > 1
    whose = f"the bibliography of “{shortened(outline.document.title)}”" if several else "the bibliography"
    lost = _lost(integrity)
    named = lost & set(asked.numbers.numbers if asked.numbers else ())
    if asked.kind.has_facts and lost:
        yield f"{whose} lacks {_entries(lost)}: what is found or counted in it may be incomplete"
    elif named:
        times = sum(bool(named & set(marker.missing)) for marker in integrity.unresolved)
        printed = f", printed in {times} marker{'s' * (times > 1)} of the text" if times else ""
        yield f"{whose} lacks {_entries(named)}{printed}"
    # Where an entry is lost, its text mostly stands in the one before it, or took some of the next.
    if beside := {number for number in cited if {number - 1, number + 1} & lost}:
        near = {number for number in lost if {number - 1, number + 1} & beside}
        yield f"{whose} lacks {_entries(near)}: check {_entries(beside)} beside the gap against the document"
    if twice := cited & set(integrity.duplicates):
        yield f"{whose} has more than one entry of the number {number_list(twice)}: only one of them is given"


def _entries(numbers: set[int]) -> str:
    return f"entr{'y' if len(numbers) == 1 else 'ies'} {number_list(numbers)}"


@derived
def _lists(references: Sequence[Reference]) -> frozenset[str | None]:
    """The documents that have a bibliography."""
    return frozenset(each.document for each in references)
