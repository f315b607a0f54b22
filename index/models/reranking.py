"""A corpus whose nearest passages a cross-encoder ranks anew; loading one takes seconds, so that waits for a query."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from evqa.corpus.corpus import Candidate, Corpus, Found, Query
from evqa.corpus.wrapped import Wrapped
from index.models.pretrained import Pretrained

# So many passages a cross-encoder reads for one query: its time grows with each of them.
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
        """For each text in order how well it answers the query: the logistic function of the model's output, 0..1.

        All are read in one batch. A text that the model has no room for beside the query is cut at the model's
        maximum, so that its end doesn't count. Raises ModelError for an output that is no number.
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
    """Loads a cross-encoder onto the CPU; folders never touch a network.

    `name` is any sentence-transformers name or folder. Raises ModelError in one line if it can't be had, gives
    several labels for a pair, or is a model of another kind.
    """
    wanted = _wanted(name)

    def load(source: str, local: bool) -> Reranker:
        reranker = Reranker(wanted, _loaded(source, local))
        # What is amiss with tokens and weights shows in use only.
        reranker.scores("a question", ["a passage"])
        return reranker

    return wanted.loaded(load)


def _wanted(name: str) -> Pretrained:
    return Pretrained(name, "EVQA_RERANKER", "cross-encoder", "reranker")


def _loaded(source: str, local: bool) -> Any:
    """The model in a folder or of a name; from the disk alone where `local`."""
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging as messages

    # A model of another kind is told by the error; the libraries would add a report.
    messages.set_verbosity_error()  # type: ignore[no-untyped-call]
    messages.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    return CrossEncoder(source, device="cpu", local_files_only=local).float().eval()


def _has_new_head(model: Any) -> bool:
    """Whether the library had to invent the weights that make the score, as it does for an embedding model."""
    loaded = type(model.transformers_model).__name__
    return loaded.endswith(HEAD) and loaded not in (model.config.architectures or ())


class Reranked(Wrapped):
    """A `Corpus` over another one whose best `READ` candidates a cross-encoder ranks.

    `load` is called at the first query that finds anything.
    """

    def __init__(self, whole: Corpus, load: Callable[[], Reranker]) -> None:
        super().__init__(whole)
        self._load = load

    @cached_property
    def _reranker(self) -> Reranker:
        return self._load()

    def retrieve(self, query: Query) -> Found:
        """Candidates for the query, those that the cross-encoder read before all others, ties by `late`, then id.

        It reads the best by `late` of as many as the query is limited to. Raises ModelError if it can't be loaded.
        """
        found = self._whole.retrieve(query)
        read, rest = found.candidates[:READ], found.candidates[READ:]
        if not read:
            return found
        scores = self._reranker.scores(query.text, [each.passage.indexed or each.passage.text for each in read])
        ranked = sorted(map(_scored, read, scores), key=_order)
        return replace(found, candidates=(*ranked, *(each._replace(ceiling=min(scores)) for each in rest)))


def _scored(candidate: Candidate, score: float) -> Candidate:
    return candidate._replace(rerank=score)


def _order(each: Candidate) -> tuple[float, float, str]:
    return -each.relevance, -each.late, each.passage.id


def check_reranker(name: str) -> None:
    """Raises ModelError for what can be neither a folder nor a name. Asks no network and loads nothing."""
    if name:
        _wanted(name).check()


def reranked(corpus: Corpus, name: str) -> Corpus:
    """The corpus with the cross-encoder of that name, or as it is where the name is empty.

    A name that can't be had is a ModelError at the first query that finds anything.
    """
    return Reranked(corpus, lambda: load_reranker(name)) if name else corpus
