"""Answers, refusals and ranked passages as text for a terminal."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from shlex import quote as quoted

from api.text.entry import entry_text
from api.text.phrasing import phrasing_lines
from api.text.terminal import bold, dim, in_cells, printable, wrapped
from evqa.answer import MOST_CANDIDATES
from evqa.language.number_list import number_list
from evqa.model import Answer, Cell, CitedSentence, Claim, Passage, RankedPassage, Reference
from evqa.works.standing import is_grave, standing_text

SURE, LIKELY = 0.85, 0.6
NEAREST = 3
# Documents that are listed where a question needs one of several.
LISTED = 8
EXCERPT = 400
BEFORE, ROW = "  (before) ", "  (row) "
# Said of a cell that the row doesn't print, since it continues the one above.
ABOVE = "(from above)"
VERDICTS = {"supports": "supports this", "unclear": "is near, but unclear", "disagrees": "may disagree"}


def answer_text(answer: Answer, columns: int) -> str:
    """The whole answer: claims with their numbers and places, then the references. Or the refusal."""
    # A doubt about a citation, or a marker that isn't resolved, is told with its claim.
    told = {line for claim in answer.claims for line in _marks(claim)}
    warnings = [warning for warning in answer.warnings if warning not in told]
    body = _answered(answer, columns) if answer.status == "answered" else _refused(answer, columns)
    counted = [answer.note] if answer.note else []
    notes = [line for note in (*counted, *warnings) for line in wrapped(f"Note: {note}", columns)]
    return "\n".join([*body, *(["", *notes] if notes else [])])


def passages_text(passages: Iterable[RankedPassage], columns: int) -> str:
    """Ranked passages with score, place and numbers, separated by blank lines."""
    return "\n\n".join("\n".join(_ranked(passage, columns)) for passage in passages)


def confidence_text(confidence: float) -> str:
    """Such as high (0.91), fair (0.70) or low (0.30)."""
    word = "high" if confidence >= SURE else "fair" if confidence >= LIKELY else "low"
    return f"{word} ({confidence:.2f})"


def numbers_text(direct: Iterable[int], carried: Iterable[int] = ()) -> str:
    """Such as [38, 39] [40, from a later sentence]; "" when nothing is cited."""
    printed = ", ".join(str(number) for number in direct)
    later = ", ".join(str(number) for number in carried)
    parts = (f"[{printed}]" if printed else "", f"[{later}, from a later sentence]" if later else "")
    return " ".join(part for part in parts if part)


def place_text(passage: Passage, titled: bool = False) -> str:
    """The place of a passage: "Table 1 · 4 Resistance to therapy · p. 7", with `titled` the document's title, too."""
    section = passage.section
    heading = " ".join(part for part in (section.number, section.title) if part) if section else ""
    page = f"p. {passage.page}" if passage.page else ""
    paper = f"cited paper [{passage.document.reference}]" if passage.document.reference else ""
    title = passage.document.title if titled or paper else ""
    return " · ".join(part for part in (passage.label, heading, page, paper, title) if part)


def _answered(answer: Answer, columns: int) -> list[str]:
    titled = answer.corpus.documents > 1
    passages = {passage.id: passage for passage in answer.passages}
    head = "Answer" if answer.confidence >= LIKELY else "Perhaps an answer"
    lines = [bold(head) + f" · confidence {confidence_text(answer.confidence)}"]
    lines += [bold(line) for part in answer.missing for line in wrapped(f"Not answered: {part}", columns)]

    def shown(place: int) -> list[str]:
        return _shown(answer, place, passages, titled, columns)

    if answer.phrasing:
        lines += phrasing_lines(answer.phrasing, columns, shown)
    else:
        lines += [line for place in range(len(answer.claims)) for line in shown(place)]
    homes = {passage.document.id: passage.document.title for passage in answer.passages} if titled else {}
    if not answer.references and any(claim.unresolved for claim in answer.claims):
        return [*lines, "", "What the text cites there isn't known."]
    return [*lines, *_bibliography(answer.references, homes, columns)]


