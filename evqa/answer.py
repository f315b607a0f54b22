"""Answer a question from a corpus with verbatim claims, or say that it doesn't answer it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import chain, islice

from evqa.answering.cells import cells_of
from evqa.answering.choosing import CUTS, Cuts, choose, claims_of, numbers_of
from evqa.answering.completing import completed
from evqa.answering.documents import alike
from evqa.answering.doubts import doubted, warnings
from evqa.answering.gaps import gap_warnings, with_gaps
from evqa.answering.judging import judged
from evqa.answering.leaning import context_of
from evqa.answering.paper_passages import paper_passages
from evqa.answering.ranking import SCORING, Ranked, Ranking, Scoring, named_papers, rank, rank_papers
from evqa.answering.recognised import recognised_warnings
from evqa.answering.verified import with_cited
from evqa.corpus.corpus import Corpus, Filter
from evqa.corpus.naming import names_of
from evqa.corpus.own_fit import unfitted, with_own_fit
from evqa.corpus.views import View, apart, views
from evqa.derived import derived
from evqa.errors import UsageError
from evqa.fitted import fitted
from evqa.language.framing import blanked
from evqa.language.words import words
from evqa.model import Answer, Claim, Filters, Home, Outline, Passage, RankedPassage, Reference
from evqa.question.filtering import filtered
from evqa.question.one_document import document_in, documents_for, is_of_one
from evqa.question.two_parts import parts_of
from evqa.question.understanding import FINDERS, Finders, Understanding, understand
from evqa.refusal.confidence import observed, probability, threshold
from evqa.refusal.relevance import judged_confidence
from evqa.works.standing import status_warnings

LONGEST = 2_000
# Where the next documents come to this share of the best one's score, a question doesn't tell them apart: one about a
# named part, and one about what a document says of itself.
ALIKE_IN_PART, ALIKE = 0.7, 0.85
# Documents that are named where a question needs one. Where so many are named, there may be more.
MOST_CANDIDATES = 50
# A cited paper answers only by a passage with at least this late-interaction score. Among many papers, some passage
# is always a little near.
NEAR_ENOUGH = 0.39


@dataclass(frozen=True)
class Steps:
    """The steps of answering that an ablation may replace. The product always uses these defaults."""

    finders: Finders = FINDERS
    scoring: Scoring = SCORING
    cuts: Cuts = CUTS
    claims_of: Callable[[Passage], list[Claim]] = claims_of
    observed: Callable[[Understanding, Ranking, Corpus], tuple[float, ...] | None] = observed
    probability: Callable[[Sequence[float]], float] = probability


STEPS = Steps()


@with_own_fit
def ask(question: str, corpus: Corpus, k: int = 5, filters: Filters | None = None, *, steps: Steps = STEPS) -> Answer:
    """Answer a question, or refuse: claims with their references, and the k best passages.

    More than k passages are returned where the claims come from more. `filters`: what of the corpus it is put to.
    Raises UsageError when the question is empty or longer than 2,000 characters, and for a filter that fits nothing.
    """
    check_question(question)
    corpus = filtered(corpus, filters)
    result = _find(question, corpus, steps)
    whole = _chosen(result, corpus, steps)
    parts = _parts(question, result, corpus, steps) if whole else {}
    chosen = _joined(whole, parts.values(), corpus, steps)
    if chosen and result.papers:
        chosen = [*chosen, *_not_chosen(paper_passages(result.asked, chosen, result.papers), chosen)]
    homes = {each.passage.id: each.passage.document for each in chosen}
    claims = doubted([claim for each in chosen for claim in _claims(each, corpus, steps)], homes, corpus)
    claims = with_cited(with_gaps(claims, homes, corpus), homes, corpus)
    gaps = gap_warnings(result.asked, claims, homes, corpus)
    recognised = recognised_warnings((each.passage for each in chosen), corpus)
    entries = _entries(result.asked, claims, homes, corpus)
    verdict = result.ranking.verdict
    return Answer(
        question=question,
        status="answered" if claims else "insufficient_evidence",
        confidence=result.confidence,
        answer=" ".join(_quoted(claim, homes[claim.passage]) for claim in claims),
        note=_counted(result.asked, claims, result.leading) if claims else None,
        missing=_missing(parts, chosen),
        claims=tuple(claims),
        references=entries,
        passages=_passages(chain(chosen, _not_chosen(result.ranked, chosen)), max(k, len(chosen))),
        warnings=(
            *result.asked.problems,
            *dict.fromkeys(chain(result.problems, *(part.problems for part in parts.values()))),
            *warnings(claims),
            *gaps,
            *status_warnings(entries),
            *recognised,
            *unfitted(corpus),
        ),
        judge=verdict and verdict.judge,
        reason="which_document" if result.candidates else None,
        candidates=names_of(_chosen_outlines(result.candidates[:MOST_CANDIDATES], corpus.outlines())),
        filters=filters,
        corpus=corpus.state,
    )


def _chosen(result: "_Result", corpus: Corpus, steps: Steps) -> list[Ranked]:
    """The passages that answer, with what belongs to them; none where the confidence is too low."""
    chosen = choose(result.asked, result.ranking.ranked, steps.cuts) if _is_enough(result) else []
    return completed(result.asked, chosen, result.ranking.ranked, corpus)


def _parts(question: str, result: "_Result", corpus: Corpus, steps: Steps) -> dict[str, "_Result"]:
    """What is found for each question that a question joins, by its words; none where it is one, as is one that names
    where to look."""
    asked = result.asked.kind
    parts = parts_of(question) if asked.by == "content" and not asked.is_narrowed else ()
    return {part.words: _find(part.question, corpus, steps) for part in parts}


def _joined(whole: Sequence[Ranked], parts: Iterable["_Result"], corpus: Corpus, steps: Steps) -> list[Ranked]:
    """The passages that answer a question as a whole, and those of each part whose best isn't among them."""
    chosen = list(whole)
    for part in parts:
        found = _chosen(part, corpus, steps)
        if found and not _is_among(found[0], chosen):
            chosen += _not_chosen(found, chosen)
    return chosen


