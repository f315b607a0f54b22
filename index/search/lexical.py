"""Find passages by the words they share with a question: BM25 over stems, without function words.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from evqa.errors import StorageError
from evqa.language.words import FUNCTION_WORDS, words
from index.models.embedding import Floats, Integers

HEAP = 64_000_000
# With more than MANY allowed ids it is faster to ask for WIDER times as many hits and pick the allowed ones from them.
MANY, WIDER = 2_000, 2


class TantivyLexical:
    """A tantivy index of texts under integer ids. Queries are built term by term: a question can't carry syntax."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._index.config_reader(reload_policy="manual")
        self._searcher = index.searcher()

    @contextmanager
    def adding(self) -> Iterator[Callable[[int, str], None]]:
        """Gives a function that adds a text under an id. The texts are found once the context ends without an error."""
        import tantivy

        writer = self._index.writer(heap_size=HEAP, num_threads=1)

        def put(place: int, text: str) -> None:
            fields = {"id": place, "stem": " ".join(stems(words(text)))}
            writer.add_document(tantivy.Document.from_dict(fields, self._index.schema))

        yield put
        self._commit(writer)

    def _commit(self, writer: Any) -> None:
        try:
            writer.commit()
            writer.wait_merging_threads()
        except ValueError as error:
            # Tantivy's only word for a disk that refuses.
            step = "make room on the disk and try again"
            raise StorageError("the lexical index", "can't be written", step, str(error)) from error
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, text: str, limit: int, within: Integers | None = None) -> tuple[Integers, Floats]:
        """Ids and BM25 scores of at most `limit` texts that share a stem with `text`, best first, ties by id.

        `within`: only these ids are returned.
        """
        limit = min(limit, self._searcher.num_docs)
        if within is not None and len(within) > MANY:
            wide = min(self._searcher.num_docs, WIDER * limit * self._searcher.num_docs // len(within))
            ids, scores = self._search(self._query(terms(text), None), wide)
            allowed = np.isin(ids, within)
            if allowed.sum() >= limit or len(ids) < wide:
                return ids[allowed][:limit], scores[allowed][:limit]
        return self._search(self._query(terms(text), within), limit)

    def _search(self, query: Any, limit: int) -> tuple[Integers, Floats]:
        """The best hits of a query, best first, ties by id."""
        if query is None or limit == 0:
            return ranked({}, 0)
        hits = self._searcher.search(query, limit=limit, count=False).hits
        found = self._searcher.fast_field_values("id", [address for _, address in hits])
        ids, scores = np.array(found, dtype=np.int64), np.array([score for score, _ in hits], dtype=np.float32)
        order = np.lexsort((ids, -scores))
        return ids[order], scores[order]

    def _query(self, wanted: Sequence[str], within: Integers | None) -> Any:
        import tantivy

        if not wanted or (within is not None and len(within) == 0):
            return None
        schema, query = self._index.schema, tantivy.Query
        should = [(tantivy.Occur.Should, query.term_query(schema, "stem", term, "freq")) for term in wanted]
        matching = query.boolean_query(should)
        if within is None:
            return matching
        allowed = query.const_score_query(query.term_set_query(schema, "id", within.tolist()), 0.0)
        return query.boolean_query([(tantivy.Occur.Must, matching), (tantivy.Occur.Must, allowed)])


def ranked(scores: Mapping[int, float], limit: int) -> tuple[Integers, Floats]:
    """Ids and scores, best first, ties by id."""
    order = sorted(scores, key=lambda place: (-scores[place], place))[:limit]
    return np.array(order, dtype=np.int64), np.array([scores[place] for place in order], dtype=np.float32)


@cache
def stemmer() -> Any:
    """The analyser that stems English words separated by spaces."""
    import tantivy

    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(tantivy.Filter.stemmer("english")).build()


def stems(found: Sequence[str]) -> list[str]:
    """English stems of folded words, in order."""
    return list(stemmer().analyze(" ".join(found)))


def terms(question: str) -> list[str]:
    """The stems that a question is searched by, without duplicates; of function words only if it has no other words."""
    found = words(question)
    return list(dict.fromkeys(stems([word for word in found if word not in FUNCTION_WORDS] or found)))


def new_tantivy(folder: Path) -> TantivyLexical:
    """Make an empty index in an empty folder."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", fast=True, indexed=True)
    builder.add_text_field("stem", tokenizer_name="whitespace", index_option="freq")
    return TantivyLexical(tantivy.Index(builder.build(), path=str(folder)))


def read_tantivy(folder: Path) -> TantivyLexical:
    """Open the index in a folder, which may be read-only."""
    import tantivy

    if os.access(folder, os.W_OK):
        return TantivyLexical(tantivy.Index.open(str(folder)))
    return read_copied(folder)


def read_copied(folder: Path) -> TantivyLexical:
    """Open a copy of the index in a folder, because tantivy writes a lock beside what it reads."""
    import tantivy

    with tempfile.TemporaryDirectory(prefix="evqa-") as copy:
        for path in folder.iterdir():
            shutil.copyfile(path, Path(copy, path.name))
        # The files that it has opened stay readable when the copy is deleted.
        return TantivyLexical(tantivy.Index.open(copy))
