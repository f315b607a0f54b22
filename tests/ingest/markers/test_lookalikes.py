"""Quantities, list numbering and formulas told from markers."""

from collections.abc import Callable

import pytest

from evqa.model import Document

Reading = Callable[[str], Document]
NUMBERED = "\n".join(f"{n}. Doe A, Lee B. Title number {n} of salt. J Salt. 2019;{n}:1-{n}." for n in range(1, 31))
HEAD = "# A review of salt\n\nJane Doe\n\n## 1 Introduction\n\nSalt melts (1–12). It flows (20)."


def read_with(parse: Reading, sentence: str) -> Document:
    """A review with a last paragraph of its own."""
    return parse(f"{HEAD}\n\n{sentence}\n\n## References\n\n{NUMBERED}\n")


def markers(document: Document) -> list[str]:
    """Markers behind the two of the head."""
    return [c.marker for c in document.citations][2:]


@pytest.mark.parametrize(
    "marker",
    [
        "IL-6 (3–6)",
        "X-19 (7–9)",
        "up to 32% (9–14)",
        "in 2015 (7)",
        "a score of 5 (4).",
        "type 2 (3, 4)",
        "vitamin C (8)",
    ],
)
def test_numbers_in_front_do_not_make_a_quantity(parse: Reading, marker: str) -> None:
    """A marker behind a name that ends in a digit, behind a share outside its range, behind a year."""
    document = read_with(parse, f"It is {marker} and so on.")
    assert markers(document) == [marker[marker.index("(") :].rstrip(".")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The mean age was 8 (3–11) in all.",
        "It was 65 (63–68) years.",
        "The count was 7.8 × 10⁹/L (4–10) then.",
        "Of 12 (10) patients some left.",
        "It lasted (3–6) weeks.",
        "χ(1) = 3.4 was found.",
        "The change t(8;11) is known.",
        "Y = aX + b (2)dM/dt=c follows.",
        "We saw (17–57) of them.",
        "We saw (52) of them.",
    ],
)
def test_quantities_are_rejected_and_trip_no_gate(parse: Reading, sentence: str) -> None:
    """Ranges around a value, counts, statistics, formulas and numbers far from the list are no markers."""
    document = read_with(parse, sentence)
    assert markers(document) == []
    assert document.integrity.is_sound


def test_the_next_number_of_the_list_is_a_marker(parse: Reading) -> None:
    """What could be a range around a value is a marker where it brings the entries that are due."""
    assert markers(read_with(parse, "It rose to 16 (13–17) at once.")) == ["(13–17)"]


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("It melts (31) at once.", (31,)),
        ("It melts (84).", (84,)),
        ("It melts (84, 5), as said.", (84,)),
        ("It melts in oil (181); and so on.", (181,)),
        ("It has melted since 2007 (84).", (84,)),
        ("It melts (3–1).", ()),
        ("It melts (84–9).", (84,)),
    ],
)
def test_a_plain_marker_beyond_the_list_is_unresolved(parse: Reading, sentence: str, missing: tuple[int, ...]) -> None:
    """Near the list anywhere, far from it before a stop; so is a range that runs backwards."""
    assert [u.missing for u in read_with(parse, sentence).integrity.unresolved] == [missing]


@pytest.mark.parametrize(
    ("sentence", "marker"),
    [
        ("We saw (84) of them.", "(84)"),
        ("There were women (84), then men.", "(84)"),
        ("It was said (3–1) of them.", "(3–1)"),
        ("It melts (3–97).", "(3–97)"),
        ("It rose to 18% (3–1).", "(3–1)"),
    ],
)
def test_a_doubtful_quantity_is_warned_of(parse: Reading, sentence: str, marker: str) -> None:
    """A number that no entry has, or an impossible range, is rejected, but never in silence."""
    document = read_with(parse, sentence)
    assert document.integrity.is_sound
    assert document.integrity.warnings[-1] == f"taken for quantities, not for markers: {marker}; see rejected"
    assert marker in [r.marker for r in document.rejected]


@pytest.mark.parametrize("sentence", ["It took 65 ms (63–99), so.", "The value was 7 (3–97), so.", "Of 12 (1984) so."])
def test_a_clear_quantity_needs_no_warning(parse: Reading, sentence: str) -> None:
    """A range behind a value and a year are told by what stands around them."""
    assert read_with(parse, sentence).integrity.warnings == ()


@pytest.mark.parametrize(
    ("sentence", "markers"),
    [
        ("It melts<sup>97</sup> now.", ["⁹⁷"]),
        ("It melts.<sup>97,98</sup> So.", ["⁹⁷,⁹⁸"]),
        ("It melts.<sup>3–1</sup> So.", ["³–¹"]),
        ("It spans 4 cm<sup>97</sup> or 10<sup>97</sup> and C<sup>97</sup>.", []),
    ],
)
def test_raised_numbers_beyond_the_list(parse: Reading, sentence: str, markers: list[str]) -> None:
    """Behind a word or a stop they are unresolved; behind a unit, a number, a symbol they aren't."""
    body = f"# A review of salt\n\nJane Doe\n\n## 1 Introduction\n\nSalt melts.<sup>1–12</sup> {sentence}"
    document = parse(f"{body}\n\n## References\n\n{NUMBERED}\n")
    assert [u.marker for u in document.integrity.unresolved] == markers


def test_positions_of_double_bonds(parse: Reading) -> None:
    """Behind "Δ" a raised number is a position, also where markers are raised; behind "TGF-β" it cites."""
    words = "The Δ<sup>6</sup>-desaturase and Δ<sup>15</sup> bind TGF-β<sup>7</sup> in the salt."
    body = f"# A review of salt\n\nJane Doe\n\n## 1 Introduction\n\nSalt melts.<sup>1–12</sup> {words}"
    document = parse(f"{body}\n\n## References\n\n{NUMBERED}\n")
    assert [c.marker for c in document.citations] == ["¹–¹²", "⁷"]
    assert [(r.marker, r.reason) for r in document.rejected] == [("⁶", "exponent"), ("¹⁵", "exponent")]


@pytest.mark.parametrize(
    "printed", ["It held (1) the salt; (2) the pepper; and (3) the curry.", "It held (1) salt; or (2) pepper."]
)
def test_a_list_behind_any_word(parse: Reading, printed: str) -> None:
    """Semicolons between the items tell a list, whatever word stands before its first."""
    document = read_with(parse, printed)
    assert {r.reason for r in document.rejected} == {"list numbering"}
    assert markers(document) == []


def test_mentions_of_a_printed_list_cite_nothing(parse: Reading) -> None:
    """ "types (1) and (2)" names items of the list "(1) …, (2) …"; "by Doe (1) and Lee et al. (2)" cites."""
    document = read_with(parse, "There are: (1) salt, (2) pepper, and (3) curry. Types (1) and (2) are old.")
    assert markers(document) == []
    assert markers(read_with(parse, "Told by Doe (1) and this by Lee et al. (2) again.")) == ["(1)", "(2)"]


def test_values_in_a_table_are_no_markers(parse: Reading) -> None:
    """A column with a number that no entry has holds values: nothing there is cited or unresolved."""
    document = read_with(parse, "Habit\tCode\nDaily\tOften (20)\nMonthly\tSeldom (12)\nWeekly\tAt times (52)")
    assert markers(document) == []
    assert document.integrity.is_sound
