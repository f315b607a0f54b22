"""Check quotations, and sentences with figures, against a corpus: printed so, nearly so, or nowhere."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from evqa.corpus.corpus import Corpus
from evqa.errors import UsageError
from evqa.quoting.aligning import WORD, Alignment, align, weight
from evqa.quoting.draft import DraftSentence
from evqa.quoting.folding import Token, marker_end
from evqa.quoting.printed import Floats, Printed, printed
from evqa.quoting.quoted import fitted, quoted_tokens
from evqa.quoting.records import Check, CheckedKind, CheckedSentence, Difference, DraftPlace, QuotedPlace

LONGEST = 4_000
MOST_PLACES = 5
# Stretches that hold the most of the words and are compared; all that hold every word are, up to the second number.
COMPARED, COMPARED_IN_FULL = 12, 400
# Characters that three dots may stand for, and those that the text may have more than the quotation.
LEFT_OUT, MARGIN = 1_000, 60
# Of more dots the places left out are shorter, or the quotation isn't found in one piece.
MOST_GAPS = 5
# From this similarity on a place is near. Chosen on one half of the articles: docs/lab/quoting.md.
NEAR = 0.65
# A sentence with figures is near where so much of its words' weight stands in one place.
NEAR_FIGURES = 0.5


class _Found(NamedTuple):
    alignment: Alignment
    quoted: Sequence[Token]
    text: Sequence[Token]
    rows: range


def check_sentences(sentences: Iterable[str], corpus: Corpus) -> Check:
    """Check each sentence as a quotation; one that states figures may also be near in other words.

    Raises UsageError for one that holds no word or is longer than 4,000 characters.
    """
    texts = printed(corpus)
    return _check([checked(sentence, texts, _kind_of(sentence)) for sentence in sentences], corpus)


def check_draft(sentences: Iterable[DraftSentence], corpus: Corpus) -> Check:
    """Check the sentences of a draft, each with its place there."""
    texts = printed(corpus)
    found = []
    for sentence in sentences:
        place = DraftPlace(start=sentence.start, end=sentence.end, line=sentence.line)
        found.append(checked(sentence.text, texts, sentence.kind).model_copy(update={"draft": place}))
    return _check(found, corpus)


def _kind_of(sentence: str) -> CheckedKind:
    """A sentence in quotation marks, or without figures, is a quotation."""
    is_marked = sentence.strip()[:1] in '“”„«»"'
    return "quotation" if is_marked or not figures_of(quoted_tokens(sentence)) else "figures"


def _check(found: Sequence[CheckedSentence], corpus: Corpus) -> Check:
    verdicts = [sentence.verdict for sentence in found]
    return Check(
        verbatim=verdicts.count("verbatim"),
        near=verdicts.count("near"),
        absent=verdicts.count("absent"),
        sentences=tuple(found),
        corpus=corpus.state,
    )


def checked(sentence: str, texts: Printed, kind: CheckedKind = "quotation") -> CheckedSentence:
    """Check one sentence. Raises UsageError as `check_sentences` does."""
    if len(sentence) > LONGEST:
        raise UsageError(
            "the sentence", f"longer than {LONGEST:,} characters", "check a draft with --file, or its parts"
        )
    quoted = quoted_tokens(sentence)
    if not any(token.kind in ("word", "number") for token in quoted):
        raise UsageError("the sentence", "holds no word", "give a quotation of some words")
    found = _nearest(quoted, texts)
    if found and found[0].alignment.cost == 0:
        best = found[0]
        places = _distinct(_place(each, texts) for each in found if each.alignment.cost == 0)
        inserted = _inserted(sentence, best)
        return CheckedSentence(
            text=sentence, kind=kind, verdict="verbatim", similarity=1.0, inserted=inserted, places=places
        )
    if found and found[0].alignment.similarity >= NEAR:
        return _near(sentence, kind, found[0], texts)
    if kind == "figures" and (figures := _by_figures(sentence, quoted, texts)):
        return figures
    similarity = max(0.0, found[0].alignment.similarity) if found else 0.0
    return CheckedSentence(text=sentence, kind=kind, verdict="absent", similarity=round(similarity, 3))


def _near(sentence: str, kind: CheckedKind, best: _Found, texts: Printed) -> CheckedSentence:
    numbers = {token.form for token in best.text[best.alignment.start : best.alignment.end]}
    return CheckedSentence(
        text=sentence,
        kind=kind,
        verdict="near",
        similarity=round(best.alignment.similarity, 3),
        differences=tuple(_differences(sentence, best, texts)),
        inserted=_inserted(sentence, best),
        missing_numbers=tuple(form for form in figures_of(best.quoted) if form not in numbers),
        places=(_place(best, texts),),
    )


def _nearest(quoted: Sequence[Token], texts: Printed) -> list[_Found]:
    """The best alignments with the places that share the most with the quotation, best first.

    A place where more words are missing than the best alignment costs can't be better, so it isn't aligned.
    """
    found: list[_Found] = []
    # What costs more isn't near.
    best, verbatim = (1 - NEAR) * sum(map(weight, quoted)), 0
    for least, rows in _windows(quoted, texts):
        if least > best or verbatim >= MOST_PLACES or (found and least >= best > 0):
            break
        printed_tokens = [token for row in rows for token in texts.tokens_of(row)]
        fit = fitted(quoted, {token.form.lower() for token in printed_tokens})
        text = fitted_text(printed_tokens, fit)
        found.append(_Found(align(fit, text), fit, text, rows))
        best = min(best, found[-1].alignment.cost)
        verbatim += found[-1].alignment.cost == 0
    return sorted(found, key=lambda each: each.alignment.cost)


def _windows(quoted: Sequence[Token], texts: Printed) -> list[tuple[int, range]]:
    """The rows to compare with, and the least that the quotation can cost there; the least first."""
    forms = _forms(quoted)
    holding = texts.holding(forms)
    counted = [forms.index(each.form.lower()) for each in quoted if weight(each) and _is_looked_up(each)]
    broken = {_lowered(quoted[at + step]) for at, each in enumerate(quoted) if each.kind == "break" for step in (-1, 1)}
    sure = np.array([at for at in counted if forms[at] not in broken], dtype=np.int64)
    gaps = min(MOST_GAPS, sum(token.kind == "gap" for token in quoted))
    reach = quoted[-1].end - quoted[0].start + MARGIN + LEFT_OUT * gaps
    windows = {}
    for row in _candidates(forms, texts):
        rows = texts.around(row, reach)
        here = np.any(holding[sure, rows.start : rows.stop], axis=1)
        windows[rows] = WORD * int(np.count_nonzero(~here))
    return sorted(((least, rows) for rows, least in windows.items()), key=lambda each: each[0])


def _is_looked_up(token: Token) -> bool:
    """Whether a token stands in the index as it is: superscripts copied as plain text are glued to their words."""
    return token.kind == "number" or (token.kind == "word" and not token.form[-1].isdigit())


def _lowered(token: Token) -> str:
    return token.form.lower()


def fitted_text(text: Sequence[Token], quoted: Sequence[Token]) -> Sequence[Token]:
    """The text with words joined that a line end broke, where the quotation has them whole."""
    if not any(token.kind == "break" for token in text):
        return text
    return fitted(text, {token.form.lower() for token in quoted})


def _forms(quoted: Sequence[Token]) -> list[str]:
    """The words and numbers to look for, in the index's form: also those that a line end broke, joined."""
    forms = [token.form.lower() for token in quoted if token.kind in ("word", "number")]
    for before, at, after in zip(quoted, quoted[1:], quoted[2:], strict=False):
        if at.kind == "break":
            forms.append((before.form + after.form).lower())
    return list(dict.fromkeys(forms))


