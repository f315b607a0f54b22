"""Libraries with abstracts, the Retraction Watch file, and documents made of records."""

from io import StringIO

import pytest

from evqa.errors import InputError
from evqa.works.records import ABSTRACT, TEXT, FoundWork, is_fetched
from ingest.works.documents import abstract_document, text_document
from ingest.works.libraries import bibtex_works, csl_works, ris_works
from ingest.works.licences import is_free
from ingest.works.retraction_watch import is_list, works_in
from tests.api.enrichment.world import Paper, jats

BIBTEX = b"""@article{a, title={A {Study} of Moss}, author={Berg, Jan and Ada Moss}, year=2020, journal={J Moss},
 doi={10.1000/X}, pages={1--3}, abstract={We saw moss.}}"""
RIS = b"""TY  - JOUR
TI  - A Study of Moss
AU  - Berg, Jan
AU  - Moss, Ada
PY  - 2020/05/01
JO  - J Moss
SP  - 1
EP  - 3
DO  - 10.1000/X
AB  - We saw moss.
ER  -
"""
CSL = [{
    "id": "a", "title": "A Study of Moss",
    "author": [{"family": "Berg", "given": "Jan"}, {"family": "Moss", "given": "Ada"}],
    "issued": {"date-parts": [[2020]]}, "container-title": "J Moss", "DOI": "10.1000/X", "page": "1-3",
    "abstract": "<p>We saw moss.</p>",
}]  # fmt: skip
HEAD = "Record ID,Title,RetractionDate,RetractionDOI,OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature\n"
LIST = f"""{HEAD}1,"Moss, wet",3/4/2021 0:00,10.1000/n,10.1000/X,55,Retraction
2,Stone,2020-01-02,unavailable,10.1000/y,0,Expression of concern
3,Slug,,,,,Retraction
4,Leaf,3/4/2021 0:00,10.1000/m,10.1000/z,0,Something else
"""


def told(work: FoundWork) -> tuple[object, ...]:
    """What the three libraries say of the same work."""
    names = [(each.family, each.given) for each in work.author]
    return (
        work.title,
        names,
        work.issued and work.issued.date_parts[0][0],
        work.container_title,
        work.DOI,
        work.abstract,
    )


def test_libraries_say_the_same() -> None:
    """BibTeX, RIS and CSL-JSON of one work give one record."""
    found = [*bibtex_works(BIBTEX, "a"), *ris_works(RIS, "b"), *csl_works(CSL, "c")]
    names = [("Berg", "Jan"), ("Moss", "Ada")]
    assert {repr(told(each)) for each in found} == {
        repr(("A Study of Moss", names, 2020, "J Moss", "10.1000/x", "We saw moss."))
    }


def test_what_is_no_library_is_refused() -> None:
    """Bytes of something else are refused in one line."""
    for read in (bibtex_works, ris_works):
        with pytest.raises(InputError, match=r"^f: no "):
            list(read(b"\x00\x01 nothing of the kind", "f"))
    with pytest.raises(InputError, match="no list of CSL-JSON items"):
        list(csl_works({"a": 1}, "f"))


def test_the_list_of_retractions_is_read_by_line() -> None:
    """Lines that name a work and a kind of notice are taken, with American and ISO dates; others are left out."""
    found = list(works_in(StringIO(LIST), "f"))
    assert [(w.DOI, w.PMID, w.notices[0].type, w.notices[0].date, w.notices[0].DOI) for w in found] == [
        ("10.1000/x", "55", "retraction", "2021-03-04", "10.1000/n"),
        ("10.1000/y", None, "expression-of-concern", "2020-01-02", None),
    ]
    assert is_list(LIST.encode())
    assert not is_list(b"a,b\n1,2\n")
    with pytest.raises(InputError, match="not the Retraction Watch file"):
        list(works_in(StringIO("a,b\n1,2\n"), "f"))


def test_an_abstract_becomes_a_document() -> None:
    """Title and abstract are a document that says of what kind it is, where it comes from and under which licence."""
    work = FoundWork(
        source="europepmc", title="Moss", DOI="10.1000/x", abstract="We saw moss. It was wet.", license="cc by"
    )
    document = abstract_document(work)
    assert document is not None
    assert [document.text[s.start : s.end] for s in document.sentences] == ["We saw moss.", "It was wet."]
    assert (document.DOI, document.license, document.source.media_type) == ("10.1000/x", "cc by", ABSTRACT)
    assert "europepmc" in document.source.name
    assert is_fetched(document.source)
    assert abstract_document(work.model_copy(update={"abstract": None})) is None


def test_a_text_becomes_a_document() -> None:
    """JATS is read with its licence under the DOI that the source gives; what isn't JATS is refused."""
    work = FoundWork(source="europepmc", DOI="10.1000/x", license="cc by")
    document = text_document(work, jats(Paper("10.1000/X", "Moss", abstract="Wet."), "We counted 12 stones."))
    assert "We counted 12 stones." in document.text
    assert document.DOI == "10.1000/x"
    assert document.source.media_type == TEXT
    assert is_free(document.license)
    with pytest.raises(InputError):
        text_document(work, b"<html/>")


@pytest.mark.parametrize(
    ("said", "free"),
    [("cc by-nc-nd", True), ("CC0", True), ("http://creativecommons.org/licenses/by/4.0", True),
     ("public-domain", True), ("publisher-specific-oa", False),
     ("https://www.elsevier.com/tdm/userlicense/1.0/", False), ("", False), (None, False)],
)  # fmt: skip
def test_only_free_licences_allow_a_copy(said: str | None, free: bool) -> None:
    """Any Creative Commons licence allows to keep a text; a publisher's own terms, or none, don't."""
    assert is_free(said) == free
