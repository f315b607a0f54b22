"""`evqa search`."""

from tests.api.running import Run


def test_passages_are_ranked(asked: Run) -> None:
    """k passages come back in order of rank, without an answer."""
    ran = asked("search", "PD-L1 on vesicles", "-k", "4", "--json")
    assert ran.code == 0
    assert list(ran.json) == ["question", "passages", "corpus"]
    assert [passage["rank"] for passage in ran.json["passages"]] == [1, 2, 3, 4]


def test_passages_in_words(asked: Run) -> None:
    """Each passage has its rank, score and place."""
    assert asked("search", "PD-L1 on vesicles", "-k", "1").out.startswith("  1. ")


def test_nothing_to_search_for(asked: Run) -> None:
    """Punctuation finds nothing, which is said on stderr and is no error."""
    ran = asked("search", "?!")
    assert (ran.code, ran.out) == (0, "")
    assert "no passage" in ran.err
