"""A search over made records, as a source's own would answer: the records that share most rare words with a query."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evqa.language.words import words
from evqa.works.comparing import plain_title
from evqa.works.records import FoundWork

# A source's first page.
ROWS = 20
# Words of more records than this share don't choose between them.
COMMON = 0.1


class Search:
    """Finds records by BM25 (k1 = 1.2, b = 0.75) over title, authors, journal, year, volume and page."""

    def __init__(self, records: Sequence[FoundWork]) -> None:
        texts = [Counter(words(_text(each))) for each in records]
        lengths = np.array([sum(text.values()) for text in texts], dtype=np.float64)
        self._norms = 1.2 * (0.25 + 0.75 * lengths / max(1.0, float(lengths.mean())))
        postings: dict[str, list[tuple[int, int]]] = {}
        for place, text in enumerate(texts):
            for word, count in text.items():
                postings.setdefault(word, []).append((place, count))
        self._count = len(records)
        self._postings = {
            word: (np.array([place for place, _ in found]), np.array([count for _, count in found], dtype=np.float64))
            for word, found in postings.items()
            if len(found) <= max(50, COMMON * len(records))
        }

    def places(self, query: str, rows: int = ROWS) -> list[int]:
        """Places of the best records, best first."""
        scores: NDArray[np.float64] = np.zeros(self._count)
        for word in dict.fromkeys(words(query)):
            if word in self._postings:
                places, counts = self._postings[word]
                rarity = np.log(1 + (self._count - len(places) + 0.5) / (len(places) + 0.5))
                scores[places] += rarity * counts * 2.2 / (counts + self._norms[places])
        best = np.argpartition(-scores, min(rows, self._count - 1))[:rows]
        ranked = best[np.lexsort((best, -scores[best]))]
        return [int(place) for place in ranked if scores[place] > 0]


def _text(record: FoundWork) -> str:
    names = [name.surname for name in record.author]
    year = str(record.issued.date_parts[0][0]) if record.issued else ""
    fields = (plain_title(record), *names, record.container_title, year, record.volume, record.page)
    return " ".join(field for field in fields if field)
