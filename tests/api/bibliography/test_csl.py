"""CSL-JSON, read back by a CSL processor."""

import json
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from api.bibliography.csl import csl_json
from api.bibliography.keys import entry_keys
from evqa.model import Date, Name, Reference

FIELDS = {
    "title": "title",
    "container_title": "container_title",
    "volume": "volume",
    "issue": "issue",
    "page": "page",
    "publisher": "publisher",
    "DOI": "DOI",
    "PMID": "PMID",
    "URL": "URL",
    "note": "raw",
}
text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(lambda each: "<" not in each)
names = st.builds(Name, family=text, given=st.none() | text) | st.builds(Name, literal=text)
dates = st.lists(st.integers(1, 12), min_size=1, max_size=3).map(lambda parts: Date(date_parts=(tuple(parts),)))
entries = st.builds(
    Reference,
    number=st.integers(1, 99),
    type=st.sampled_from(["article-journal", "book", "chapter", "paper-conference", "report", "thesis", "webpage"]),
    author=st.lists(names, max_size=3).map(tuple),
    issued=st.none() | dates,
    raw=text,
    **{name: st.none() | text for name in FIELDS.values() if name != "raw"},
)


def read(references: list[Reference]) -> list[Any]:
    """The entries as the processor understands what is written."""
    return list(CiteProcJSON(json.loads(csl_json(references, entry_keys(references)))).values())


def read_name(name: Any) -> dict[str, str]:
    """The parts of a name that are known."""
    return {part: value for part in ("family", "given", "literal") if (value := name.get(part))}


@given(st.lists(entries, max_size=3, unique_by=lambda entry: entry.number))
def test_every_field_is_read_back(references: list[Reference]) -> None:
    """Type, names, date and every text are read back as they are, and what isn't known has no field."""
    for found, reference in zip(read(references), references, strict=True):
        assert found.type == reference.type
        assert str(found["citation_number"]) == str(reference.number)
        assert [read_name(name) for name in found.get("author", [])] == [name.model_dump() for name in reference.author]
        parts = reference.issued.date_parts[0] if reference.issued else ()
        kept = [found["issued"][part] for part in ("year", "month", "day")[: len(parts)]] if parts else []
        assert kept == list(parts)
        assert {field: str(found[field]) for field in FIELDS if field in found} == {
            field: value for field, name in FIELDS.items() if (value := getattr(reference, name))
        }


def test_a_style_prints_them(references: tuple[Reference, ...]) -> None:
    """A citation style sets an entry with its Greek, its particle and its consortium from what is written."""
    source = CiteProcJSON(json.loads(csl_json(references, entry_keys(references))))
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    for key in entry_keys(references[:2]):
        bibliography.register(Citation([CitationItem(key)]))
    first, second = map(str, bibliography.bibliography())
    assert "van der Berg" in first
    assert "TGF-β" in first.replace("tgf", "TGF")
    assert "(2022)" in first
    assert "The Cancer Genome Atlas and Friends, Inc." in second


def test_items_have_csl_fields_only(references: tuple[Reference, ...]) -> None:
    """An item has an id and CSL's own names; number and printed entry stand where CSL puts such things."""
    first, _, bare = json.loads(csl_json(references, entry_keys(references)))
    assert (first["id"], first["citation-number"], first["note"]) == ("vanderberg2022exosomal", 1, references[0].raw)
    assert first["issued"] == {"date-parts": [[2022, 5]]}
    assert first["author"][0] == {"family": "van der Berg", "given": "J"}
    assert set(bare) == {"id", "citation-number", "type", "note"}
    assert not {"number", "document", "raw", "start", "end"} & set(first)
