"""Sentences of scientific prose."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.structure.sentences import sentences


def split(text: str) -> list[str]:
    """The sentences as strings."""
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["As Smith et al. (3) say, it is so.", "In E. coli (Fig. 1) it isn't."],
        ["It was 5 vs. 6 (e.g., 7; i.e. 8).", "Then p = 0.05.", "The end."],
        ["T cells divide. (49)", "In mice they don't."],
        ["T cells divide.[49]", "In mice they don't."],
        ["T cells divide.¹²,¹³", "In contrast,³ mice don't."],
        ["It was seen (12).", "In mice it wasn't."],
        ["Only <1% of the markers fit.", "CD8 showed >3."],
        ["It stood for 24 h.", "The rest lay."],
        ["This was read by J.W.B.B. and D.S. alone.", "We agree."],
        ["(1) First one.", "(2) Second one."],
        ["The miR-21 level fell.", "miR-155 rose."],
        ["He said “No.”", "Then he left."],
        ["(This is an aside. It goes on.)", "Here it ends."],
    ],
)
def test_sentences_are_cut_where_they_end(parts: list[str]) -> None:
    """Abbreviations, species, initials and signs cut nothing; a marker behind the stop stays with its sentence."""
    if parts[0].startswith("(This"):
        assert split(" ".join(parts))[-1] == parts[-1]
    else:
        assert split(" ".join(parts)) == parts


def test_a_missing_space_is_no_obstacle() -> None:
    """A sentence that follows a marker or its full stop without a space is its own."""
    assert split("It was seen (12).In mice it wasn't.") == ["It was seen (12).", "In mice it wasn't."]
    assert split("It was seen.²In mice it wasn't.") == ["It was seen.²", "In mice it wasn't."]


@given(st.text(alphabet="aB .?!()[]12¹⁰,“”'\"<>\n", max_size=120))
def test_no_character_is_lost(text: str) -> None:
    """Sentences are in order, don't overlap, and hold every character but white space."""
    spans = sentences(text)
    assert all(a < b for a, b in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@pytest.mark.parametrize("sign", ["`", "“", "„", "«", "‹", "(", "[", "'", '"', ". ", "1. ", "![]("])
def test_a_run_of_one_sign_is_split_in_time(sign: str) -> None:
    """Time grows with the length of a run, not with its square."""
    began = time.process_time()
    sentences(f"Salt melts. {sign * (30_000 // len(sign))} It is cold. In ice it isn't.")
    assert time.process_time() - began < 0.6


@pytest.mark.parametrize("word", ["Salt melts slowly. ", "salt and ", "salt"])
def test_a_paragraph_of_any_length(word: str) -> None:
    """A paragraph longer than is split at once has the same sentences; one without an end is cut at a blank."""
    text = (word * (25_000 // len(word))).strip()
    spans = sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    if word[-2] == ".":
        assert {text[a:b] for a, b in spans} == {word.strip()}
    elif word[-1] == " ":
        assert all(text[b - 4 : b] in ("salt", " and") for _, b in spans)
