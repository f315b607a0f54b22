"""Answer a question from a corpus with verbatim claims, or say that it doesn't answer it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import chain, islice

from evqa.answering.choosing import CUTS, Cuts, choose, claims_of, numbers_of
from evqa.answering.doubts import doubted, warnings
from evqa.answering.paper_passages import beside
from evqa.answering.ranking import SCORING, Ranked, Ranking, Scoring, named_papers, rank, rank_papers
from evqa.corpus.corpus import Corpus
from evqa.corpus.views import View, views
from evqa.derived import derived
from evqa.errors import UsageError
from evqa.language.framing import blanked
from evqa.language.words import words
from evqa.model import Answer, Claim, Home, Passage, RankedPassage, Reference
from evqa.question.understanding import FINDERS, Finders, Understanding, understand
from evqa.refusal.confidence import observed, probability, threshold

LONGEST = 2_000
# A paper answers for a review only from a passage this near to the question: among many papers something is
# always a little near.
NEAR_ENOUGH = 0.39
# Of passages that only use a word whose meaning is asked, hardly one in ten says it in a way that isn't recognised.
UNDEFINED = 0.3


@dataclass(frozen=True)
class Steps:
    """The steps of answering that an ablation may replace: the product always takes those that stand here."""

    finders: Finders = FINDERS
    scoring: Scoring = SCORING
    cuts: Cuts = CUTS
    claims_of: Callable[[Passage], list[Claim]] = claims_of
    observed: Callable[[Understanding, Ranking, Corpus], tuple[float, ...] | None] = observed
    probability: Callable[[Sequence[float]], float] = probability


STEPS = Steps()


def ask(question: str, corpus: Corpus, k: int = 5, steps: Steps = STEPS) -> Answer:
    """Answer with claims, references and the k best passages, or as many as the claims stand in.

    Raises UsageError when the question is empty or longer than 2,000 characters.
    """
    found = _find(question, corpus, steps)
    chosen = choose(found.asked, found.ranking.ranked, steps.cuts) if found.confidence >= threshold() else []
    if chosen and found.papers:
        chosen += _not_chosen(beside(found.asked, chosen, found.papers), chosen)
    homes = {each.passage.id: each.passage.document for each in chosen}
    claims = doubted([claim for each in chosen for claim in steps.claims_of(each.passage)], homes, corpus)
    return Answer(
        question=question,
        status="answered" if claims else "insufficient_evidence",
        confidence=found.confidence,
        answer=" ".join(_quoted(claim, homes[claim.passage]) for claim in claims),
        note=_counted(found.asked, claims, found.leading) if claims else None,
        claims=tuple(claims),
        references=_entries(found.asked, claims, homes, corpus),
        passages=_passages(chain(chosen, _not_chosen(found.ranked, chosen)), max(k, len(chosen))),
        warnings=(*found.asked.problems, *warnings(claims)),
        corpus=corpus.state,
    )


def search(question: str, corpus: Corpus, k: int = 10, steps: Steps = STEPS) -> tuple[RankedPassage, ...]:
    """The k best passages. Raises UsageError as `ask` does."""
    return _passages(_find(question, corpus, steps).ranked, k)


@dataclass(frozen=True)
class _Found:
    """A question as understood, the ranking that answers it, and whether it does.

    `ranked`: all passages, those of the papers that the reviews cite among them. `leading`: whose
    bibliography counts.
    """

    asked: Understanding
    ranking: Ranking
    confidence: float
    ranked: Sequence[Ranked]
    leading: Corpus
    papers: Corpus | None = None


def _find(question: str, corpus: Corpus, steps: Steps) -> _Found:
    _check(question)
    of = views(corpus)
    asked = understand(question, of.leading, steps.finders)
    among = of.leading if asked.kind.is_narrowed else of.reviews
    ranking = rank(asked, among, steps.scoring) if words(question) else Ranking()
    found = _Found(asked, ranking, _confidence(asked, ranking, corpus, steps), ranking.ranked, of.leading, of.papers)
    return _with_papers(found, of.reviews, of.papers, steps) if of.papers and words(question) else found


def _with_papers(found: _Found, reviews: Corpus, papers: Corpus, steps: Steps) -> _Found:
    """The papers' passages put among the others, and first where they alone answer or answer clearly better."""
    if part := _in_paper(found, papers, steps):
        return part
    ranking = rank_papers(found.asked, reviews, papers, steps.scoring)
    if not ranking.ranked:
        return found
    together = list(merge(found.ranking.ranked, ranking.ranked, key=lambda each: -each.score))
    best = ranking.ranked[0]
    leads = together[0] is best and best.candidate.late >= NEAR_ENOUGH
    confidence = _confidence(found.asked, ranking, papers, steps) if leads else 0.0
    if confidence < threshold():
        return replace(found, ranked=together)
    return replace(found, ranking=ranking, confidence=confidence, ranked=together)


