"""Author–year markers."""

from collections.abc import Callable

from evqa.model import Document

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
