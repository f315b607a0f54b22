"""What lines of a printed title page hold."""

import pytest

from ingest.structure.front_names import front_name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("* Correspondence: ann@salt.org; Tel.: +1", "Correspondence"),
        ("*For reprints and all correspondence: Ann Doe, Salt Street 1", "Correspondence"),
        ("Received: 10 September 2017; Accepted: 16 October 2017", "History"),
        ("Accepted: July 6, 2020", "History"),
        ("Academic Editor: Ann Doe", "Editors and reviewers"),
        ("© 2020 Doe. This article is distributed under a Creative Commons licence.", "Licence"),
        ("Copyright © 2020 the authors", "Copyright"),
        ("Funding: This work was paid for by the Salt Fund.", "Funding"),
        ("Data Availability Statement: All data are in the manuscript.", "Data Availability Statement"),
        ("Department of Salt, University of X", "Affiliations"),
        ("Associate Editor: Ann Doe, Salt Institute", "Editors and reviewers"),
        ("Reviewed by Ann Doe, Salt Institute", "Editors and reviewers"),
        ("How to cite: Doe A. World Journal of Hospital Medicine 2020;1:2", "Citation"),
        ("Salt Hospital, Salt Street 1. ClinicalTrials.gov ID: NCT01234567.", "Registration"),
        ("https://doi.org/10.1000/salt.1", "DOI"),
        ("doi: 10.1000/salt.1", "DOI"),
        ("doi: 10.1000/salt.1 and more of the kind", None),
        ("REVIEW ARTICLE", None),
        ("Reviewers found that x y", None),
        ("World Journal of Hospital Medicine 2020;1:2", None),
        ("Journal of the Institute of Salt", None),
        ("Veterinary World, Vol. 10", None),
    ],
)
def test_lines_are_told_by_their_words(line: str, name: str | None) -> None:
    """Each kind of line that people ask about is known by its words; banners and titles of journals are not."""
    assert front_name(line) == name