def _missing(parts: Mapping[str, "_Result"], chosen: Sequence[Ranked]) -> tuple[str, ...]:
    """The words of the parts that would be refused by themselves, and whose best passage isn't quoted for another one.

    Something is answered where the whole is: if that is said of all parts, it can't be told which.
    """
    missing = [
        asked
        for asked, part in parts.items()
        if not _is_enough(part) and not any(_is_among(best, chosen) for best in part.ranked[:1])
    ]
    return tuple(missing) if len(missing) < len(parts) else ()


def _is_among(one: Ranked, chosen: Sequence[Ranked]) -> bool:
    """Whether the passage is quoted."""
    return any(each.passage.id == one.passage.id for each in chosen)


def _claims(each: Ranked, corpus: Corpus, steps: Steps) -> list[Claim]:
    """The claims of a passage, with the relevance that the judge gave it, what they lean on, and named cells."""
    added = {
        "relevance": each.relevance,
        "context": context_of(each.passage, corpus),
        "cells": cells_of(each.passage, corpus.outlines()),
    }
    return [claim.model_copy(update=added) for claim in steps.claims_of(each.passage)]


@with_own_fit
def search(
    question: str, corpus: Corpus, k: int = 10, filters: Filters | None = None, *, steps: Steps = STEPS
) -> tuple[RankedPassage, ...]:
    """The k best passages, without claims. Raises UsageError as `ask` does."""
    check_question(question)
    return _passages(_find(question, filtered(corpus, filters), steps).ranked, k)


@dataclass(frozen=True)
class _Result:
    """A question as understood, the ranking that answers it, and the confidence that it does.

    `ranked`: the passages of reviews and cited papers together, best first. `leading`: the reviews whose bibliography
    the question means. `papers`: the cited papers, None if the corpus has none. `problems`: of the judge, each once.
    `candidates`: ids of the documents of which the question needs one, if it doesn't say which.
    """

    asked: Understanding
    ranking: Ranking
    confidence: float
    ranked: Sequence[Ranked]
    leading: Corpus
    papers: Corpus | None = None
    problems: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()


def _is_enough(result: _Result) -> bool:
    """Whether the confidence is that of an answer."""
    return result.confidence >= (fitted().judging.threshold if result.ranking.verdict else threshold())


def _find(question: str, corpus: Corpus, steps: Steps) -> _Result:
    view = views(corpus)
    asked = understand(question, view.leading, steps.finders)
    if len(view.leading.outlines()) > 1 and (needed := documents_for(asked, view.leading)):
        return _in_one(asked, needed, corpus, steps)
    among = view.leading if asked.kind.is_narrowed else view.reviews
    ranking = judged(asked, rank(asked, among, steps.scoring), among) if words(question) else Ranking()
    confidence = confidence_of(asked, ranking, corpus, steps)
    result = _Result(asked, ranking, confidence, ranking.ranked, view.leading, view.papers, _problems(ranking))
    if len(among.outlines()) > 1 and asked.kind.by == "content":
        result = _among_several(question, result, among, steps)
    if result.candidates or not (view.papers and words(question)):
        return result
    return _with_papers(result, view.reviews, view.papers, steps)


