"""Author–year markers."""

import time
from collections.abc import Callable

import pytest

from evqa.model import Document
from ingest.markers.authoryear import BibliographyIndex
from tests.ingest.marked import read_entry

REVIEW = """# On beetles

## Introduction

Beetles are many (Smith et al., 2020a, b; Jones and Lee, 2019). Smith et al. (2020a) found more.
This was doubted (van der Berg, 2018; WHO, 2010). Others disagree (Foo et al., 1999). It was in March (2015).

## References

Jones, A. B., & Lee, C. (2019). Beetles of Korea. Journal of Beetles, 12(3), 45–67. https://doi.org/10.1000/xyz

Smith, J., Doe, A., and Roe, B. (2020a). Beetles one. J. Beetle. 3, 1–9. doi: 10.1000/b1

Smith, J., Doe, A., and Roe, B. (2020b). Beetles two. J. Beetle. 3, 10–19. doi: 10.1000/b2

van der Berg P (2018) Old beetles. PLoS One 13:e123

World Health Organization (WHO) (2010). Beetle report. Geneva: WHO Press.
"""


def test_names_and_years_resolve_to_printed_order(parse: Callable[[str], Document]) -> None:
    """Entries are numbered in printed order; groups, narrative forms, suffixes, particles and initials resolve."""
    document = parse(REVIEW)
    assert [(c.marker, c.references) for c in document.citations] == [
        ("(Smith et al., 2020a, b; Jones and Lee, 2019)", (2, 3, 1)),
        ("Smith et al. (2020a)", (2,)),
        ("(van der Berg, 2018; WHO, 2010)", (4, 5)),
    ]
    assert [r.year for r in document.references] == [2019, 2020, 2020, 2018, 2010]


def test_a_name_without_entry_is_unresolved(parse: Callable[[str], Document]) -> None:
    """An author–year marker with no such entry is reported; a year alone is rejected."""
    document = parse(REVIEW)
    assert [u.marker for u in document.integrity.unresolved] == ["(Foo et al., 1999)"]
    assert ("(2015)", "year") in [(r.marker, r.reason) for r in document.rejected]
    assert "numbered in printed order" in document.integrity.warnings[0]


AUTHOR_YEAR = """Adams, J., & Brown, K. (2010). Salt in food. Journal of Salt, 12(3), 45–67.
Adams, J. (2012). More salt. Salt Press, Washington, DC
Brown, K., Clark, L., & Davis, M. (2015). Heat. Nature, 5, 6–7.
FAO/WHO (2001). Vitamin needs. Rome: FAO.
Li, L., Doe, A., & Poe, B. (2012). Cold. Salt, 1, 2–3.
Li, Q., Doe, A., & Poe, B. (2012). Warm. Salt, 1, 4–5."""


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n- "])
def test_entries_may_end_without_a_stop(parse: Callable[[str], Document], between: str) -> None:
    """Lines, paragraphs and bullets are one entry each, although one ends in "DC"."""
    entries = AUTHOR_YEAR.replace("\n", between)
    body = (
        "It melts (Adams & Brown, 2010; Adams 2012). Needs are known (FAO/WHO, 2001). It is warm (Li Q. et al., 2012)."
    )
    lead = "- " if "-" in between else ""
    document = parse(f"# On salt\n\n## Uses\n\n{body} Brown et al., 2015 agree.\n\n## References\n\n{lead}{entries}\n")
    assert len(document.references) == 6
    assert [c.references for c in document.citations] == [(1, 2), (4,), (6,), (3,)]


def test_months_and_offices_are_no_unresolved_markers(parse: Callable[[str], Document]) -> None:
    """ "(between March and June 2020)" names no entry, "(Smith et al., 2011)" does."""
    body = "It melts (Adams, 2012; Brown et al., 2015). It was cold (between March and June 2020)."
    body += " Told by the Food and Drug Administration (2010)."
    text = f"# On salt\n\n## Uses\n\n{body} So it is (Smith et al., 2011).\n\n## References\n\n{AUTHOR_YEAR}\n"
    assert [u.marker for u in parse(text).integrity.unresolved] == ["(Smith et al., 2011)"]


@pytest.mark.parametrize("letter", ["中", "A", "a", "Al ", "van "])
def test_a_run_of_letters_takes_no_time(letter: str) -> None:
    """No name begins inside a word, so a long word isn't searched from each of its letters."""
    began = time.process_time()
    assert not BibliographyIndex([]).find(letter * 10_000, 0, 10_000)
    assert time.process_time() - began < 0.5


def test_a_word_before_the_names_is_no_name() -> None:
    """ "Moreover, Thana and Chan (1996)" cites the entry by Thana and Chan."""
    entries = [read_entry(1, "Thana, S., & Chan, D. P. (1996). A title of some kind. Journal of Things 3, 1-2.")]
    text = "Moreover, Thana and Chan (1996) studied it."
    assert [found.numbers for found in BibliographyIndex(entries).find(text, 0, len(text))] == [(1,)]


def test_a_group_is_named_by_all_its_words() -> None:
    """Groups that end with the same word are told apart; the last word alone names neither."""
    entries = [
        read_entry(1, "Ministry of Health Utopia (2014). Salt in schools. https://example.org/1"),
        read_entry(2, "The Control Board Utopia (2014). Report on salt. https://example.org/2"),
    ]
    text = "It is told (The Control Board Utopia, 2014; Ministry of Health Utopia, 2014) and (Board of Utopia, 2014)."
    found = BibliographyIndex(entries).find(text, 0, len(text))
    assert [one.numbers for one in found if one.numbers] == [(2, 1)]


def test_an_entry_whose_given_name_comes_first_is_found() -> None:
    """One author in full, the given name first, can't be told from a title; the marker tells which word is the name."""
    entries = [
        read_entry(1, "Alan Doe. Numerical salt. Journal of Salt, 1:141–149, 1992."),
        read_entry(2, "Jason C. Lee. Salts: Theory and Methods. Salt Press, London, 1992."),
    ]
    text = "Doe (1992) and Lee (1992) agree; Methods (1992) doesn't."
    assert [found.numbers for found in BibliographyIndex(entries).find(text, 0, len(text))] == [(1,), (2,)]
