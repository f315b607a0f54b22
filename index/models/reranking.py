"""Rank the nearest passages of a corpus with a cross-encoder. Loading one takes seconds, so the first query does it."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from evqa.corpus.corpus import Candidate, Corpus, Query, Retrieved, Wrapped
from index.models.embedding import indexed_text
from index.models.pretrained import Pretrained

# How many passages the cross-encoder reads for a query; each adds to the time.
READ = 50
LONGEST = 8192
DECIMALS = 6
HEAD = "ForSequenceClassification"


class Reranker:
    """A loaded cross-encoder (Nogueira & Cho 2019, arXiv:1901.04085): query and passage read together."""

    def __init__(self, wanted: Pretrained, model: Any) -> None:
        self._wanted = wanted
        self._model = model
        if _has_new_head(model):
            raise wanted.unusable("it is no cross-encoder: it has no trained score for a pair of texts")
        if model.num_labels != 1:
            raise wanted.unusable(f"it gives {model.num_labels} labels for a pair of texts, where one score is needed")
        model.max_seq_length = min(int(model.max_seq_length or LONGEST), LONGEST)

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the query, in order: the logistic function of the model's output, 0..1.

        All texts go in one batch. A text that doesn't fit beside the query is cut at the model's maximum length.
        Raises ModelError if an output isn't a number.
        """
        from torch.nn import Sigmoid

        pairs = [(query, text) for text in texts]
        found = self._model.predict(
            pairs, batch_size=max(1, len(pairs)), show_progress_bar=False, activation_fn=Sigmoid()
        )
        if not np.isfinite(found).all():
            raise self._wanted.unusable("it gives scores that are no numbers")
        scores: list[float] = np.asarray(found, dtype=np.float64).round(DECIMALS).tolist()
        return scores


def load_reranker(name: str) -> Reranker:
    """Load a cross-encoder onto the CPU, by a sentence-transformers name or a folder. A folder needs no network.

    Raises ModelError, in one line, if it can't be found or loaded, gives several labels for a pair of texts, or isn't
    a cross-encoder.
    """
    wanted = _wanted(name)

    def load(source: str, local: bool) -> Reranker:
        reranker = Reranker(wanted, _loaded(source, local))
        # Mismatched tokens and weights show only in use.
        reranker.scores("a question", ["a passage"])
        return reranker

    return wanted.loaded(load)


def _wanted(name: str) -> Pretrained:
    return Pretrained(name, "EVQA_RERANKER", "cross-encoder", "reranker")


def _loaded(source: str, local: bool) -> Any:
    """Load a model from a folder or by its name; without a network if `local`."""
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging as messages

    # The error names a model of another kind; the libraries would add a report of their own.
    messages.set_verbosity_error()  # type: ignore[no-untyped-call]
    messages.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    return CrossEncoder(source, device="cpu", local_files_only=local).float().eval()


def _has_new_head(model: Any) -> bool:
    """Whether the library made up the weights of the score, as it does for an embedding model."""
    loaded = type(model.transformers_model).__name__
    return loaded.endswith(HEAD) and loaded not in (model.config.architectures or ())


class Reranked(Wrapped):
    """A `Corpus` that ranks the best `READ` candidates of another one with a cross-encoder.

    `load` is called by the first query that finds a candidate.
    """

    def __init__(self, whole: Corpus, load: Callable[[], Reranker]) -> None:
        super().__init__(whole)
        self._load = load

    @cached_property
    def _reranker(self) -> Reranker:
        return self._load()

    def retrieve(self, query: Query) -> Retrieved:
        """Candidates for the query, those that the cross-encoder read before all others, ties by `late`, then id.

        It reads the best by `late` within the query's limit. Raises ModelError if it can't be loaded.
        """
        found = self._whole.retrieve(query)
        read, rest = found.candidates[:READ], found.candidates[READ:]
        if not read:
            return found
        scores = self._reranker.scores(query.text, [indexed_text(each.passage) for each in read])
        ranked = sorted(map(_scored, read, scores), key=_order)
        return replace(found, candidates=(*ranked, *(each._replace(ceiling=min(scores)) for each in rest)))


def _scored(candidate: Candidate, score: float) -> Candidate:
    return candidate._replace(rerank=score)


def _order(each: Candidate) -> tuple[float, float, str]:
    return -each.relevance, -each.late, each.passage.id


def check_reranker(name: str) -> None:
    """Raise ModelError unless the setting is empty, a folder, or can be a name. Uses no network and loads nothing."""
    if name:
        _wanted(name).check()


def reranked(corpus: Corpus, name: str) -> Corpus:
    """The corpus, ranked by the cross-encoder of that name; the corpus itself if the name is empty.

    A model that can't be loaded raises ModelError at the first query that finds a candidate.
    """
    return Reranked(corpus, lambda: load_reranker(name)) if name else corpus