def _shown(answer: Answer, place: int, passages: dict[str, RankedPassage], titled: bool, columns: int) -> list[str]:
    """A claim with all that belongs to it, after an empty line."""
    claim = answer.claims[place]
    last = answer.claims[place - 1].passage if place else ""
    # What was just shown needn't be shown again.
    context = [] if claim.context is None or claim.context.passage == last else _context(claim, columns)
    lines = ["", *context, *_claimed(claim, passages.get(claim.passage), columns)]
    lines += _placed(claim, passages, titled, columns)
    lines += [line for mark in _marks(claim) for line in wrapped(mark, columns, "  ! ", "    ")]
    return lines + [line for each in claim.cited for line in _said(each, columns)]


def _marks(claim: Claim) -> list[str]:
    """What is doubtful or missing about the numbers of a claim, in lines that stand among the warnings, too."""
    return [doubt.warning for doubt in claim.doubts] + [gap.warning for gap in claim.unresolved]


def _placed(claim: Claim, passages: dict[str, RankedPassage], titled: bool, columns: int) -> list[str]:
    passage = passages.get(claim.passage)
    if passage is None:
        return []
    return [*wrapped(place_text(passage, titled), columns, "  — ", "    "), *_link(passage)]


def _link(passage: RankedPassage, indent: str = "    ") -> list[str]:
    """Where the page opens in the library that the document came from."""
    return [dim(f"{indent}{printable(passage.link)}")] if passage.link else []


def _claimed(claim: Claim, passage: Passage | None, columns: int) -> list[str]:
    """The statement, followed by its numbers. A cited paper's own statement follows its number."""
    numbers = numbers_text(claim.references, claim.carried)
    if passage and passage.kind == "paper":
        return wrapped(f"{numbers} in the cited paper: “{in_cells(claim.text)}”", columns, "  ", "  ")
    if any(cell.column for cell in claim.cells):
        return _row(claim, numbers, columns)
    return wrapped(f"“{in_cells(claim.text)}”", columns, "  ", "  ", numbers)


def _said(cited: CitedSentence, columns: int) -> list[str]:
    """What a cited work says itself, with the verdict: "[38] supports this (0.83), in its abstract: “…”"."""
    head = f"[{cited.number}] {VERDICTS[cited.verdict]} ({cited.score:.2f}), in its {cited.level}:"
    shown = bold if cited.verdict == "disagrees" else dim
    return [shown(line) for line in wrapped(f"{head} “{in_cells(cited.text)}”", columns, "    ", "    ")]


def _context(claim: Claim, columns: int) -> list[str]:
    """The sentence that the claim leans on, with its own numbers, dimmed."""
    if claim.context is None:
        return []
    numbers = numbers_text(claim.context.references, claim.context.carried)
    shown = wrapped(f"“{in_cells(claim.context.text)}”", columns, BEFORE, " " * len(BEFORE), numbers)
    return [dim(line) for line in shown]


def _row(claim: Claim, numbers: str, columns: int) -> list[str]:
    """The cells of a row, each after its column: "(row) Drug: A | Dose: 5 mg"; one a line where a line doesn't hold
    them. Not in quotes, since heads and what continues from above aren't printed in it."""
    printed = claim.text.split("\t")
    named = [_cell(cell, cell.text in printed) for cell in claim.cells]
    if len(lines := wrapped(" | ".join(named), columns, ROW, "", numbers)) == 1:
        return lines
    margin = " " * len(ROW)
    indents = [ROW, *[margin] * (len(named) - 1)]
    tails = [*[""] * (len(named) - 1), numbers]
    each = zip(named, indents, tails, strict=True)
    return [line for cell, indent, tail in each for line in wrapped(cell, columns, indent, f"{margin}  ", tail)]


def _cell(cell: Cell, is_printed: bool) -> str:
    head = " ".join(part for part in (cell.column, "" if is_printed else ABOVE) if part)
    return f"{head}: {cell.text}" if head else cell.text


def _bibliography(references: Sequence[Reference], homes: dict[str, str], columns: int) -> list[str]:
    """The entries, each with the title of its document if there are several documents."""
    remarks = ((reference, homes.get(reference.document or "", "")) for reference in references)
    entries = [
        line
        for reference, home in remarks
        for line in entry_lines(reference, columns, f"cited in {home}" if home else "")
    ]
    if not entries:
        return ["", "The text cites no reference there."]
    unchecked = unchecked_line(references)
    return ["", bold("References"), *entries, *([dim(f"  ({unchecked})")] if unchecked else [])]


