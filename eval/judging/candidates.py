"""Ask the questions of a document and keep what a judge would read of each."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from eval.judging.body import BodyQuestion
from evqa.answer import confidence_of
from evqa.answering.judging import shown
from evqa.answering.ranking import Ranking, rank
from evqa.corpus.corpus import Corpus
from evqa.corpus.judge import MOST_READ, Shown
from evqa.model import Passage
from evqa.question.understanding import Understanding, understand
from index.corpus import StoredCorpus, open_corpus
from index.models.embedding import Halves
from index.writer import writing
from ingest.passages import passages
from ingest.reader import read


@dataclass(frozen=True)
class Asked:
    """A question as the corpus understands it, with its ranking before any judge, what a judge would read, and the
    confidence by wording alone."""

    question: BodyQuestion
    understood: Understanding
    ranking: Ranking
    shown: tuple[Shown, ...]
    wording: float

    @property
    def grades(self) -> tuple[int, ...]:
        """The grade of each passage shown."""
        return tuple(self.question.grade(each.passage.text) for each in self.shown)


def asked(questions: Sequence[BodyQuestion], corpus: Corpus, most: int = MOST_READ) -> Iterator[Asked]:
    """Each question, asked of the corpus without a judge, with the first `most` passages of its ranking."""
    for question in questions:
        understood = understand(question.question, corpus)
        ranked = rank(understood, corpus)
        wording = confidence_of(understood, ranked, corpus)
        ranking = loaded(ranked, most)
        read = tuple(shown(each, corpus) for each in ranking.ranked)
        yield Asked(question, understood, ranking, read, wording)


def loaded(ranking: Ranking, most: int) -> Ranking:
    """The first `most` passages of the ranking, read in full, so that they outlast the corpus."""
    first = [
        each._replace(candidate=each.candidate._replace(passage=Passage.model_validate(dict(each.passage))))
        for each in ranking.ranked[:most]
    ]
    return replace(ranking, ranked=tuple(first))


class KeptVectors:
    """The token vectors of a corpus in half precision; those of a passage are kept once for all questions."""

    def __init__(self, corpus: StoredCorpus) -> None:
        self._corpus = corpus
        self._kept: dict[str, Halves] = {}

    def question_tokens(self, question: str) -> Halves:
        """Vectors (m, dim) of the question's word pieces."""
        return self._corpus.question_tokens(question).astype(np.float16)

    def passage_tokens(self, passage: Passage) -> Halves:
        """Vectors (t, dim) of the passage's word pieces."""
        if passage.id not in self._kept:
            self._kept[passage.id] = self._corpus.passage_tokens(passage).astype(np.float16)
        return self._kept[passage.id]


@contextmanager
def stored(paths: Sequence[Path], home: Path, name: str, model: str) -> Iterator[StoredCorpus]:
    """A corpus of these documents under `home`, found again where it is there."""
    with writing(home, name, model) as writer:
        for path in paths:
            document = read(path)
            writer.put(document, passages(document))
    with open_corpus(home, name) as corpus:
        yield corpus
