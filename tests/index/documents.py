"""Documents and passages made by hand: one passage a text, one text a line."""

import hashlib
from collections.abc import Sequence

from evqa.model import Document, Home, Integrity, Name, Passage, PassageKind, Reference, Source, Statement

TEXTS = (
    "Vesicles shed by tumours carry PD-L1 on their surface.",
    "Antibodies against PD-L1 are caught by these vesicles before they reach the tumour.",
    "Regulatory T cells dampen the response of effector cells.",
    "Macrophages take up particles within minutes.",
    "Table salt dissolves in water at room temperature.",
    "The committee met twice in spring and approved the budget.",
)


def document(texts: Sequence[str] = TEXTS, name: str = "review.md", references: int = 2) -> Document:
    """A document whose text is the given lines, with that many bibliography entries."""
    text = "\n".join(texts)
    content = hashlib.sha256(f"{name}{text}".encode()).hexdigest()
    return Document(
        id=f"d-{content[:12]}",
        title=f"About {name}",
        author=(Name(family="Ahn", given="S"),),
        year=2025,
        source=Source(name=name, sha256=content, media_type="text/markdown"),
        text=text,
        references=tuple(Reference(number=n, raw=f"Entry {n}") for n in range(1, references + 1)),
        integrity=Integrity(references=references, contiguous=True, citations=0),
    )


def passages(
    of: Document, kinds: Sequence[PassageKind] = ("prose",), cited: Sequence[Sequence[int]] = ((),)
) -> list[Passage]:
    """One passage a line; kinds and cited numbers are dealt out in turn."""
    home = Home(id=of.id, title=of.title)
    found, start = [], 0
    for place, text in enumerate(of.text.split("\n")):
        end, numbers = start + len(text), tuple(cited[place % len(cited)])
        found.append(
            Passage(
                id="p-" + hashlib.sha256(f"{of.id} {start}".encode()).hexdigest()[:16],
                kind=kinds[place % len(kinds)],
                document=home,
                start=start,
                end=end,
                text=text,
                sentences=(Statement(start=start, end=end, references=numbers),),
                references=numbers,
                indexed=text,
            )
        )
        start = end + 1
    return found
