"""Whether two names are one journal's."""

import pytest

from evqa.works.journals import is_one_journal, is_other_journal


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("J. Biol. Chem", "Journal of Biological Chemistry"),
        ("Proc Natl Acad Sci U S A", "Proceedings of the National Academy of Sciences"),
        ("PNAS", "Proceedings of the National Academy of Sciences"),
        ("Br Med J", "BMJ"),
        ("JAMA", "JAMA: The Journal of the American Medical Association"),
        ("Biochim Biophys Acta", "Biochimica et Biophysica Acta (BBA) - Molecular Cell Research"),
        ("Jpn J Crop Sci", "Japanese Journal of Crop Science"),
        ("Toxins (Basel)", "Toxins"),
        ("Food Chem. Taxicol", "Food and Chemical Toxicology"),
        ("Lancet", "The Lancet"),
    ],
)
def test_an_abbreviation_is_known_for_its_journal(printed: str, whole: str) -> None:
    """Cut and contracted words, initials, places in brackets, misprints and parts of a name are one journal's."""
    assert is_one_journal(printed, whole)
    assert is_one_journal(whole, printed)
    assert not is_other_journal(printed, whole)


@pytest.mark.parametrize(
    ("printed", "whole"),
    [
        ("J Clin Invest", "Journal of Clinical Oncology"),
        ("Nat Med", "Nature Methods"),
        ("Plant Soil", "The Plant Cell"),
        ("Gut", "Journal of Hepatology"),
    ],
)
def test_other_journals_are_told(printed: str, whole: str) -> None:
    """Names of which a word has no counterpart name two journals; initials alone are never sure."""
    assert not is_one_journal(printed, whole)
    assert is_other_journal(printed, whole) == (printed != "Gut")


@pytest.mark.parametrize(("printed", "whole"), [("Nature", "Nature Medicine"), ("", "Gut"), ("Gut", "–")])
def test_names_that_are_near_are_neither(printed: str, whole: str) -> None:
    """A name that another begins with, or no name at all, decides nothing."""
    assert not is_one_journal(printed, whole)
    assert not is_other_journal(printed, whole)
