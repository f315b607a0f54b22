"""Answer a question from a corpus with verbatim claims, or say that it doesn't answer it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import chain, islice

from evqa.answering.choosing import choose, claims_of, numbers_of
from evqa.answering.doubts import doubts
from evqa.answering.paper_passages import beside
from evqa.answering.ranking import Ranked, Ranking, named_papers, rank, rank_papers
from evqa.corpus.corpus import Corpus
from evqa.corpus.holdings import View, holdings
from evqa.errors import UsageError
from evqa.language.framing import blanked, has_topic
from evqa.language.words import words
from evqa.memo import remembered
from evqa.model import Answer, Claim, Home, RankedPassage, Reference
from evqa.question.understanding import Understanding, understand
from evqa.refusal.confidence import probability, threshold
from evqa.refusal.features import observed

LONGEST = 2_000
# A paper answers for a review only from a passage this near to the question: among many papers something is
# always a little near.
NEAR_ENOUGH = 0.39
# Of passages that only use a word whose meaning is asked, hardly one in ten says it in a way that isn't recognised.
UNDEFINED = 0.3


def ask(question: str, corpus: Corpus, k: int = 5) -> Answer:
    """Answer with claims, references and the k best passages, or as many as the claims stand in.

    Raises UsageError when the question is empty or longer than 2,000 characters.
    """
    found = _find(question, corpus)
    chosen = choose(found.asked, found.ranking.ranked) if found.confidence >= threshold() else []
    if chosen and found.papers:
        chosen += _not_chosen(beside(found.asked, chosen, found.papers), chosen)
    claims = [claim for each in chosen for claim in claims_of(each.passage)]
    homes = {each.passage.id: each.passage.document for each in chosen}
    return Answer(
        question=question,
        status="answered" if claims else "insufficient_evidence",
        confidence=found.confidence,
        answer=" ".join(_quoted(claim, homes[claim.passage]) for claim in claims),
        note=_counted(found.asked, claims, found.leading) if claims else None,
        claims=tuple(claims),
        references=_entries(found.asked, claims, homes, corpus),
        passages=_passages(chain(chosen, _not_chosen(found.ranked, chosen)), max(k, len(chosen))),
        warnings=(*found.asked.problems, *doubts(claims, homes, corpus)),
        corpus=corpus.state,
    )


def search(question: str, corpus: Corpus, k: int = 10) -> tuple[RankedPassage, ...]:
    """The k best passages. Raises UsageError as `ask` does."""
    return _passages(_find(question, corpus).ranked, k)


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


def _find(question: str, corpus: Corpus) -> _Found:
    _check(question)
    held = holdings(corpus)
    asked = understand(question, held.leading)
    selected = asked.part or asked.numbers or asked.facts.selects
    ranking = rank(asked, held.leading if selected else held.reviews) if words(question) else Ranking()
    found = _Found(asked, ranking, _confidence(asked, ranking, corpus), ranking.ranked, held.leading, held.papers)
    return _with_papers(found, held.reviews, held.papers) if held.papers and words(question) else found


def _with_papers(found: _Found, reviews: Corpus, papers: Corpus) -> _Found:
    """What the papers say put among the passages, and first where that alone answers or answers clearly better."""
    if part := _in_paper(found, papers):
        return part
    ranking = rank_papers(found.asked, reviews, papers)
    if not ranking.ranked:
        return found
    together = list(merge(found.ranking.ranked, ranking.ranked, key=lambda each: -each.score))
    best = ranking.ranked[0]
    leads = together[0] is best and best.candidate.late >= NEAR_ENOUGH
    confidence = _confidence(found.asked, ranking, papers) if leads else 0.0
    if confidence < threshold():
        return replace(found, ranked=together)
    return replace(found, ranking=ranking, confidence=confidence, ranked=together)


def _in_paper(found: _Found, papers: Corpus) -> _Found | None:
    """The part of a cited paper that is named with its number ("the abstract of reference 38"), if it has that part."""
    named = named_papers(found.asked, papers)
    if not named or not found.asked.numbers or (found.asked.part and found.ranking.ranked):
        return None
    paper = View(papers, (outline for outline in papers.outlines() if outline.document.id in named))
    rest = re.sub(r"\b(?:of|in|from)\s{2,}", " ", blanked(found.asked.question, found.asked.numbers.taken))
    asked = understand(rest, paper)
    if asked.part is None or asked.part.problem:
        return None
    ranking = rank(asked, paper)
    return replace(
        found, asked=asked, ranking=ranking, ranked=ranking.ranked, confidence=_confidence(asked, ranking, paper)
    )


def _check(question: str) -> None:
    if not question.strip():
        raise UsageError("the question is empty: ask something, e.g. “What does reference 3 support?”")
    if len(question) > LONGEST:
        raise UsageError(f"the question has {len(question):,} characters: ask in at most {LONGEST:,}")


def _confidence(asked: Understanding, ranking: Ranking, corpus: Corpus) -> float:
    values = observed(asked, ranking, corpus)
    if values is None:
        return 0.0
    return round(probability(values) * (UNDEFINED if _leaves_open(asked, ranking) else 1.0), 4)


def _leaves_open(asked: Understanding, ranking: Ranking) -> bool:
    """Whether the meaning of a word is asked, and the best passage only uses it."""
    if asked.defines is None or asked.numbers or asked.facts.selects:
        return False
    text = ranking.ranked[0].passage.text
    return asked.defines.leaves_open(text) and not (asked.spells and asked.spells.search(text))


def _counted(asked: Understanding, claims: Sequence[Claim], corpus: Corpus) -> str | None:
    """How many entries there are, where that is asked."""
    if not (asked.facts.count and asked.facts.selects) or asked.part:
        return None
    every = len(corpus.references())
    if asked.facts.narrows or has_topic(asked.content):
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


@remembered
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