def _in_one(asked: Understanding, needed: Sequence[str], corpus: Corpus, steps: Steps) -> _Result:
    """The result for a question that needs one document of those which have what it names.

    It is the only one, the one that the question names, or the one that holds what it is about; else it is asked back.
    """
    leading = views(corpus).leading
    if len(needed) == 1:
        return _find(asked.question, apart(corpus, needed[0]), steps)
    if one := document_in(asked.question, _chosen_outlines(needed, leading.outlines())):
        return _find(one.question, apart(corpus, one.document), steps)
    if asked.metadata or not asked.kind.has_topic:
        named = View(leading, _chosen_outlines(needed[:MOST_CANDIDATES], leading.outlines()))
        ranking = _nearest(asked, named, steps)
        return _Result(asked, ranking, 0.0, ranking.ranked, leading, candidates=tuple(needed))
    ranking = rank(asked, leading, steps.scoring)
    candidates = alike(ranking.ranked, ALIKE_IN_PART)
    if candidates or not ranking.ranked:
        return _Result(asked, ranking, 0.0, ranking.ranked, leading, candidates=candidates)
    return _find(asked.question, apart(corpus, ranking.ranked[0].passage.document.id), steps)


def _nearest(asked: Understanding, among: Corpus, steps: Steps) -> Ranking:
    """What the documents have of the thing asked for, the first of each before the second of any.

    Where none prints it, the passages that are nearest by content. They don't answer a question that is asked
    back.
    """
    ranking = rank(asked, among, steps.scoring)
    if ranking.ranked:
        before: Counter[str] = Counter()
        places: list[int] = []
        for each in ranking.ranked:
            places.append(before[each.passage.document.id])
            before[each.passage.document.id] += 1
        in_turn = sorted(zip(places, ranking.ranked, strict=True), key=lambda placed: placed[0])
        return replace(ranking, ranked=tuple(each for _, each in in_turn))
    return rank(replace(asked, kind=replace(asked.kind, by="content"), within=Filter()), among, steps.scoring)


def _among_several(question: str, result: _Result, among: Corpus, steps: Steps) -> _Result:
    """The result as it is judged where several documents were asked: within the one that holds the best evidence.

    A question about what a document says of itself, to which several come equally near, is asked back.
    """
    by_wording = result.ranking.before or result.ranking
    if is_of_one(question) and (candidates := alike(by_wording.ranked, ALIKE)):
        return replace(result, confidence=0.0, candidates=candidates)
    if not _is_enough(result):
        return result
    return replace(result, confidence=min(result.confidence, _alone(question, result.ranking, among, steps)))


def _chosen_outlines(documents: Sequence[str], outlines: Sequence[Outline]) -> list[Outline]:
    """The outlines of these documents, in their order."""
    known = {outline.document.id: outline for outline in outlines}
    return [known[document] for document in documents]


def _alone(question: str, ranking: Ranking, among: Corpus, steps: Steps) -> float:
    """The confidence in the document that holds the best evidence, as if there were no others.

    Among many documents each word of a question occurs somewhere, so that none is missed. What the judge said of its
    passages is taken over; a judge whose word is the confidence isn't doubted by wording.
    """
    if ranking.verdict and ranking.verdict.is_calibrated:
        return 1.0
    one = apart(among, ranking.ranked[0].passage.document.id)
    asked = understand(question, one, steps.finders)
    by_wording = confidence_of(asked, rank(asked, one, steps.scoring), one, steps)
    return judged_confidence(ranking, by_wording) if ranking.verdict else by_wording


def _with_papers(result: _Result, reviews: Corpus, papers: Corpus, steps: Steps) -> _Result:
    """The result with the papers' passages among the others. They answer if they score best and are near enough."""
    if part := _in_paper(result, papers, steps):
        return part
    ranking = judged(result.asked, rank_papers(result.asked, reviews, papers, steps.scoring), papers)
    if not ranking.ranked:
        return result
    problems = _problems(result.ranking, ranking)
    together = list(merge(result.ranking.ranked, ranking.ranked, key=lambda each: -each.score))
    best = ranking.ranked[0]
    leads = together[0] is best and (ranking.verdict is not None or best.candidate.late >= NEAR_ENOUGH)
    confidence = confidence_of(result.asked, ranking, papers, steps) if leads else 0.0
    found = replace(result, ranking=ranking, confidence=confidence, ranked=together, problems=problems)
    return found if _is_enough(found) else replace(result, ranked=together, problems=problems)


def _problems(*rankings: Ranking) -> tuple[str, ...]:
    """The problems of the judge, each once."""
    return tuple(dict.fromkeys(each.problem for each in rankings if each.problem))


