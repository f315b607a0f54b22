"""The name that was meant."""

import pytest

from evqa.language.misspelt import did_you_mean, meant

KNOWN = ("ask", "ingest", "Thesis")


@pytest.mark.parametrize(
    ("given", "found"), [("aks", "ask"), ("INGEST", "ingest"), ("thesi", "Thesis"), ("moss", None)]
)
def test_the_nearest_name_is_meant(given: str, found: str | None) -> None:
    """Letters swapped, missing or in the wrong case lead to the name; another word leads nowhere."""
    assert meant(given, KNOWN) == found
    assert did_you_mean(given, KNOWN) == (f"did you mean {found}?" if found else "")
