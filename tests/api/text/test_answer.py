"""Answers and refusals in words."""

import pytest

from api.text.answer import answer_text, confidence_text, numbers_text, passages_text, place_text
from evqa.answer import MOST_CANDIDATES
from evqa.model import Answer, Cell, CitedSentence, Context, DocumentName, Doubt, RankedPassage


def test_an_answer_quotes_and_cites(answer: Answer) -> None:
    """The claim stands verbatim with its numbers, its place, its confidence and its references."""
    text = answer_text(answer, 100)
    assert "“Vesicles carry PD-L1 (1). They bind the antibody.” [1] [2, from a later sentence]" in text
    assert "Table 1 · 4 Resistance to therapy · p. 7" in text
    assert "confidence high (0.91)" in text
    assert "  [1] van der Berg J" in text
    assert "  [2] The Cancer Genome Atlas and Friends, Inc." in text


def test_a_refusal_says_so(refusal: Answer) -> None:
    """A refusal is plain, shows the nearest passage, tells its warnings and no references."""
    text = answer_text(refusal, 100)
    assert text.startswith("The corpus doesn't answer this question (confidence low (0.12)).")
    assert "Nearest passages" in text
    assert "Vesicles carry PD-L1" in text
    assert "Note: Table 9 isn't there" in text
    assert "van der Berg" not in text


def test_a_question_that_needs_one_document_lists_them(refusal: Answer) -> None:
    """Title and file of eight at most, and how to ask again, in a form that a shell takes."""
    several = [DocumentName(id=f"d-{n}", name=f"a paper {n}.pdf", title=f"Moss {n}") for n in range(10)]
    asked = refusal.model_copy(update={"reason": "which_document", "candidates": tuple(several)})
    text = answer_text(asked, 100)
    assert text.startswith("Which document? 10 fit, and the question needs one.")
    assert "“Moss 7”\n  — a paper 7.pdf" in text
    assert "Moss 8" not in text
    assert "and 2 more" in text
    assert "--document 'a paper 0.pdf'" in text
    assert "Nearest passages" not in text


def test_a_list_of_candidates_that_was_cut_is_no_count(refusal: Answer) -> None:
    """Where as many are named as an answer names, there may be more."""
    several = tuple(DocumentName(id=f"d-{n}", name=f"{n}.pdf", title=f"Moss {n}") for n in range(MOST_CANDIDATES))
    text = answer_text(refusal.model_copy(update={"reason": "which_document", "candidates": several}), 100)
    assert text.startswith("Which document? at least 50 fit, and the question needs one.")
    assert "and at least 42 more" in text
    fewer = refusal.model_copy(update={"reason": "which_document", "candidates": several[1:]})
    assert "at least" not in answer_text(fewer, 100)


def test_an_answer_without_references_says_so(answer: Answer) -> None:
    """Where the text cites nothing, that is said in place of a list."""
    bare = answer.claims[0].model_copy(update={"references": (), "carried": ()})
    text = answer_text(answer.model_copy(update={"references": (), "claims": (bare,)}), 100)
    assert "The text cites no reference there." in text
    assert "antibody.”\n" in text


def test_titles_are_told_where_there_are_several(answer: Answer) -> None:
    """With more than one document a claim names the one it stands in."""
    state = answer.corpus.model_copy(update={"documents": 2})
    assert "A review of vesicles" not in answer_text(answer, 100)
    assert "A review of vesicles" in answer_text(answer.model_copy(update={"corpus": state}), 100)


def test_what_a_cited_work_says_stands_below_the_claim(answer: Answer) -> None:
    """Each work's own sentence comes with its number, the verdict in words, its probability and where it stands."""
    told = [
        CitedSentence(number=1, level="abstract", text="They carry it.", score=0.83, verdict="supports"),
        CitedSentence(number=2, level="text", text="They\tdon't.", score=0.71, verdict="disagrees"),
    ]
    claim = answer.claims[0].model_copy(update={"cited": tuple(told)})
    text = answer_text(answer.model_copy(update={"claims": (claim,)}), 100)
    assert "    [1] supports this (0.83), in its abstract: “They carry it.”" in text
    assert "    [2] may disagree (0.71), in its text: “They" in text
    assert "supports this" not in answer_text(answer, 100)


@pytest.mark.parametrize("columns", [80, 100])
def test_lines_fit(answer: Answer, columns: int) -> None:
    """No line of words is longer than the terminal is wide."""
    lines = answer_text(answer, columns).split("\n")
    assert all(len(line) <= columns or line.strip().startswith("https://") for line in lines)


def test_confidence_in_words() -> None:
    """The word follows the number."""
    assert [confidence_text(x) for x in (0.9, 0.7, 0.2)] == ["high (0.90)", "fair (0.70)", "low (0.20)"]


