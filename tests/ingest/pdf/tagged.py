"""Small PDFs with a tree of tags."""

from collections.abc import Sequence
from typing import NamedTuple

from tests.ingest.pdf.written import BOX, HELVETICA, file_of, stream

ROOT = 6


class Tag(NamedTuple):
    """An element of a role, with numbers of marked content and other elements in it."""

    role: bytes
    kids: "Sequence[int | Tag]"


def marked(number: int, content: bytes) -> bytes:
    """Content with a number by which elements name it."""
    return b"/Span<</MCID %d>>BDC %sEMC\n" % (number, content)


def tagged_file(content: bytes, *elements: Tag | bytes) -> bytes:
    """A file of one page whose tree of tags has these elements, some of them maybe as bytes that are no element."""
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R>>",
        2: b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        3: HELVETICA,
        4: b"<</Type/Page/Parent 2 0 R%s/Contents 5 0 R/StructParents 0/Resources<</Font<</F3 3 0 R>>>>>>" % BOX,
        5: stream(content),
    }
    holders: dict[int, int] = {}
    tops = b" ".join(_written(one, ROOT, objects, holders) for one in elements)
    parents = b" ".join(b"%d 0 R" % holders[number] if number in holders else b"null" for number in range(20))
    objects[ROOT] = b"<</Type/StructTreeRoot/K[%s]/ParentTree<</Nums[0[%s]]>>>>" % (tops, parents)
    return file_of(objects)


def _written(one: Tag | bytes, parent: int, objects: dict[int, bytes], holders: dict[int, int]) -> bytes:
    """Add an element to the objects and return how it is named; `holders`: the elements of marked content."""
    number = 20 + len(objects)
    objects[number] = b"null"
    if isinstance(one, bytes):
        objects[number] = one
        holders.setdefault(0, number)
        return b"%d 0 R" % number
    holders |= {kid: number for kid in one.kids if isinstance(kid, int)}
    held = b" ".join(
        b"%d" % kid if isinstance(kid, int) else _written(kid, number, objects, holders) for kid in one.kids
    )
    objects[number] = b"<</Type/StructElem/S/%s/P %d 0 R/Pg 4 0 R/K[%s]>>" % (one.role, parent, held)
    return b"%d 0 R" % number
