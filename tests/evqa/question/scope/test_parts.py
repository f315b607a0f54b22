"""Parts of a document that questions name."""

import time

import pytest
from hypothesis import given, settings

from evqa.language.words import stems
from evqa.model import Outline, Section
from evqa.question.scope.part import NamedPart, merged
from evqa.question.scope.parts import find_parts
from evqa.question.scope.roles import role_sections
from tests.evqa.invented import BREAD_OUTLINE, SLEEP_OUTLINE, TEXTS
from tests.evqa.questions import ANY_TEXT, LONG_TEXTS


def part(question: str, outline: Outline = BREAD_OUTLINE) -> NamedPart | None:
    return merged(find_parts(question, [outline]))


def heads(question: str, outline: Outline = BREAD_OUTLINE) -> list[str]:
    """First line of each stretch that the question names."""
    found = part(question, outline)
    text = TEXTS[outline.document.id]
    return [text[span.start : span.end].split("\n")[0] for span in found.spans] if found else []


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("According to the abstract, what lowers blood sugar?", "Abstract"),
        ("What does the abstract say about fermentation?", "Abstract"),
        ("Per the abstract, which bread is best?", "Abstract"),
        ("Abstract: what helps most?", "Abstract"),
        ("In the paper's abstract, what helps?", "Abstract"),
        ("What is stated in the abstract of this review?", "Abstract"),
        ("In the introduction, what do bakers keep?", "1 Introduction"),
        ("How does the introduction open?", "1 Introduction"),
        ("what is in the intro", "1 Introduction"),
        ("What do the introductory paragraphs say?", "1 Introduction"),
        ("what is said at the start of the review?", "1 Introduction"),
        ("How does the review begin?", "1 Introduction"),
        ("last paragraph of the introduction", "1 Introduction"),
        ("How was the search done according to the methods?", "2 Methods"),
        ("Methods: how many databases?", "2 Methods"),
        ("in the methods section", "2 Methods"),
        ("according to the results", "3 Results"),
        ("What was in the results section?", "3 Results"),
        ("the first sentence of the discussion", "4 Discussion"),
        ("What does the review's discussion say about colour?", "4 Discussion"),
        ("What do the authors write in the Discussion section?", "4 Discussion"),
        ("Discussion - what decides colour?", "4 Discussion"),
        ("In the conclusion, what remains debated?", "5 Conclusions"),
        ("What do the conclusions say about gluten?", "5 Conclusions"),
        ("In conclusion, what is debated?", "5 Conclusions"),
        ("What stands in the closing part?", "5 Conclusions"),
        ("the last section", "5 Conclusions"),
        ("in the concluding remarks", "5 Conclusions"),
        ("what is said at the end of the article?", "5 Conclusions"),
        ("How does the paper close?", "5 Conclusions"),
        ("What does the review say at its end?", "5 Conclusions"),
        ("Who is named in the funding statement?", "Funding"),
        ("Funding information: who paid?", "Funding"),
        ("Who paid? (Funding)", "Funding"),
        ("In their closing remarks, what is debated?", "5 Conclusions"),
        ("Opening lines: what do bakers keep?", "1 Introduction"),
        ("What do the authors' own conclusions say?", "5 Conclusions"),
        ("Who screened? Methods section please", "2 Methods"),
    ],
)
def test_role(question: str, head: str) -> None:
    """A part is known by its role, however the question words it."""
    assert heads(question) == [head]


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("What does section 3 say?", "3 Results"),
        ("In Section 3.1, what does yeast do?", "3.1 Acidification of the dough"),
        ("Sect. 2", "2 Methods"),
        ("§ 2", "2 Methods"),
        ("chapter two", "2 Methods"),
        ("section no. 4", "4 Discussion"),
        ("section IV", "4 Discussion"),
        ("the third section", "3 Results"),
    ],
)
def test_section_by_number(question: str, head: str) -> None:
    """A section is known by its number: figure, word, Roman or ordinal."""
    assert heads(question) == [head]


def test_sections_counted() -> None:
    """Where no section is numbered, they are counted; the abstract is none of them."""
    assert heads("section 2", SLEEP_OUTLINE) == ["Regulatory T cells at night"]
    assert heads("the first section", SLEEP_OUTLINE) == ["Dosing and timing"]


def test_several_sections() -> None:
    """A list or range of sections is all of them."""
    assert heads("Compare sections 3 and 4") == ["3 Results", "4 Discussion"]
    assert heads("what is in sections 2-4?") == ["2 Methods", "3 Results", "4 Discussion"]