def _candidates(forms: Sequence[str], texts: Printed) -> list[int]:
    """Rows to compare with, best first: those that hold the most of the words, alone or with their neighbours."""
    scores = texts.scores(forms)
    if not scores.any():
        return []
    alone = _best(scores, COMPARED)
    full = np.flatnonzero(scores >= scores.max() - 1e-9)[:COMPARED_IN_FULL].tolist()
    return list(dict.fromkeys([*full, *alone, *_best(texts.together(scores), COMPARED)]))


def _best(scores: Floats, most: int) -> list[int]:
    rows = np.argsort(-scores, kind="stable")[:most]
    return [int(row) for row in rows if scores[row] > 0]


def _differences(sentence: str, found: _Found, texts: Printed) -> Iterator[Difference]:
    for region in found.alignment.regions:
        own = found.quoted[region.first : region.last]
        at = found.quoted[region.first - 1].end if region.first else 0
        start, end = (own[0].start, own[-1].end) if own else (at, at)
        stretch = found.text[region.start : region.end]
        shown = _printed_text(stretch[0].start, stretch[-1].end, found.rows, texts) if stretch else ""
        yield Difference(quoted=sentence[start:end], printed=shown, start=start, end=end)


def _inserted(sentence: str, found: _Found) -> tuple[str, ...]:
    """What stands in square brackets of the quotation and isn't printed there."""
    parts: list[list[Token]] = []
    for at in found.alignment.left_out:
        token = found.quoted[at]
        if token.form == "[" or not parts:
            parts.append([])
        parts[-1].append(token)
    return tuple(sentence[part[0].start : part[-1].end].strip("[] \t\n") for part in parts)


