"""What evqa lends its peers, which return text only: a reader of the reference numbers printed in a passage."""

from collections.abc import Sequence

from eval.runs.run import Hit, Response, SystemRun
from evqa.language.words import squeeze
from evqa.model import Document
from ingest.markers.citations import bind
from ingest.markers.styles import Region

_TEXT = ("abstract", "prose")


def numbers_in(document: Document, texts: Sequence[str]) -> list[tuple[int, ...]]:
    """The reference numbers that each text prints, in printed order.

    Markers are found and bound as evqa does it: the document's own text says which style it cites in, and only numbers
    of its bibliography count. An entry of the bibliography that a text holds as a whole gives its own number.
    """
    regions = [Region(b.start, b.end, "text") for b in document.blocks if b.kind in _TEXT]
    whole, at = [document.text], len(document.text)
    added = []
    for text in texts:
        whole.append(text)
        added.append(Region(at + 1, at + 1 + len(text), "text"))
        at += 1 + len(text)
    found = bind("\n".join(whole), [*regions, *added], (), document.references).citations
    entries = [(squeeze(r.raw), r.number) for r in document.references]
    return [
        tuple(
            dict.fromkeys(
                [*_whole_entries(text, entries), *(n for c in found if _inside(c.start, r) for n in c.references)]
            )
        )
        for text, r in zip(texts, added, strict=True)
    ]


def _inside(start: int, region: Region) -> bool:
    return region.start <= start < region.end


def _whole_entries(text: str, entries: Sequence[tuple[str, int]]) -> list[int]:
    squeezed = squeeze(text)
    return [number for entry, number in entries if entry and entry in squeezed]


def with_lent(run: SystemRun, document: Document) -> SystemRun:
    """The run with the numbers of each first passage as its references, and the best score as confidence.

    What a peer gives itself stays. A response without a passage has no references; its confidence is the lowest of all.
    """
    firsts = [response.texts[0] if response.hits else "" for response in run.responses]
    lowest = min((hit.score for response in run.responses for hit in response.hits), default=0.0)
    return SystemRun(
        responses=tuple(
            _completed(response, numbers, lowest)
            for response, numbers in zip(run.responses, numbers_in(document, firsts), strict=True)
        )
    )


def _completed(response: Response, numbers: tuple[int, ...], lowest: float) -> Response:
    best = max(map(_score, response.hits), default=lowest)
    return response.model_copy(
        update={
            "references": numbers if response.references is None else response.references,
            "confidence": best if response.confidence is None else response.confidence,
        }
    )


def _score(hit: Hit) -> float:
    return hit.score
