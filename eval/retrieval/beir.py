"""Search a retrieval collection in BEIR's layout, and measure the run."""

import time
from collections.abc import Callable, Iterator

import numpy as np

from eval.measures.measurement import Estimate, Measurement, Measurements, estimates
from eval.measures.measures import mean
from eval.measures.ranked import JudgedRanking, calculated
from eval.measures.scoring import Responses
from eval.report.comparing import Comparison, OutcomePair, comparison, differences, latencies
from eval.report.outcomes import QuestionOutcome
from eval.report.report import Latency, cost_line, latency, table
from eval.retrieval.stored import by_start
from eval.runs.collection import Collection, CollectionQuery
from eval.runs.run import Hit, Response, SystemRun
from evqa.answer import STEPS, Steps, search
from evqa.corpus.corpus import Corpus
from evqa.errors import InputError, UsageError
from evqa.model import Record

DEPTH = 100


class CollectionReport(Record):
    """The scores of a system on a collection's queries. `missing` are the queries without a response, which score 0."""

    collection: str
    judgements: tuple[str, ...]
    system: str
    documents: int
    queries: int
    missing: tuple[str, ...] = ()
    latency: Latency
    index_bytes: int | None = None
    overall: dict[str, Estimate]

    def lines(self) -> list[str]:
        """The report for a terminal: aligned columns, no colour."""
        return [*self._heading(), "", *table(self.overall)]

    def _heading(self) -> Iterator[str]:
        judged = f"{self.queries} queries of {', '.join(self.judgements)}"
        yield f"{self.system} on {self.collection}: {self.documents:,} documents, {judged}"
        yield cost_line(self.latency, self.index_bytes)
        if self.missing:
            yield f"{len(self.missing)} without response, scored 0: {', '.join(self.missing[:5])}"


def search_corpus(collection: Collection, corpus: Corpus, steps: Steps = STEPS) -> SystemRun:
    """Find the first 100 documents for each query, best first, timed as in `run_library`. Hits show the title."""
    known = by_start(collection.documents)

    def hits_for(query: str) -> tuple[Hit, ...]:
        passages = search(query, corpus, DEPTH, steps=steps)
        texts = [known[passage.start] for passage in passages]
        return tuple(Hit(score=p.score, text=t.title, document=t.id) for p, t in zip(passages, texts, strict=True))

    for query in collection.queries[:1]:
        _timed(query, hits_for)
    responses = (_timed(query, hits_for) for query in collection.queries)
    return SystemRun(responses=tuple(response for response in responses if response))


def _timed(query: CollectionQuery, hits_for: Callable[[str], tuple[Hit, ...]]) -> Response | None:
    before = time.perf_counter()
    try:
        hits = hits_for(query.text)
    except UsageError:
        return None
    return Response(id=query.id, ms=(time.perf_counter() - before) * 1000, hits=hits)


def measure_collection(
    collection: Collection, run: SystemRun, system: str, index_bytes: int | None = None
) -> CollectionReport:
    """Measure a run on a collection. Raises InputError if a hit names no document, or no query is answered."""
    responses = answering(collection, run, system)
    return CollectionReport(
        collection=collection.name,
        judgements=collection.judgements,
        system=system,
        documents=len(collection.documents),
        queries=len(collection.queries),
        missing=tuple(query.id for query in collection.queries if query.id not in responses),
        latency=latency(responses),
        index_bytes=index_bytes,
        overall=estimates(collection_measurements(collection, responses)),
    )


def answering(collection: Collection, run: SystemRun, system: str) -> Responses:
    """The run's responses to queries of the collection, by id."""
    responses = {name: response for name, response in run.by_id().items() if name in collection.gains}
    if not responses:
        raise InputError(system, f"answers no query of {collection.name}", "give the collection that it was run on")
    bare = (name for name, response in responses.items() if any(hit.document is None for hit in response.hits))
    if (unusable := next(bare, None)) is not None:
        raise InputError(system, f"a hit of {unusable} has no `document`", "say which document of the collection it is")
    return responses


def collection_measurements(collection: Collection, responses: Responses) -> Measurements:
    """nDCG@10, recall@100 and MRR@10 over the judged queries, by ir_measures. A query without response scores 0.

    nDCG@10: Järvelin & Kekäläinen 2002, gains as judged. recall@100: share of the relevant documents in the first 100.
    MRR@10: 1 / rank of the first relevant document in the first 10, else 0. A repeated document counts only at its
    first place.
    """
    from ir_measures import RR, R, nDCG

    chosen = {"nDCG@10": nDCG @ 10, "recall@100": R @ 100, "MRR@10": RR @ 10}
    judged = [JudgedRanking(collection.gains[query.id], _ranking(responses, query.id)) for query in collection.queries]
    by_query = calculated(chosen, judged)
    return {name: Measurement(mean, (np.array([scores[name] for scores in by_query]),)) for name in chosen}


def compare_collection(collection: Collection, a: tuple[str, SystemRun], b: tuple[str, SystemRun]) -> Comparison:
    """Compare two runs, each given with its system's name. hit@1 and hit@5 decide which system wins a query."""
    first, second = (answering(collection, run, system) for system, run in (a, b))
    measured = (collection_measurements(collection, responses) for responses in (first, second))
    pairs = zip(_outcomes(collection, first), _outcomes(collection, second), strict=True)
    compared = differences(*measured) | latencies(first, second)
    return comparison(collection.name, (a[0], b[0]), compared, [OutcomePair(a=x, b=y) for x, y in pairs])


def _outcomes(collection: Collection, responses: Responses) -> Iterator[QuestionOutcome]:
    from ir_measures import Success

    titles = {text.id: text.title or text.text for text in collection.documents}
    judged = [JudgedRanking(collection.gains[query.id], _ranking(responses, query.id)) for query in collection.queries]
    hits = calculated({"hit@1": Success @ 1, "hit@5": Success @ 5}, judged)
    for query, ranked, scores in zip(collection.queries, judged, hits, strict=True):
        relevant = [name for name, gain in ranked.gains.items() if gain > 0]
        response = responses.get(query.id)
        yield QuestionOutcome(
            id=query.id,
            question=query.text,
            kind="query",
            overlap=None,
            expected="; ".join(titles.get(name, name) for name in relevant),
            anchors=(),
            expected_references=(),
            came=response is not None,
            rank=next((rank for rank, name in enumerate(ranked.ranking, start=1) if name in relevant), None),
            first=titles.get(ranked.ranking[0], ranked.ranking[0]) if ranked.ranking else "",
            ms=response.ms if response else None,
            scores=scores,
        )


def _ranking(responses: Responses, query: str) -> tuple[str, ...]:
    hits = responses[query].hits if query in responses else ()
    return tuple(dict.fromkeys(hit.document for hit in hits if hit.document is not None))