def entry_lines(reference: Reference, columns: int, remark: str = "") -> list[str]:
    """An entry under its number, wrapped, followed by a remark in brackets; below it, whether its work still stands.

    That is left out where it was never checked: who prints the entries says so of all of them (`unchecked_line`).
    """
    text = f"{entry_text(reference)} ({remark})" if remark else entry_text(reference)
    return [*wrapped(text, columns, f"  [{reference.number}] ", "       "), *_status_lines(reference, columns)]


def _status_lines(reference: Reference, columns: int) -> list[str]:
    if not reference.status:
        return []
    shown = bold if is_grave(reference.status) else dim
    mark = "     ! " if is_grave(reference.status) else "       "
    told = standing_text(reference.status, datetime.now(UTC).date())
    return [shown(line) for line in wrapped(told, columns, mark, "       ")]


def unchecked_line(references: Sequence[Reference]) -> str:
    """Which of some entries were never checked for retraction; "" if all were, or nobody can know."""
    numbers = [each.number for each in references if each.status is None and "status" in each.model_fields_set]
    if not numbers:
        return ""
    which = "none of these was" if len(numbers) == len(references) else f"{number_list(numbers)} {_were(numbers)}"
    return f"{which} checked for retraction; `evqa enrich --status` does it"


def _were(numbers: Sequence[int]) -> str:
    return "wasn't" if len(numbers) == 1 else "weren't"


def _which(answer: Answer, columns: int) -> list[str]:
    """The documents of which the question needs one, and how to ask again."""
    head = f"Which document? {_how_many(answer)} fit, and the question needs one."
    lines = [bold(line) for line in wrapped(head, columns)]
    for each in answer.candidates[:LISTED]:
        lines += [
            "",
            *wrapped(f"“{in_cells(each.title)}”", columns, "  ", "   "),
            *wrapped(each.name, columns, "  — ", "    "),
        ]
    if more := _more(answer):
        lines += ["", f"  {more}"]
    example = quoted(answer.candidates[0].name)
    again = f"Ask again with --document and a file's name or words of a title, such as --document {example}"
    return [*lines, "", *wrapped(again, columns)]


def which_document_line(answer: Answer) -> str:
    """The documents of which the question needs one, in one line; "" for an answer that doesn't ask back."""
    if answer.reason != "which_document":
        return ""
    several = [f"“{in_cells(each.title)}” ({each.name})" for each in answer.candidates[:LISTED]]
    listed = " ".join(filter(None, [", ".join(several), _more(answer)]))
    return f"the question needs one document, and {_how_many(answer)} fit: {listed}"


def _how_many(answer: Answer) -> str:
    """The number of candidates: "3", or "at least 50" where an answer names no more."""
    count = len(answer.candidates)
    return f"at least {count}" if count >= MOST_CANDIDATES else str(count)


def _more(answer: Answer) -> str:
    """The number of candidates that aren't listed, "and 2 more"; "" if all are."""
    more = len(answer.candidates) - LISTED
    at_least = "at least " if len(answer.candidates) >= MOST_CANDIDATES else ""
    return f"and {at_least}{more} more" if more > 0 else ""


def _refused(answer: Answer, columns: int) -> list[str]:
    if answer.reason == "which_document":
        return _which(answer, columns)
    head = f"The corpus doesn't answer this question (confidence {confidence_text(answer.confidence)})."
    nearest = [line for passage in answer.passages[:NEAREST] for line in ["", *_ranked(passage, columns)]]
    return [*wrapped(head, columns), *(["", bold("Nearest passages"), *nearest[1:]] if nearest else [])]


def _ranked(passage: RankedPassage, columns: int) -> list[str]:
    head = f"{passage.rank}. {passage.score:.2f} · {place_text(passage)}".removesuffix(" · ")
    shown = in_cells(passage.text)
    text = shown if len(shown) <= EXCERPT else f"{shown[:EXCERPT].rsplit(' ', 1)[0]} …"
    body = wrapped(text, columns, "     ", "     ", _cited(passage))
    return [*wrapped(head, columns, "  ", "     "), *body, *_link(passage, "     ")]


def _cited(passage: Passage) -> str:
    carried = {number for statement in passage.sentences for number in statement.carried}
    return numbers_text(passage.references, sorted(carried - set(passage.references)))
