"""What an article's XML says of its own citations."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from eval.reading.jatstruth import Truth, plain_doi, read_truth
from evqa.errors import InputError
from tests.eval.invented_jats import JATS, article, cite, ref

FIVE = "".join(ref(n, f"Title {n}") for n in range(1, 6))


def truth_of(tmp_path: Path, text: str) -> Truth:
    path = tmp_path / "article.xml"
    path.write_text(text, encoding="utf-8")
    return read_truth(path)


def cited(tmp_path: Path, body: str, refs: str = FIVE, floats: str = "", back: str = "") -> dict[int, int]:
    """Counts of mentions by position."""
    found = truth_of(tmp_path, article(body, refs, floats, back)).mentions
    return dict(sorted(Counter(mention.position for mention in found).items()))


def test_body_and_floats_count_abstract_and_back_do_not(tmp_path: Path) -> None:
    """Mentions are those of body and floats; the abstract's and the back's are left out."""
    back = f"<app><title>Appendix</title><p>More {cite('r2', '2')}.</p></app>"
    floats = f"<table-wrap><table><tr><td>Row {cite('r3', '3')}</td></tr></table></table-wrap>"
    assert cited(tmp_path, f"<p>Salt {cite('r5', '5')}.</p>", floats=floats, back=back) == {3: 1, 5: 1}
    assert truth_of(tmp_path, article("<p>a</p>", FIVE, back=back)).back_titles == {"appendix", "references"}


@pytest.mark.parametrize("between", ["–", "-", " — ", "]–["])
def test_a_dash_elides_a_range(tmp_path: Path, between: str) -> None:
    """Two elements with only a dash between them mention what lies between."""
    assert cited(tmp_path, f"<p>Salt [{cite('r1', '1')}{between}{cite('r4', '4')}].</p>") == {1: 1, 2: 1, 3: 1, 4: 1}


@pytest.mark.parametrize("between", [", ", " and ", "–5 and ", "; see also – "])
def test_anything_else_is_no_range(tmp_path: Path, between: str) -> None:
    """A comma or a word between two elements elides nothing."""
    assert cited(tmp_path, f"<p>Salt {cite('r1', '1')}{between}{cite('r4', '4')}.</p>") == {1: 1, 4: 1}


def test_raised_and_unlabelled_ranges(tmp_path: Path) -> None:
    """A raised dash is a dash; without labels the range runs over positions."""
    refs = "".join(ref(n, f"Title {n}", label=False) for n in range(1, 6))
    body = f"<p>Salt<sup>{cite('r2', '2')}</sup><sup>–</sup><sup>{cite('r5', '5')}</sup>.</p>"
    assert cited(tmp_path, body, refs) == {2: 1, 3: 1, 4: 1, 5: 1}


def test_hidden_elements_are_counted_once(tmp_path: Path) -> None:
    """Elements without text inside a range aren't counted again by the range."""
    body = f"<p>Salt {cite('r1', '1')}{cite('r2', '')}–{cite('r3', '3')}.</p>"
    assert cited(tmp_path, body) == {1: 1, 2: 1, 3: 1}


def test_years_make_no_range(tmp_path: Path) -> None:
    """A dash between two years isn't a range of the list."""
    assert cited(tmp_path, f"<p>Oak ({cite('r1', '2001')}–{cite('r4', '2004')}).</p>") == {1: 1, 4: 1}


@pytest.mark.parametrize(("rids", "printed"), [("r2", "2–4"), ("r2 r3 r4", "2–4"), ("r2", "2 3 4"), ("r2", "[2, 3,4]")])
def test_an_element_of_its_own_list(tmp_path: Path, rids: str, printed: str) -> None:
    """A printed list or range and several ids are expanded, each entry once."""
    assert cited(tmp_path, f"<p>Salt {cite(rids, printed)}.</p>") == {2: 1, 3: 1, 4: 1}


def test_ranges_run_over_labels(tmp_path: Path) -> None:
    """Printed numbers are labels: positions follow the list."""
    refs = "".join(ref(n, f"Title {n}") for n in (10, 11, 12, 13))
    assert cited(tmp_path, f"<p>Salt {cite('r10', '10')}–{cite('r12', '12')}.</p>", refs) == {1: 1, 2: 1, 3: 1}


