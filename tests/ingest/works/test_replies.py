"""Replies of the sources read into records: what each tells, and that no reply, however wrong, is an internal error."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from evqa.errors import InputError
from ingest.works import crossref, europepmc, openalex, unpaywall
from ingest.works.untrusted import json_in
from tests.api.enrichment.world import Paper, crossref_item, europepmc_item, notice_item, openalex_item

NOTICE = ("retraction", "10.1000/n", "2021-03-04", "by")
MOSS = Paper(
    "10.1000/Moss", "Moss <i>and</i> rain", abstract="We saw moss. It was wet.", license="cc by",
    pmcid="PMC5", pmid="55",
    notices=(NOTICE, ("Retraction", "", "", "pubmed"), ("", "", "", "flag")),
)  # fmt: skip


def test_crossref_tells_who_a_work_is() -> None:
    """Names, dates and numbers are taken, the DOI in lower case, and the notices that stand on the work."""
    (item,) = crossref.items_in({"message": {"items": [crossref_item(MOSS)]}}, "x")
    work = crossref.work_of(item)
    assert (work.DOI, work.title, work.author[0].surname) == ("10.1000/moss", "Moss and rain", "Berg")
    assert work.abstract == "We saw moss. It was wet."
    assert [(n.type, n.DOI, n.date, n.source) for n in work.notices] == [
        ("retraction", "10.1000/n", "2021-03-04", "crossref")
    ]


def test_crossref_tells_on_the_notice_too() -> None:
    """A notice names the works that it is about, and says from whom that is known."""
    told = crossref.updates_of(notice_item(MOSS, NOTICE))
    assert {doi: (n.type, n.DOI, n.source) for doi, n in told.items()} == {
        "10.1000/moss": ("retraction", "10.1000/n", "retraction-watch")
    }


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("erratum", "correction"),
        ("corrigendum", "correction"),
        ("expression_of_concern", "expression-of-concern"),
        ("removal", "withdrawal"),
        ("partial_retraction", "partial-retraction"),
        ("reinstatement", "reinstatement"),
        ("new_version", None),
        ("", None),
    ],
)
def test_kinds_of_notices(said: str, kind: str | None) -> None:
    """An erratum is no retraction, a new version no notice at all."""
    work = crossref.work_of(crossref_item(Paper("10.1000/a", "A", notices=((said, "10.1000/n", "2021-01-01", "by"),))))
    assert [each.type for each in work.notices] == ([kind] if kind else [])


def test_a_title_is_no_proof() -> None:
    """That a title begins with "Retracted" tells nothing by itself: reviews of retractions do, too."""
    assert not crossref.work_of(crossref_item(Paper("10.1000/a", "Retracted: moss"))).notices


def test_europepmc_tells_licence_and_text() -> None:
    """Abstract, licence, PMCID and PMID are taken; type of publication and list of comments tell notices."""
    (item,) = europepmc.items_in({"resultList": {"result": [europepmc_item(MOSS)]}}, "x")
    work = europepmc.work_of(item)
    assert (work.license, work.PMCID, work.PMID) == ("cc by", "PMC5", "55")
    assert [each.type for each in work.notices] == ["retraction"]
    without = {**item, "commentCorrectionList": {"commentCorrection": [{"type": "Retraction of"}]}}
    assert [each.type for each in europepmc.work_of(without).notices] == ["retraction"]
    assert not europepmc.work_of({**without, "pubTypeList": {"pubType": ["Retraction of Publication"]}}).notices


def test_medline_goes_before_preprints() -> None:
    """Of two records of one DOI the one of MEDLINE comes first."""
    found = {"resultList": {"result": [{"source": "PPR", "id": "1"}, {"source": "MED", "id": "2"}]}}
    assert [each["id"] for each in europepmc.items_in(found, "x")] == ["2", "1"]


def test_openalex_tells_retractions_and_abstracts() -> None:
    """The index of an abstract's words is put in order again; the flag is a notice without a date."""
    work = openalex.work_of(openalex_item(MOSS))
    assert work.abstract == "We saw moss. It was wet."
    assert [(each.type, each.DOI, each.date) for each in work.notices] == [("retraction", None, None)]
    assert not openalex.work_of({"id": "W", "is_retracted": "true"}).notices


def test_unpaywall_tells_the_licence() -> None:
    """The licence is that of the best open copy, and a copy in PubMed Central gives its number."""
    copy = {"license": "cc-by", "pmh_id": "oai:pubmedcentral.nih.gov:77", "url": "https://a.example"}
    work = unpaywall.work_of({"doi": "10.1000/X", "title": "A", "best_oa_location": copy}, "x")
    assert (work.DOI, work.license, work.PMCID) == ("10.1000/x", "cc-by", "PMC77")


READERS: tuple[tuple[Callable[[Any], Any], Any], ...] = (
    (lambda body: [crossref.work_of(each) for each in crossref.items_in(body, "x")],
     {"message": {"items": [crossref_item(MOSS), notice_item(MOSS, NOTICE)]}}),
    (lambda body: [crossref.updates_of(each) for each in crossref.items_in(body, "x")],
     {"message": {"items": [notice_item(MOSS, NOTICE)]}}),
    (lambda body: [europepmc.work_of(each) for each in europepmc.items_in(body, "x")],
     {"resultList": {"result": [europepmc_item(MOSS)]}}),
    (lambda body: [openalex.work_of(each) for each in openalex.items_in(body, "x")],
     {"meta": {"next_cursor": "c"}, "results": [openalex_item(MOSS)]}),
    (lambda body: unpaywall.work_of(body, "x"),
     {"doi": "10.1000/x", "title": "A", "z_authors": [{"family": "B"}], "best_oa_location": {"license": "cc-by"}}),
)  # fmt: skip
JUNK: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e308,
    "",
    "\ud800\x00",
    [],
    {},
    [[]],
    [None],
    {"": None},
    "9" * 5_000,
    [{}] * 3,
)


def mutant(value: Any, chance: random.Random) -> Any:
    """The value with something in it replaced by something else, taken away or doubled."""
    if not isinstance(value, (dict, list)) or not value or chance.random() < 0.15:
        return chance.choice(JUNK)
    if isinstance(value, list):
        at = chance.randrange(len(value))
        kept = [*value[:at], mutant(value[at], chance), *value[at + 1 :]]
        return kept if chance.random() < 0.8 else kept[: at + 1] * 2
    name = chance.choice(list(value))
    if chance.random() < 0.15:
        return {key: each for key, each in value.items() if key != name}
    return {**value, name: mutant(value[name], chance)}


@pytest.mark.parametrize("place", range(len(READERS)))
def test_malformed_replies_are_no_internal_errors(place: int) -> None:
    """Of 400 replies of each source with some fields wrong, each is read or refused."""
    read, right = READERS[place]
    chance = random.Random(place)
    refused = 0
    for _ in range(400):
        body = right
        for _ in range(chance.randint(1, 4)):
            body = mutant(body, chance)
        try:
            read(body)
        except InputError:
            refused += 1
    assert refused < 400


def test_cut_bytes_are_no_internal_errors() -> None:
    """A reply cut off at any byte is refused."""
    body = b'{"message": {"items": [{"DOI": "10.1000/x", "title": ["A"]}]}}'
    for end in range(len(body)):
        with pytest.raises(InputError):
            json_in(body[:end], "x")
