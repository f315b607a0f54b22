"""A corpus held in memory, with scores by shared words: enough to test the reasoning without a store."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from evqa.audit.records import Audit
from evqa.corpus.corpus import Candidate, Filter, Query, Retrieved, Term, TextVectors
from evqa.corpus.judge import Judge
from evqa.derived import FixedSet, FixedTuple
from evqa.fitted import Fitted, shipped
from evqa.language.words import FUNCTION_WORDS, words
from evqa.model import CorpusState, Outline, Passage, Reference, Suspect, Verified

FITTED = shipped()
COMMON = frozenset("which what how does the of in throughout capital city bread".split())


class Shelf:
    """A `Corpus` over records. `late` is the share of the query's words that a passage holds, function words aside."""

    def __init__(
        self,
        outlines: Sequence[Outline],
        passages: Sequence[Passage],
        entries: Sequence[Reference],
        suspects: Mapping[str, Sequence[Suspect]] | None = None,
        fitted: Fitted | None = FITTED,
    ) -> None:
        self._fitted = fitted
        self.told: Mapping[str, Sequence[Verified]] = {}
        self._suspects = suspects or {}
        self._outlines, self._passages, self._entries = FixedTuple(outlines), tuple(passages), FixedTuple(entries)
        self._counts = Counter(word for each in passages for word in set(words(each.indexed or each.text)))
        self._words = FixedSet(self._counts)

    @property
    def state(self) -> CorpusState:
        return CorpusState(name="shelf", fingerprint="f", documents=len(self._outlines))

    @property
    def fitted(self) -> Fitted | None:
        return self._fitted

    def text_vectors(self, text: str) -> TextVectors:
        return TextVectors((), np.zeros((0, 1), dtype=np.float32))

    def outlines(self) -> FixedTuple[Outline]:
        return self._outlines

    def references(self) -> FixedTuple[Reference]:
        return self._entries

    def passages(self, within: Filter) -> Sequence[Passage]:
        return [each for each in self._passages if _lets_through(within, each)]

    def before(self, passage: Passage) -> Passage | None:
        earlier = [each for each in self._passages if each.document == passage.document and each.end <= passage.start]
        return max(earlier, key=lambda each: each.end, default=None)

    @property
    def judge(self) -> Judge | None:
        return None

    def frequency(self, word: str) -> int:
        return self._counts[word]

    def vocabulary(self, papers: bool = False) -> FixedSet[str]:
        return self._words

    def suspects(self, document: str) -> Sequence[Suspect]:
        return self._suspects.get(document, ())

    def verified(self, document: str) -> Sequence[Verified]:
        return self.told.get(document, ())

    def audit(self, document: str) -> Audit | None:
        return None

    def is_common(self, word: str) -> bool:
        return word in COMMON

    def retrieve(self, query: Query) -> Retrieved:
        texts = [set(words(text)) for text in (query.text, *query.variants)]
        asked = list(dict.fromkeys(words(query.text)))
        found = [_candidate(each, texts, asked) for each in self.passages(query.within)]
        ordered = sorted(found, key=lambda each: (-each.late, each.passage.id))[: query.limit]
        terms = tuple(Term(word, self.is_common(word), 1.0, float(self._counts[word] > 0)) for word in asked)
        return Retrieved(tuple(ordered), terms)


def _candidate(passage: Passage, texts: Sequence[set[str]], asked: Sequence[str]) -> Candidate:
    held = set(words(passage.indexed or passage.text))
    meant = [text - FUNCTION_WORDS or text for text in texts]
    share = max(len(held & text) / max(1, len(text)) for text in meant)
    return Candidate(
        passage, dense=share, lexical=share, late=share, matches=tuple(float(word in held) for word in asked)
    )


def _lets_through(within: Filter, passage: Passage) -> bool:
    cited = {number for each in passage.sentences for number in (*each.references, *each.carried)}
    return (
        (within.kinds is None or passage.kind in within.kinds)
        and (within.documents is None or passage.document.id in within.documents)
        and (within.labels is None or passage.label in within.labels)
        and (within.cites is None or bool(within.cites & (cited | set(passage.references))))
        and (
            within.spans is None or any(_inside(passage, span.document, span.start, span.end) for span in within.spans)
        )
    )


def _inside(passage: Passage, document: str, start: int, end: int) -> bool:
    return passage.document.id == document and start <= passage.start and passage.end <= end