def test_what_the_ids_say_holds_and_is_doubted(tmp_path: Path) -> None:
    """Where another number or name is printed than that of the entry named, the entry counts and a doubt is told."""
    found = truth_of(tmp_path, article(f"<p>Salt {cite('r2', '5')} and {cite('r3', 'Elm, 2001')}.</p>", FIVE))
    assert [mention.position for mention in found.mentions] == [2, 3]
    assert found.doubts == ("'5' names entry 2", "'Elm, 2001' names entry 3")


@pytest.mark.parametrize("printed", ["Oak et al., 2001", "2001a", "b", "Oak (2001)", "3", "3, 4"])
def test_right_markers_are_not_doubted(tmp_path: Path, printed: str) -> None:
    """A marker that prints the entry's number, year or author is in no doubt."""
    assert not truth_of(tmp_path, article(f"<p>Salt {cite('r3', printed)}.</p>", FIVE)).doubts


def test_the_text_before_a_marker(tmp_path: Path) -> None:
    """It is that of the same paragraph or cell, other markers and the names of their authors left out."""
    body = (
        f"<p>Salt is old [{cite('r1', '1')}, {cite('r2', '2')}] and Oak et al. ({cite('r3', '2001')}) melted it"
        f"<fig><caption><p>Ice {cite('r4', '4')}</p></caption></fig> twice (by {cite('r5', 'Oak, 2001')}).</p>"
    )
    before = {mention.position: mention.before.split() for mention in truth_of(tmp_path, article(body, FIVE)).mentions}
    assert before[1] == ["Salt", "is", "old", "["]
    assert before[2] == ["Salt", "is", "old", "[", ","]
    assert before[3][-3:] == ["Oak", "et", "al."], "the bracket opens right before the marker"
    assert before[4] == ["Ice"]
    assert before[5][-3:] == ["melted", "it", "twice"]


def test_entries(tmp_path: Path) -> None:
    """Titles and DOIs are the tagged ones; positions count entries."""
    entries = truth_of(tmp_path, JATS).entries
    assert [(e.position, e.label, e.doi) for e in entries][:2] == [(1, 1, "10.1000/salt.1"), (2, 2, "10.1000/salt.2")]
    assert entries[1].title == "Quartz under slow pressure"


def test_other_articles_in_the_file_are_left_out(tmp_path: Path) -> None:
    """The entries and markers of a reply bound into the same file aren't the article's."""
    reply = f"<body><p>{cite('r1', '1')}</p></body><back><ref-list>{ref(9, 'Reply')}</ref-list></back>"
    text = article(f"<p>Salt {cite('r2', '2')}.</p>", FIVE).replace(
        "</article>", f"<sub-article>{reply}</sub-article></article>"
    )
    found = truth_of(tmp_path, text)
    assert (len(found.entries), [mention.position for mention in found.mentions]) == (5, [2])


@pytest.mark.parametrize(("text", "words"), [("<p>cut", "can't be read as XML"), ("<html/>", "the root is 'html'")])
def test_no_article(tmp_path: Path, text: str, words: str) -> None:
    """Broken XML and XML of another kind are refused in one line."""
    with pytest.raises(InputError, match=words) as caught:
        truth_of(tmp_path, text)
    assert len(str(caught.value).splitlines()) == 1


def test_plain_doi() -> None:
    """Resolver, case and closing punctuation don't matter."""
    assert plain_doi("https://doi.org/10.1000/ABC.1).") == "10.1000/abc.1"
    assert plain_doi("none") == ""


def test_the_shared_articles(shared: Path) -> None:
    """Each article has as many entries as listed, and at least the listed mentions, which are those of its ids."""
    folder = shared / "articles"
    with (folder / "manifest.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    for row in rows[::10]:
        truth = read_truth(folder / row["xml"])
        body = etree.parse(folder / row["xml"]).find("body")
        assert body is not None
        named = Counter(
            key for x in body.iter("xref") if x.get("ref-type") == "bibr" for key in (x.get("rid") or "").split()
        )
        assert len(truth.entries) == int(row["references"])
        assert len(truth.mentions) >= named.total() == int(row["citation_links"])
