"""CSL-JSON."""

from api.csl import csl_items
from evqa.model import Reference


def test_items_have_csl_fields_only(references: tuple[Reference, ...]) -> None:
    """An item has an id and CSL's own names; number and printed entry stand where CSL puts such things."""
    first, _, bare = csl_items(references)
    assert (first["id"], first["citation-number"], first["note"]) == ("ref1", 1, references[0].raw)
    assert first["issued"] == {"date-parts": [[2022, 5]]}
    assert first["author"][0] == {"family": "van der Berg", "given": "J"}
    assert set(bare) == {"id", "citation-number", "type", "note"}
    assert not {"number", "document", "raw", "start", "end"} & set(first)