def _in_paper(found: _Found, papers: Corpus, steps: Steps) -> _Found | None:
    """The part of a cited paper that is named with its number ("the abstract of reference 38"), if it has that part."""
    named = named_papers(found.asked, papers)
    if not named or not found.asked.numbers or (found.asked.part and found.ranking.ranked):
        return None
    paper = View(papers, (outline for outline in papers.outlines() if outline.document.id in named))
    rest = re.sub(r"\b(?:of|in|from)\s{2,}", " ", blanked(found.asked.question, found.asked.numbers.taken))
    asked = understand(rest, paper, steps.finders)
    if asked.part is None or asked.part.problem:
        return None
    ranking = rank(asked, paper, steps.scoring)
    confidence = _confidence(asked, ranking, paper, steps)
    return replace(found, asked=asked, ranking=ranking, ranked=ranking.ranked, confidence=confidence)


def _check(question: str) -> None:
    if not question.strip():
        raise UsageError("", "the question is empty", "ask something, e.g. “What does reference 3 support?”")
    if len(question) > LONGEST:
        raise UsageError("the question", f"{len(question):,} characters", f"ask in at most {LONGEST:,}")


def _confidence(asked: Understanding, ranking: Ranking, corpus: Corpus, steps: Steps) -> float:
    values = steps.observed(asked, ranking, corpus)
    if values is None:
        return 0.0
    return round(steps.probability(values) * (UNDEFINED if _leaves_open(asked, ranking) else 1.0), 4)


def _leaves_open(asked: Understanding, ranking: Ranking) -> bool:
    """Whether the meaning of a word is asked, and the best passage only uses it."""
    if asked.defines is None or asked.kind.by == "number" or asked.kind.has_facts:
        return False
    text = ranking.ranked[0].passage.text
    return asked.defines.leaves_open(text) and not (asked.spells and asked.spells.search(text))


def _counted(asked: Understanding, claims: Sequence[Claim], corpus: Corpus) -> str | None:
    """How many entries there are, where that is asked."""
    if asked.kind.by != "facts" or not asked.facts.count:
        return None
    every = len(corpus.references())
    if asked.facts.narrows or asked.kind.has_topic:
        return f"{len(claims)} of {every} entries of the bibliography match"
    return f"the bibliography has {every} entries"


def _quoted(claim: Claim, home: Home) -> str:
    """The sentence as printed, its numbers behind it, marked where they are carried or name the paper itself."""
    mark = " cited paper" if home.kind == "paper" else ""
    numbers = [f"{number}{mark}" for number in claim.references]
    numbers += [f"{number} carried" for number in claim.carried if number not in claim.references]
    return f"{claim.text} [{', '.join(numbers)}]" if numbers else claim.text


def _entries(
    asked: Understanding, claims: Sequence[Claim], homes: Mapping[str, Home], corpus: Corpus
) -> tuple[Reference, ...]:
    """The entries that the answer rests on, in order of use, from the documents that were quoted."""
    documents = dict.fromkeys(home.review or home.id for home in homes.values())
    known = _by_number(corpus.references())
    used = [
        (document, number)
        for document in documents
        for number in numbers_of(asked, [each for each in claims if _cites(homes[each.passage], document)])
    ]
    return tuple(known[key] for key in used if key in known)


@derived
def _by_number(entries: Sequence[Reference]) -> dict[tuple[str | None, int], Reference]:
    """Entries by document and number."""
    return {(entry.document, entry.number): entry for entry in entries}


def _cites(home: Home, document: str) -> bool:
    """Whether numbers in what stands in `home` are those of the document's bibliography."""
    return (home.review or home.id) == document


def _not_chosen(ranked: Iterable[Ranked], chosen: Sequence[Ranked]) -> Iterator[Ranked]:
    """The passages that the answer doesn't quote yet."""
    ids = {each.passage.id for each in chosen}
    return (each for each in ranked if each.passage.id not in ids)


def _passages(ranked: Iterable[Ranked], k: int) -> tuple[RankedPassage, ...]:
    """The k first; no more are looked at."""
    return tuple(_ranked(place, each) for place, each in enumerate(islice(ranked, max(k, 0)), 1))


def _ranked(place: int, each: Ranked) -> RankedPassage:
    found = each.candidate
    scores = {"dense": found.dense, "lexical": found.lexical, "late": found.late}
    if found.rerank is not None:
        scores["rerank"] = found.rerank
    return RankedPassage(
        **dict(each.passage),
        rank=place,
        score=round(each.score, 4),
        scores={name: round(value, 4) for name, value in scores.items()},
    )
