"""The gold sets that come with the product, and the documents that they are about."""

from pathlib import Path

from evqa.model import Record

GOLD = Path(__file__).with_name("gold")
SHARED = Path(__file__).resolve().parents[2] / "shared"


class GoldSet(Record):
    """Questions, and the document that they are about in each of the formats in which it is there.

    `documents` are paths under a folder of reference material; the texts themselves don't come with the product.
    """

    name: str
    documents: tuple[Path, ...]

    @property
    def gold(self) -> Path:
        """The file of questions."""
        return GOLD / f"{self.name}.jsonl"

    def found(self, shared: Path = SHARED) -> tuple[Path, ...]:
        """Those of the documents that lie under the folder."""
        return tuple(path for document in self.documents if (path := shared / document).is_file())


def _set(name: str, *documents: str) -> GoldSet:
    return GoldSet(name=name, documents=tuple(map(Path, documents)))


# Reviews of four subjects in four citation styles: (n); (n) in XML; [n] with tables, also as PDF; superscript.
SETS = (
    _set("ev-review", "review/ev-review.md", "review/ev-review.pdf"),
    _set("nets", "articles/xml/PMC5545592.xml"),
    _set("tulsi", "articles/xml/PMC5376420.xml", "articles/pdf/PMC5376420.pdf"),
    _set("gluten", "articles/xml/PMC6182669.xml"),
)
# The same of reviews on which nothing was fitted.
UNSEEN = (
    _set("unseen/acne", "articles/xml/PMC6273829.xml"),
    _set("unseen/stimulation", "articles/xml/PMC6050377.xml"),
    _set("unseen/volatiles", "articles/xml/PMC6313609.xml"),
    _set("unseen/acidosis", "articles/xml/PMC5854649.xml"),
)
