"""A corpus that is asked the same again and again, and looks only once."""

from evqa.corpus.corpus import Corpus, Query, Retrieved, Wrapped


class Remembering(Wrapped):
    """All of a corpus; what a query found is kept, as no weight that is fitted has a part in it."""

    def __init__(self, whole: Corpus) -> None:
        super().__init__(whole)
        self._found: dict[Query, Retrieved] = {}

    def retrieve(self, query: Query) -> Retrieved:
        """Candidates for the query, which is put to the corpus once."""
        if query not in self._found:
            self._found[query] = super().retrieve(query)
        return self._found[query]