def _in_paper(result: _Result, papers: Corpus, steps: Steps) -> _Result | None:
    """The result for a part of a cited paper ("the abstract of reference 38"); None if no paper has that part."""
    named = named_papers(result.asked, papers)
    if not named or not result.asked.numbers or (result.asked.part and result.ranking.ranked):
        return None
    paper = View(papers, (outline for outline in papers.outlines() if outline.document.id in named))
    rest = re.sub(r"\b(?:of|in|from)\s{2,}", " ", blanked(result.asked.question, result.asked.numbers.taken))
    asked = understand(rest, paper, steps.finders)
    if asked.part is None or asked.part.problem:
        return None
    ranking = judged(asked, rank(asked, paper, steps.scoring), paper)
    confidence = confidence_of(asked, ranking, paper, steps)
    problems = _problems(result.ranking, ranking)
    return replace(
        result, asked=asked, ranking=ranking, ranked=ranking.ranked, confidence=confidence, problems=problems
    )


def check_question(question: str) -> None:
    """Raise UsageError for a question that can't be asked: empty, or longer than 2,000 characters."""
    if not question.strip():
        raise UsageError("", "the question is empty", "ask something, e.g. “What does reference 3 support?”")
    if len(question) > LONGEST:
        raise UsageError("the question", f"{len(question):,} characters", f"ask in at most {LONGEST:,}")


def confidence_of(asked: Understanding, ranking: Ranking, corpus: Corpus, steps: Steps = STEPS) -> float:
    """The confidence (0..1) in what a ranking has first."""
    if ranking.verdict and ranking.before:
        by_wording = confidence_of(asked, ranking.before, corpus, steps)
        return 0.0 if asked.problems else judged_confidence(ranking, by_wording)
    values = steps.observed(asked, ranking, corpus)
    if values is None:
        return 0.0
    return steps.probability(values)


def _counted(asked: Understanding, claims: Sequence[Claim], corpus: Corpus) -> str | None:
    """The number of entries in words, if the question asks how many there are."""
    if asked.kind.by != "facts" or not asked.facts.count:
        return None
    every = len(corpus.references())
    if asked.facts.narrows or asked.kind.has_topic:
        return f"{len(claims)} of {every} entries of the bibliography match"
    numbers = [entry.number for entry in corpus.references()]
    return f"the bibliography has {every} entries" + (f", {min(numbers)} to {max(numbers)}" if every > 1 else "")


def _quoted(claim: Claim, home: Home) -> str:
    """The sentence as printed, followed by its numbers: "[38, 40 carried]", or "[38 cited paper]" for a paper."""
    mark = " cited paper" if home.kind == "paper" else ""
    numbers = [f"{number}{mark}" for number in claim.references]
    numbers += [f"{number} carried" for number in claim.carried if number not in claim.references]
    return f"{claim.text} [{', '.join(numbers)}]" if numbers else claim.text


def _entries(
    asked: Understanding, claims: Sequence[Claim], homes: Mapping[str, Home], corpus: Corpus
) -> tuple[Reference, ...]:
    """The entries that the claims cite, each once, in order of use."""
    documents = dict.fromkeys(home.bibliography for home in homes.values())
    known = _by_number(corpus.references())
    used = [
        (document, number)
        for document in documents
        for number in numbers_of(asked, [each for each in claims if homes[each.passage].bibliography == document])
    ]
    return tuple(known[key] for key in used if key in known)


@derived
def _by_number(entries: Sequence[Reference]) -> dict[tuple[str | None, int], Reference]:
    """Entries by document and number."""
    return {(entry.document, entry.number): entry for entry in entries}


def _not_chosen(ranked: Iterable[Ranked], chosen: Sequence[Ranked]) -> Iterator[Ranked]:
    """The passages that the answer doesn't quote yet."""
    ids = {each.passage.id for each in chosen}
    return (each for each in ranked if each.passage.id not in ids)


def _passages(ranked: Iterable[Ranked], k: int) -> tuple[RankedPassage, ...]:
    """The first k as records of an answer, with their ranks."""
    return tuple(_ranked(place, each) for place, each in enumerate(islice(ranked, max(k, 0)), 1))


def _ranked(place: int, each: Ranked) -> RankedPassage:
    candidate = each.candidate
    scores = {"dense": candidate.dense, "lexical": candidate.lexical, "late": candidate.late}
    if candidate.rerank is not None:
        scores["rerank"] = candidate.rerank
    link, page = each.passage.document.link, each.passage.page
    return RankedPassage(
        **dict(each.passage),
        link=f"{link}?page={page}" if link and page else link,
        rank=place,
        score=round(each.score, 4),
        scores={name: round(value, 4) for name, value in scores.items()},
    )
