"""A corpus that looks only once."""

from eval.fitting.remembering import Remembering
from evqa.corpus.corpus import Query, Retrieved
from tests.evqa.invented import BREAD_OUTLINE, BREAD_PASSAGES, BREAD_REFERENCES
from tests.evqa.shelf import Shelf


class Counting(Shelf):
    """A shelf that counts what it is asked."""

    asked = 0

    def retrieve(self, query: Query) -> Retrieved:
        """See Corpus."""
        self.asked += 1
        return super().retrieve(query)


def test_asked_once() -> None:
    """The same query is put to the corpus once, another one again; what is found is the corpus's."""
    whole = Counting([BREAD_OUTLINE], BREAD_PASSAGES, BREAD_REFERENCES)
    corpus = Remembering(whole)
    first, again = corpus.retrieve(Query("moss")), corpus.retrieve(Query("moss"))
    other = corpus.retrieve(Query("fern"))
    assert first is again
    assert other is corpus.retrieve(Query("fern"))
    assert whole.asked == 2