def test_section_holds_its_subsections() -> None:
    """A stretch runs to the next heading of its level: section 3 holds 3.2."""
    found = part("section 3")
    assert found is not None
    assert "3.2 Glycaemic response" in TEXTS["d-bread"][found.spans[0].start : found.spans[0].end]
    assert "4 Discussion" not in TEXTS["d-bread"][found.spans[0].start : found.spans[0].end]


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("What does the section on dosing advise?", "Dosing and timing"),
        ("in the dosing part, which dose works?", "Dosing and timing"),
        ("How much melatonin does the dosing chapter advise?", "Dosing and timing"),
        ("What does the part about timing recommend?", "Dosing and timing"),
        ("Dosing and timing: which dose works?", "Dosing and timing"),
        ('In "Dosing and timing", which dose works?', "Dosing and timing"),
        ("What is said under “Dosing and timing”?", "Dosing and timing"),
        ("what is advised under Dosing and timing", "Dosing and timing"),
        ("under the heading TGF-β and other signals", "TGF-β and other signals"),
        ("what is in the section about TGF-beta", "TGF-β and other signals"),
        ("according to the section on regulatory T cells", "Regulatory T cells at night"),
        ("the Treg section", "Regulatory T cells at night"),
        ("the section on Tregs", "Regulatory T cells at night"),
        ("what is promised in the outlook?", "Outlook"),
    ],
)
def test_topical_heading(question: str, head: str) -> None:
    """A section is known by what its heading says, Greek spelled or not, abbreviated or not."""
    assert heads(question, SLEEP_OUTLINE) == [head]


def test_roles_without_headings() -> None:
    """With headings by topic the first of the body is the introduction, the last the conclusion."""
    assert heads("in the introduction", SLEEP_OUTLINE) == ["Dosing and timing"]
    assert heads("in the conclusion", SLEEP_OUTLINE) == ["Outlook"]
    assert heads("the closing part", SLEEP_OUTLINE) == ["Outlook"]
    assert heads("according to the abstract", SLEEP_OUTLINE) == ["Summary"]
    assert heads("in the discussion", SLEEP_OUTLINE) == []


def test_summary_at_the_end() -> None:
    """ "Summary" up front is the abstract, at the end it is a conclusion."""
    titles = ["Summary", "Ovens", "Flour", "Summary"]
    sections = tuple(Section(title=title, start=n, end=n + 1) for n, title in enumerate(titles))
    outline = BREAD_OUTLINE.model_copy(update={"sections": sections})
    assert role_sections(outline, "abstract") == sections[:1]
    assert role_sections(outline, "conclusion") == sections[3:]


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("What is stated in Table 1?", ["Table 1"]),
        ("TABLE 1 rows on adults", ["Table 1"]),
        ("what does tab. 1 show?", ["Table 1"]),
        ("Table I", ["Table 1"]),
        ("Table one lists what?", ["Table 1"]),
        ("table no. 2", ["Table 2"]),
        ("table 2b", ["Table 2"]),
        ("the results of Table 2", ["Table 2"]),
        ("What does the second table list?", ["Table 2"]),
        ("the last table", ["Table 2"]),
        ("Tables 1 and 2: which acids?", ["Table 1", "Table 2"]),
        ("What do the tables 1–2 show?", ["Table 1", "Table 2"]),
        ("What does the table on glycaemia show?", ["Table 1"]),
        ("the glycaemia table", ["Table 1"]),
        ("the table of starter cultures", ["Table 2"]),
        ("In the table about starter cultures, which acid?", ["Table 2"]),
        ("which table lists cultures?", ["Table 1", "Table 2"]),
        ("Is there a table?", ["Table 1", "Table 2"]),
        ("figure 1", ["Figure 1"]),
        ("Fig. 1", ["Figure 1"]),
        ("What does the figure show?", ["Figure 1"]),
        ("Figure caption: what is drawn?", ["Figure 1"]),
        ("the diagram", ["Figure 1"]),
        ("below the first table", ["Table 1"]),
        ("first-table entry on adults", ["Table 1"]),
        ("the 2nd table's third column", ["Table 2"]),
        ("in the footnote of table 2", ["Table 2"]),
        ("the final table", ["Table 2"]),
        ("the overview table", ["Table 1", "Table 2"]),
        ("Glycaemia table: who took part?", ["Table 1"]),
        ("legend of the first illustration", ["Figure 1"]),
        ("Which figure shows the acid?", ["Figure 1"]),
    ],
)
def test_table_or_figure(question: str, labels: list[str]) -> None:
    """Tables and figures are known by number, by place, by what they show, or any will do."""
    found = part(question)
    assert found is not None
    assert list(found.labels) == labels
    assert found.problem is None


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("Table 7", "there is no Table 7 here: the corpus has Table 1, Table 2"),
        ("the third table", "there is no Table 3 here: the corpus has Table 1, Table 2"),
        ("Tables 2 and 7", "there is no Table 7 here: the corpus has Table 1, Table 2"),
        ("Supplementary Table 1", "there is no Table S1 here: the corpus has Table 1, Table 2"),
        ("Table S1", "there is no Table S1 here: the corpus has Table 1, Table 2"),
        ("Figure 2 shows what?", "there is no Figure 2 here: the corpus has Figure 1"),
        ("section 9", "there is no section 9 here: the sections are 1, 2, 3, 4, 5"),
        ("what does section 3.7 say?", "there is no section 3.7 here: the sections are 1, 2, 3, 4, 5"),
        ("the eighth section", "there is no eighth section"),
    ],
)
def test_missing_part(question: str, problem: str) -> None:
    """A numbered part that no document has is a problem that names what there is."""
    found = part(question)
    assert found is not None
    assert found.problem == problem
    assert found.spans == ()


