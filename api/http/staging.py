"""How long the stages of a request take."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from evqa.corpus.corpus import Corpus, Query, Retrieved, Wrapped

# Takes the name of a stage and its seconds, from any thread.
Watch = Callable[[str, float], None]


@contextmanager
def stage(name: str, watch: Watch) -> Iterator[None]:
    """Tells how long the block took, however it ends."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        watch(name, time.perf_counter() - begun)


class Staged(Wrapped):
    """A `Corpus` that tells of each retrieval: embedding the question, searching and scoring."""

    def __init__(self, whole: Corpus, watch: Watch) -> None:
        super().__init__(whole)
        self._watch = watch

    def retrieve(self, query: Query) -> Retrieved:
        """See Corpus."""
        with stage("retrieving", self._watch):
            return self._whole.retrieve(query)
