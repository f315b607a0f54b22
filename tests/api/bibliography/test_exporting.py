"""The table of formats."""

from api.bibliography.exporting import EXPORTS, FORMATS, MEDIA
from evqa.model import Reference


def test_every_format_is_in_the_table() -> None:
    """Each format has a media type, and all but those for people and of the service itself have a writer."""
    assert set(MEDIA) == set(FORMATS)
    assert set(FORMATS) - set(EXPORTS) == {"text", "json"}


def test_every_export_writes_the_printed_entry() -> None:
    """Each writer takes any reference and keeps the printed entry."""
    reference = Reference(number=1, raw="Fern A. Spores. 2020.")
    assert all("Spores" in export.text([reference], ["key"]) for export in EXPORTS.values())
