"""Passages by the words they share with a question: BM25 over stems, without function words.

Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009.
"""

import math
import os
import shutil
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from evqa.errors import StorageError
from evqa.language.words import FUNCTION_WORDS, words
from index.models.embedding import Floats, Integers

K1, B = 1.2, 0.75
HEAP = 64_000_000
# A query that names more ids than this takes longer than one for so many times as many texts as are wanted, of which
# those ids are then picked.
MANY, WIDER = 2_000, 2


class Lexical(Protocol):
    """Texts under integer ids."""

    def add(self, texts: Mapping[int, str]) -> None:
        """Adds texts under ids that aren't in use."""

    def remove(self, ids: Integers) -> None:
        """Removes those of the ids that are there."""

    def search(self, text: str, limit: int, within: Integers | None = None) -> tuple[Integers, Floats]:
        """Ids and BM25 scores of at most `limit` texts that share a stem with `text`.

        Best first, ties by id. `within`: only these ids are returned.
        """


class ExactLexical:
    """The reference: BM25 as its authors wrote it, over every text."""

    def __init__(self) -> None:
        self._stems: dict[int, Counter[str]] = {}

    def add(self, texts: Mapping[int, str]) -> None:
        """See Lexical."""
        self._stems.update((place, Counter(stems(words(text)))) for place, text in texts.items())

    def remove(self, ids: Integers) -> None:
        """See Lexical."""
        for place in ids.tolist():
            self._stems.pop(place, None)

    def search(self, text: str, limit: int, within: Integers | None = None) -> tuple[Integers, Floats]:
        """See Lexical."""
        chosen = set(self._stems) if within is None else set(within.tolist())
        return ranked({place: score for place, score in self._scores(terms(text)).items() if place in chosen}, limit)

    def _scores(self, wanted: Sequence[str]) -> dict[int, float]:
        count = len(self._stems)
        mean = sum(held.total() for held in self._stems.values()) / max(count, 1)
        scores: dict[int, float] = defaultdict(float)
        for term in wanted:
            holders = {place: held for place, held in self._stems.items() if term in held}
            rarity = math.log(1 + (count - len(holders) + 0.5) / (len(holders) + 0.5))
            for place, held in holders.items():
                norm = K1 * (1 - B + B * held.total() / mean)
                scores[place] += rarity * held[term] * (K1 + 1) / (held[term] + norm)
        return scores


class TantivyLexical:
    """A tantivy index in a folder. Queries are built term by term: a question can't carry query syntax."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self._index.config_reader(reload_policy="manual")
        self._searcher = index.searcher()

    def add(self, texts: Mapping[int, str]) -> None:
        """See Lexical."""
        with self.adding() as put:
            for place, text in texts.items():
                put(place, text)

    @contextmanager
    def adding(self) -> Iterator[Callable[[int, str], None]]:
        """A function that adds a text under an id; all of them are there when the context ends without an error."""
        import tantivy

        writer = self._index.writer(heap_size=HEAP, num_threads=1)

        def put(place: int, text: str) -> None:
            fields = {"id": place, "stem": " ".join(stems(words(text)))}
            writer.add_document(tantivy.Document.from_dict(fields, self._index.schema))

        yield put
        self._commit(writer)

    def remove(self, ids: Integers) -> None:
        """See Lexical."""
        import tantivy

        writer = self._index.writer(heap_size=HEAP, num_threads=1)
        writer.delete_documents_by_query(tantivy.Query.term_set_query(self._index.schema, "id", ids.tolist()))
        self._commit(writer)

    def _commit(self, writer: Any) -> None:
        try:
            writer.commit()
            writer.wait_merging_threads()
        except ValueError as error:
            # Tantivy's only word for a disk that refuses.
            raise StorageError(f"the lexical index can't be written ({error}); is the disk full?") from error
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, text: str, limit: int, within: Integers | None = None) -> tuple[Integers, Floats]:
        """See Lexical."""
        limit = min(limit, self._searcher.num_docs)
        if within is not None and len(within) > MANY:
            wide = min(self._searcher.num_docs, WIDER * limit * self._searcher.num_docs // len(within))
            ids, scores = self._search(self._query(terms(text), None), wide)
            allowed = np.isin(ids, within)
            if allowed.sum() >= limit or len(ids) < wide:
                return ids[allowed][:limit], scores[allowed][:limit]
        return self._search(self._query(terms(text), within), limit)

    def _search(self, query: Any, limit: int) -> tuple[Integers, Floats]:
        """The first of what a query finds, best first, ties by id."""
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
    """The analyser that stems English words parted by spaces."""
    import tantivy

    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(tantivy.Filter.stemmer("english")).build()


def stems(found: Sequence[str]) -> list[str]:
    """English stems of folded words, in order."""
    return list(stemmer().analyze(" ".join(found)))


def terms(question: str) -> list[str]:
    """The stems by which a question is searched, each once; of function words only where it has no others."""
    found = words(question)
    return list(dict.fromkeys(stems([word for word in found if word not in FUNCTION_WORDS] or found)))


def new_tantivy(folder: Path) -> TantivyLexical:
    """An empty index in a folder that is there and empty."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", fast=True, indexed=True)
    builder.add_text_field("stem", tokenizer_name="whitespace", index_option="freq")
    return TantivyLexical(tantivy.Index(builder.build(), path=str(folder)))


def read_tantivy(folder: Path) -> TantivyLexical:
    """The index in a folder, which may be read-only."""
    import tantivy

    if os.access(folder, os.W_OK):
        return TantivyLexical(tantivy.Index.open(str(folder)))
    return read_copied(folder)


def read_copied(folder: Path) -> TantivyLexical:
    """The index in a folder, opened aside: tantivy writes a lock beside what it reads."""
    import tantivy

    with tempfile.TemporaryDirectory(prefix="evqa-") as copy:
        for path in folder.iterdir():
            shutil.copyfile(path, Path(copy, path.name))
        # What it has opened stays readable when the copy is gone.
        return TantivyLexical(tantivy.Index.open(copy))