@pytest.mark.parametrize(
    "question",
    [
        "What conclusions can be drawn?",
        "results of the trial",
        "What were the results of the trial?",
        "What were the methods of fermentation?",
        "According to the methods of Lindqvist, what is sour?",
        "Which findings support long fermentation?",
        "a table of contents",
        "introduction of starter cultures",
        "the introduction of starter cultures into bakeries",
        "abstract thinking",
        "a discussion of crust",
        "the background level of glucose",
        "a key figure in baking",
        "Which figure of merit is used?",
        "Which figures are given for sales?",
        "the abstract concept of taste",
        "the first section of the loaf",
        "How deep is the water table?",
        "figure out how sugar falls",
        "table salt and bread",
        "the dinner table",
        "the figure of 20 %",
        "a section of intestine",
        "cross section of the bread",
        "after a caesarean section 3 weeks ago",
        "What role plays the last part of the fermentation?",
        "the end of the fermentation",
        "part of the dough",
        "In bread, what matters?",
        "Does sleep summary matter under stress?",
        "",
    ],
)
def test_everyday_words(question: str) -> None:
    """Everyday words that are also names of parts limit nothing."""
    assert part(question) is None


def test_topic_stays_outside() -> None:
    """What a table or section is about remains content; only the words for the part are taken."""
    question = "What does the section on dosing advise?"
    [found] = find_parts(question, [SLEEP_OUTLINE])
    assert question[found.start : found.end] == "the section on "
    question = "What does the acid do in the acidification section?"
    [found] = find_parts(question, [BREAD_OUTLINE])
    assert question[found.start : found.end] == "in the acidification section"


def test_two_documents() -> None:
    """A part that several documents have is looked up in all of them."""
    found = merged(find_parts("according to the abstract", [BREAD_OUTLINE, SLEEP_OUTLINE]))
    assert found is not None
    assert [span.document for span in found.spans] == ["d-bread", "d-sleep"]


def test_two_parts() -> None:
    """Several named parts come in order and are merged into one."""
    parts = find_parts("Compare the abstract with Table 2 and the discussion", [BREAD_OUTLINE])
    assert [each.name for each in parts] == ["abstract", "Table 2", "discussion"]
    whole = merged(parts)
    assert whole is not None
    assert (len(whole.spans), whole.labels) == (2, ("Table 2",))
    assert merged([]) is None


def test_stems() -> None:
    """Five letters of each word that carries meaning, digits kept."""
    assert stems("the table of glycaemic trials with CD8") == {"glyca", "trial", "cd8"}


@settings(deadline=None)
@given(ANY_TEXT)
def test_any_question(question: str) -> None:
    """Whatever the text, parts lie inside it in order, apart from each other."""
    end = 0
    for each in find_parts(question, [BREAD_OUTLINE, SLEEP_OUTLINE]):
        assert end <= each.start < each.end <= len(question)
        end = each.end
        assert each.spans or each.labels or each.problem


def test_no_slow_question() -> None:
    """Degenerate questions of full length take moments."""
    began = time.process_time()
    for question in LONG_TEXTS:
        find_parts(question, [BREAD_OUTLINE, SLEEP_OUTLINE])
    assert time.process_time() - began < 5
