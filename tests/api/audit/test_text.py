"""An audit in a terminal."""

from dataclasses import replace

import pytest

from api.audit.findings import Findings
from api.audit.text import SUSPECTS, audit_text, counted
from evqa.model import Reference
from tests.api.audits import found_in, told_of


@pytest.fixture
def found(references: tuple[Reference, ...]) -> Findings:
    """One document with a run, suspects and bookkeeping."""
    return found_in(references, suspects=1)


def test_what_is_told_of_a_suspect(found: Findings) -> None:
    """Statement with what leans on it, place, the entry as printed, why, and what fits better with its support."""
    text = audit_text([found], 100)
    assert "Audit of A review of vesicles (vesicles.md)" in text
    assert "3 pairs of statement and reference: 1 fit, 2 suspect (1 of them in a run), 0 can't be told" in text
    assert "  1. “Vesicles are small. They carry PD-L1 (2).”\n     — 4 Resistance to therapy\n" in text
    assert "     cites [2] 2. line one ER  - line two" in text or "cites [2] The Cancer Genome Atlas" in text
    assert "why: nothing here meets it; 1 fits better (support 0.07)" in text
    assert "better: [1] 0.98 Exosomal PD-L1 and TGF-β in the T cell (2022)" in text


def test_what_is_told_of_a_run(found: Findings) -> None:
    """Where, why, each corrected number with the title that is meant, and what agrees."""
    text = audit_text([found], 100)
    assert "  Table 1 · confidence high (0.97)\n    6 of 6 rows fit the entry 2 further back\n" in text
    assert "        3 → 1   Exosomal PD-L1" in text
    assert "the running text cites what is meant:\n      “They carry PD-L1 (2).”" in text


def test_what_cited_works_say(found: Findings) -> None:
    """Verdicts are counted, and a statement that a work seems to disagree with stands beside that work's words."""
    verified = (told_of("supports"), told_of("unclear"), told_of("disagrees"))
    text = audit_text([replace(found, verified=verified)], 100)
    assert "3 citations of works whose words are stored: 1 supported, 1 unclear, 1 may be contradicted" in text
    assert "  1. “They carry PD-L1 (2).”\n     [2] says in its abstract: “They lack PD-L1.” (disagrees: 0.71)" in text
    assert "whose words are stored" not in audit_text([found], 100)


def test_a_row_that_another_entry_fits_better(references: tuple[Reference, ...]) -> None:
    """The line on a number says that what the shift leads to isn't the best."""
    assert "(by the shift; 2 fits better)\n" in audit_text([found_in(references, suspects=1, rival=2)], 100)


def test_steering_characters_reach_no_terminal(references: tuple[Reference, ...]) -> None:
    """Escape sequences of a statement, a title or a detail are taken out, and no line is longer than allowed."""
    text = audit_text([found_in(references, suspects=1, said="It\x1b[2J carries\x07 PD-L1\u202e (2).")], 80)
    assert all(character.isprintable() or character == "\n" for character in text)
    assert all(len(line) <= 80 or "https://" in line for line in text.split("\n"))


def test_long_lists_are_cut_with_a_count(references: tuple[Reference, ...]) -> None:
    """Beyond the tenth suspect there is the number of the others, unless all are wanted."""
    many = found_in(references, suspects=SUSPECTS + 3)
    text = audit_text([many], 100)
    assert "… and 3 more; --all shows them" in text
    assert " 11. “" not in text
    whole = audit_text([many], 100, whole=True)
    assert f" {SUSPECTS + 3}. “" in whole
    assert "--all" not in whole


def test_numbers_in_words() -> None:
    """One is one, others are many."""
    assert [counted(1, "run"), counted(0, "run"), counted(1200, "entry", "entries")] == [
        "1 run",
        "0 runs",
        "1,200 entries",
    ]


def test_an_audit_that_failed(references: tuple[Reference, ...]) -> None:
    """The document is named with the reason, and nothing that wasn't looked at is counted."""
    failed = replace(found_in(references, suspects=1), failure="internal error: IndexError")
    assert audit_text([failed], 100).split("\n") == [
        "Audit of A review of vesicles (vesicles.md)",
        "  not audited, so nothing is known of its citations: internal error: IndexError",
    ]
