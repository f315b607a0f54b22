"""The integrity report."""

from collections.abc import Callable

from evqa.model import Document

Reading = Callable[[str], Document]


def test_without_bibliography_a_warning_says_so(parse: Reading) -> None:
    """No bibliography is no error, but a clear warning; nothing is unresolved then."""
    found = parse("# Salt\n\n## Introduction\n\nSalt melts (1). It flows (2).\n").integrity
    assert (found.references, found.citations, found.unresolved) == (0, 0, ())
    assert "no bibliography" in found.warnings[0]


def test_without_markers_a_warning_says_so(parse: Reading) -> None:
    """A bibliography that nothing cites is no error, but a clear warning."""
    found = parse(
        "# Salt\n\n## Introduction\n\nSalt melts.\n\n## References\n\n1. Doe A. Salt. J Salt. 2019;1:1-2.\n"
    ).integrity
    assert "no markers" in found.warnings[0]
    assert found.never_cited == (1,)
    assert found.is_sound


def test_pairs_are_counted_once_a_statement(parse: Reading) -> None:
    """The same number twice in one sentence is one pair, in two sentences two; a table row is a statement."""
    entries = "\n".join(f"{n}. Doe A. Salt {n} is. J Salt. 2019;{n}:1-2." for n in (1, 2))
    body = "Salt (1) melts (1, 2). It flows (1).\n\nA\tRef\nx\t(1)\ny\t(1)"
    found = parse(f"# Salt\n\n## Introduction\n\n{body}\n\n## References\n\n{entries}\n").integrity
    assert found.citations == 5


def test_one_doi_twice_is_reported(parse: Reading) -> None:
    """Two entries of one DOI are one work; entries without a DOI are listed; neither makes a document unsound."""
    same = "Doe A. Salt. J Salt. 2019;1:1-2. doi:10.1000/same"
    entries = f"1. {same}\n2. {same}\n3. Lee B. Other. J Salt. 2019;1:1-2."
    found = parse(f"# Salt\n\n## Introduction\n\nSalt (1, 2, 3).\n\n## References\n\n{entries}\n").integrity
    assert found.duplicate_entries == ((1, 2),)
    assert found.without_doi == (3,)
    assert found.is_sound


def test_lost_characters_are_listed(parse: Reading) -> None:
    """Unknown and private characters are listed by stretch; a document with them is sound."""
    read = parse("# Salt\n\n## Introduction\n\nA dose \ufffd 2 mg of TGF-\ue045\ue046 melts.\n")
    assert [read.text[each.start : each.end] for each in read.integrity.unreadable] == ["\ufffd", "\ue045\ue046"]
    assert read.integrity.is_sound