def test_numbers_are_told_apart() -> None:
    """Carried numbers never look like printed ones, and no number gives no brackets."""
    assert numbers_text((38, 39), (40,)) == "[38, 39] [40, from a later sentence]"
    assert numbers_text((), ()) == ""


def test_passages_are_ranked(passage: RankedPassage) -> None:
    """A passage shows rank, score, place, text and numbers."""
    text = passages_text([passage], 100)
    assert text.startswith("  1. 0.83 · Table 1 · 4 Resistance to therapy · p. 7\n     Vesicles carry PD-L1")
    assert text.endswith("[1] [2, from a later sentence]")


def test_a_cited_paper_is_named(passage: RankedPassage) -> None:
    """A passage of a cited paper says which reference it is."""
    home = passage.document.model_copy(update={"reference": 38})
    assert "cited paper [38] · A review" in place_text(passage.model_copy(update={"document": home}))


def test_a_doubt_stands_with_its_claim(answer: Answer) -> None:
    """It follows the claim's place, before the references, once; other warnings stand below the answer."""
    line = "ref 1 doesn't seem to fit this statement; 81 does"
    doubt = Doubt(reference=1, score=0.1, reason="why", better=(81,), warning=line)
    claims = (answer.claims[0].model_copy(update={"doubts": (doubt,)}), *answer.claims[1:])
    doubted = answer.model_copy(update={"claims": claims, "warnings": (line, "Table 9 isn't there")})
    text = answer_text(doubted, 100)
    claim, told, references = text.index("antibody.” [1]"), text.index(f"  ! {line}\n"), text.index("References")
    assert claim < told < references < text.index("Note: Table 9 isn't there")
    assert text.count(line) == 1


def test_the_sentence_before_stands_before(answer: Answer) -> None:
    """What a claim leans on is shown before it with its own numbers, all of it indented, unless the claim
    before is that sentence."""
    context = Context(text="Cells were grown.", passage="p-0", start=0, end=17, references=(9,))
    claim = answer.claims[0].model_copy(update={"context": context})
    text = answer_text(answer.model_copy(update={"claims": (claim,)}), 100)
    assert "(before) “Cells were grown.” [9]\n  “Vesicles carry PD-L1" in text
    long = context.model_copy(update={"text": " ".join(["grown"] * 30)})
    told = answer_text(answer.model_copy(update={"claims": (claim.model_copy(update={"context": long}),)}), 80)
    assert "\n           grown grown" in told
    earlier = answer.claims[0].model_copy(update={"passage": "p-0", "text": "Cells were grown."})
    text = answer_text(answer.model_copy(update={"claims": (earlier, claim)}), 100)
    assert "(before)" not in text


def test_a_row_names_its_columns(answer: Answer) -> None:
    """Each cell follows its column, without quotes; one that only the row above prints says so; without heads the row
    is quoted as it is printed."""
    cells = (Cell(column="Drug", text="A"), Cell(column="", text="x"), Cell(column="Dose", text="5 mg"))
    claim = answer.claims[0].model_copy(update={"text": "A\tx\t5 mg", "cells": cells})
    assert "  (row) Drug: A | x | Dose: 5 mg [1]" in answer_text(answer.model_copy(update={"claims": (claim,)}), 100)
    claim = claim.model_copy(update={"text": "\t\t5 mg"})
    told = answer_text(answer.model_copy(update={"claims": (claim,)}), 100)
    assert "  (row) Drug (from above): A | (from above): x | Dose: 5 mg [1]" in told
    claim = claim.model_copy(update={"text": "A\tx\t5 mg"})
    claim = claim.model_copy(update={"cells": cells[1:2]})
    assert "“A | x | 5 mg”" in answer_text(answer.model_copy(update={"claims": (claim,)}), 100)


def test_a_long_row_has_a_line_for_each_cell(answer: Answer) -> None:
    """A row that one line doesn't hold is set cell by cell; what goes on is indented, and the numbers end the last."""
    cells = (
        Cell(column="Drug", text="A"),
        Cell(column="Effect", text=" ".join(["long"] * 20)),
        Cell(column="N", text="5"),
    )
    text = "\t".join(cell.text for cell in cells)
    claim = answer.claims[0].model_copy(update={"text": text, "cells": cells, "carried": ()})
    lines = answer_text(answer.model_copy(update={"claims": (claim,)}), 80).split("\n")
    at = lines.index("  (row) Drug: A")
    assert lines[at + 1].startswith("        Effect: long long")
    assert lines[at + 2].startswith("          long")
    assert lines[at + 3] == "        N: 5 [1]"


def test_what_is_missing_is_said(answer: Answer) -> None:
    """A part of the question that nothing answers stands at the top, in its own words."""
    lines = answer_text(answer.model_copy(update={"missing": ("how is it treated",)}), 100).split("\n")
    assert lines[1] == "Not answered: how is it treated"