def _printed_text(start: int, end: int, rows: range, texts: Printed) -> str:
    """What is printed at offsets of a document, over the borders of stretches."""
    parts = []
    for row in rows:
        stretch = texts.stretches[row]
        if stretch.start < end and start < stretch.end:
            parts.append(stretch.text[max(0, start - stretch.start) : end - stretch.start])
    return " ".join(parts)


def _place(found: _Found, texts: Printed) -> QuotedPlace:
    text = found.text[found.alignment.start : max(found.alignment.end, found.alignment.start + 1)]
    return _place_at(text[0].start, text[-1].end, found.rows, texts)


def _place_at(start: int, end: int, rows: Iterable[int], texts: Printed) -> QuotedPlace:
    touched = [row for row in rows if texts.stretches[row].start < end and start < texts.stretches[row].end]
    first = texts.stretches[touched[0]]
    sentences = [sentence for row in touched for sentence in texts.stretches[row].sentences]
    numbers = [number for begin, stop, own in sentences if begin < end and start < stop for number in own]
    return QuotedPlace(
        document=first.document,
        section=first.section,
        page=first.page,
        kind=first.kind,
        label=first.label,
        passage=first.passage,
        start=start,
        end=end,
        text=_printed_text(start, end, range(touched[0], touched[-1] + 1), texts),
        references=tuple(dict.fromkeys(numbers)),
    )


def _distinct(places: Iterable[QuotedPlace]) -> tuple[QuotedPlace, ...]:
    """The places, each once, at most `MOST_PLACES`."""
    found: dict[tuple[str, int], QuotedPlace] = {}
    for place in places:
        found.setdefault((place.document.id, place.start), place)
    return tuple(found.values())[:MOST_PLACES]


def figures_of(found: Sequence[Token]) -> list[str]:
    """The numbers that a sentence states, without those of markers."""
    figures: list[str] = []
    at = 0
    while at < len(found):
        end = marker_end(found, at)
        if end == at + 1 and found[at].kind == "number":
            figures.append(found[at].form)
        at = end
    return list(dict.fromkeys(figures))


def _by_figures(sentence: str, quoted: Sequence[Token], texts: Printed) -> CheckedSentence | None:
    """The place that states the figures of a sentence in other words; None where no place has its words."""
    forms, figures = _forms(quoted), figures_of(quoted)
    words = [form for form in forms if not form[0].isdigit()]
    whole = sum(map(texts.weight, words)) + sum(texts.weight(form) == 0 for form in words) * _unknown(texts)
    if not whole:
        return None
    scores = texts.scores(words)
    best: tuple[float, int, list[str]] | None = None
    for row in _best(scores, COMPARED):
        missing = [form for form in figures if form not in {token.form for token in texts.tokens_of(row)}]
        share = scores[row] / whole
        known = len(figures) - len(missing)
        worth = share + known / max(1, len(figures))
        if share >= NEAR_FIGURES and (best is None or worth > best[0]):
            best = worth, row, missing
    if best is None:
        return None
    _, row, missing = best
    stretch = texts.stretches[row]
    share = float(scores[row] / whole)
    return CheckedSentence(
        text=sentence,
        kind="figures",
        verdict="near",
        similarity=round(share, 3),
        differences=tuple(_missing(sentence, quoted, missing)),
        missing_numbers=tuple(missing),
        places=(_place_at(stretch.start, stretch.end, [row], texts),),
    )


def _unknown(texts: Printed) -> float:
    """The weight of a word that the corpus doesn't have: that of one that it has once."""
    return float(np.log(1 + len(texts.stretches)))


def _missing(sentence: str, quoted: Sequence[Token], missing: Sequence[str]) -> Iterator[Difference]:
    for token in quoted:
        if token.kind == "number" and token.form in missing:
            yield Difference(quoted=sentence[token.start : token.end], printed="", start=token.start, end=token.end)
