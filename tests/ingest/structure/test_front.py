"""The document's own DOI on its title page."""

from ingest.structure.front import own_doi


def test_data_and_registrations_come_last() -> None:
    """Of several DOIs on a title page the article's own is taken, wherever it stands."""
    registration = "Registered at OSF: https://doi.org/10.17605/OSF.IO/ABCDE"
    assert own_doi([registration, "Received: 1 May 2020 http://dx.doi.org/10.1000/salt.7"]) == "10.1000/salt.7"
    assert own_doi([registration]) == "10.17605/OSF.IO/ABCDE"
    assert own_doi(["no such thing"]) is None
