"""Synthetic documents of random words, for measurements of size. The same seed gives the same documents."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from evqa.language.words import words
from evqa.model import (
    Abbreviation,
    Date,
    Document,
    Home,
    Integrity,
    Name,
    Passage,
    PassageKind,
    Reference,
    Section,
    Source,
    Statement,
    Table,
)
from index.models.embed import Embedder
from index.models.embedding import Embedding, Floats, Halves, unit

SEED = 7
# As in the reviews of the gold sets: passages a document, and word pieces a word.
SIZE, PIECES = 290, 1.6
VOCABULARY, FAMILIES, JOURNALS, POOL = 40_000, 20_000, 2_000, 8_192
# Mean and spread of the logarithm of a passage's words, and the most words; then shares and counts of a document.
LENGTH, SPREAD, LONGEST = 3.2, 0.4, 120
ENTRIES, ROWS, SECTIONS, AUTHORS, ABBREVIATIONS = 0.3, 0.05, 12, 6, 12
TITLES = ("Abstract", "Introduction", "Methods", "Results", "Discussion", "Conclusions")
SYLLABLES = "ba ce di fo gu ha ki lo mu ne pa ri so tu va xe yl zo che tri plo stra ner ol in as".split()


@dataclass(frozen=True)
class Lexicon:
    """Words and their probabilities, which fall with the rank as in Zipf's law."""

    vocabulary: tuple[str, ...]
    probability: Floats


def lexicon(known: Iterable[str], seed: int = SEED) -> Lexicon:
    """The words of the known texts, most frequent first, mixed with invented words."""
    counted = [word for word, _ in Counter(word for text in known for word in words(text)).most_common()]
    generator = np.random.default_rng(seed)
    invented = dict.fromkeys(_word(generator) for _ in range(2 * VOCABULARY))
    fresh = [word for word in invented if word not in set(counted)][: VOCABULARY - len(counted)]
    places = np.concatenate([np.arange(len(counted)) * 3.0, np.arange(len(fresh)) * 1.4 + 50])
    every = [*counted, *fresh]
    weight = 1 / (np.arange(len(every)) + 2.7)
    ordered = tuple(every[place] for place in np.argsort(places, kind="stable"))
    return Lexicon(ordered, (weight / weight.sum()).astype(np.float64))


def _word(generator: np.random.Generator) -> str:
    return "".join(generator.choice(SYLLABLES, generator.integers(2, 5)))


class SyntheticDocuments:
    """Makes synthetic documents, one after the other."""

    def __init__(self, known: Iterable[str], seed: int = SEED) -> None:
        self._generator = np.random.default_rng(seed)
        self._lexicon = lexicon(known, seed)
        self._families = [_word(self._generator).capitalize() for _ in range(FAMILIES)]
        self._journals = [self._text(3).title() for _ in range(JOURNALS)]

    def _text(self, count: int) -> str:
        places = self._generator.choice(len(self._lexicon.vocabulary), count, p=self._lexicon.probability)
        return " ".join(self._lexicon.vocabulary[place] for place in places)

    def _passage(self) -> str:
        count = int(np.clip(np.exp(self._generator.normal(LENGTH, SPREAD)), 4, LONGEST))
        return self._text(count).capitalize() + "."

    def document(self, number: int, size: int = SIZE) -> tuple[Document, list[Passage]]:
        """A document with `size` passages: prose, then rows of a table, then the bibliography."""
        kinds = _kinds(size)
        lines = [self._passage() for _ in kinds]
        starts = [0, *np.cumsum([len(line) + 1 for line in lines]).tolist()]
        found = self._document(number, lines, kinds, starts)
        count = kinds.count("reference")
        cited = [self._cited(place, kind, kinds, count) for place, kind in enumerate(kinds)]
        return found, [_passage_of(found, *each) for each in zip(lines, kinds, starts, cited, strict=False)]

    def _cited(self, place: int, kind: PassageKind, kinds: Sequence[PassageKind], count: int) -> tuple[int, ...]:
        if kind == "reference":
            return (place - kinds.index("reference") + 1,)
        drawn = self._generator.integers(1, count + 1, self._generator.integers(0, 3)) if count else ()
        return tuple(sorted({int(each) for each in drawn}))

    def _document(
        self, number: int, lines: Sequence[str], kinds: Sequence[PassageKind], starts: Sequence[int]
    ) -> Document:
        text, name = "\n".join(lines), f"drawn-{number}.md"
        content = hashlib.sha256(f"{name}{text}".encode()).hexdigest()
        count, prose = kinds.count("reference"), kinds.count("prose")
        rows = kinds.count("table_row")
        table = Table(label="Table 1", caption=self._text(8), start=starts[prose], end=starts[prose + rows] - 1)
        return Document(
            id=f"d-{content[:12]}",
            title=self._text(9).capitalize(),
            author=self._names(),
            year=2020,
            source=Source(name=name, sha256=content, media_type="text/markdown"),
            text=text,
            sections=self._sections(starts[: prose + 1]),
            tables=(table,) if rows else (),
            references=tuple(self._entry(n, lines[len(kinds) - count + n - 1]) for n in range(1, count + 1)),
            abbreviations=tuple(self._abbreviation() for _ in range(ABBREVIATIONS)),
            integrity=Integrity(references=count, contiguous=True, citations=0),
        )

    def _sections(self, starts: Sequence[int]) -> tuple[Section, ...]:
        bounds = np.unique(np.linspace(0, len(starts) - 1, SECTIONS + 1).astype(int)).tolist()
        titles = [*TITLES[:4], *(self._text(3).capitalize() for _ in range(SECTIONS - len(TITLES))), *TITLES[4:]]
        return tuple(
            Section(number=str(place + 1), title=title, start=starts[first], end=starts[last] - 1)
            for place, (title, (first, last)) in enumerate(zip(titles, pairwise(bounds), strict=False))
        )

    def _names(self) -> tuple[Name, ...]:
        drawn = self._generator.integers(0, FAMILIES, AUTHORS)
        return tuple(Name(family=self._families[place], given=chr(65 + place % 26)) for place in drawn.tolist())

    def _entry(self, number: int, raw: str) -> Reference:
        return Reference(
            number=number,
            title=self._text(9).capitalize(),
            author=self._names(),
            container_title=self._journals[int(self._generator.integers(JOURNALS))],
            issued=Date(date_parts=((int(self._generator.integers(1990, 2026)),),)),
            raw=raw,
        )

    def _abbreviation(self) -> Abbreviation:
        long = self._text(3)
        return Abbreviation(short="".join(word[0] for word in long.split()).upper() + "x", long=long)


def _kinds(size: int) -> list[PassageKind]:
    entries, rows = int(size * ENTRIES), int(size * ROWS)
    counted: tuple[tuple[PassageKind, int], ...] = (
        ("prose", size - entries - rows),
        ("table_row", rows),
        ("reference", entries),
    )
    return [kind for kind, count in counted for _ in range(count)]


def _passage_of(of: Document, text: str, kind: PassageKind, start: int, cited: tuple[int, ...]) -> Passage:
    end = start + len(text)
    return Passage(
        id="p-" + hashlib.sha256(f"{of.id} {start}".encode()).hexdigest()[:16],
        kind=kind,
        document=Home(id=of.id, title=of.title),
        start=start,
        end=end,
        text=text,
        sentences=(Statement(start=start, end=end, references=cited),) if kind != "reference" else (),
        references=cited,
        label="Table 1" if kind == "table_row" else None,
        indexed=text,
    )


def synthetic_documents(
    passages: int, known: Iterable[str], size: int = SIZE
) -> Iterator[tuple[Document, list[Passage]]]:
    """Make documents with so many passages in total. Their words include those of the `known` texts."""
    documents = SyntheticDocuments(known)
    for number, first in enumerate(range(0, passages, size)):
        yield documents.document(number, min(size, passages - first))


class SyntheticEmbedder(Embedder):
    """An embedder with random vectors for passages. Questions are embedded by the real model."""

    def __init__(self, real: Embedder) -> None:
        super().__init__(real.name, real.model)
        generator = np.random.default_rng(SEED)
        self._pool = unit(generator.standard_normal((POOL, real.dimension), dtype=np.float32))
        self._halves: Halves = self._pool.astype(np.float16)

    def embed(self, texts: Sequence[str]) -> list[Embedding]:
        """One embedding a text: a vector of length 1, and as many token vectors as such a text has word pieces."""
        return [self._embedding(text) for text in texts]

    def _embedding(self, text: str) -> Embedding:
        seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])
        places = np.random.default_rng(seed).integers(0, POOL, max(1, round(PIECES * len(text.split()))))
        return Embedding(unit(self._pool[places].mean(axis=0)), self._halves[places])
