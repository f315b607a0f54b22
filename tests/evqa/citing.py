"""Invented reviews as an audit sees them, their passages and titles held against each other by shared words."""

from collections.abc import Sequence
from hashlib import sha256

import numpy as np

from evqa.audit.cited_statements import cited_statements
from evqa.audit.likeness import Floats, Likeness, Nearness, covered
from evqa.audit.support import Cited
from evqa.language.words import words
from evqa.model import Document, Passage, Reference, Source
from ingest.markdown.reader import read_markdown
from ingest.passages import passages

# One topic an entry: two words that no other entry has.
TOPICS = tuple(
    pair.split()
    for pair in (
        "amber kelp|basalt otter|cedar lichen|dune falcon|ember plankton|fjord beetle|granite heron|harbour moss"
        "|island newt|juniper squid|krill glacier|lagoon thrush|marble fern|nectar urchin|opal walrus|pollen reef"
        "|quartz badger|raven tundra|saffron eel|topaz willow|umber clam|violet shrew|wheat comet|yarrow limpet"
        "|zinc orchid|acorn delta|birch oyster|copper swift|daisy geyser|elm tortoise"
    ).split("|")
)
COMMON = frozenset("of and in the near observed beside during a finding reference".split())


def title(topic: Sequence[str]) -> str:
    """A title on two words."""
    return f"{topic[0].capitalize()} and {topic[1]} during winter"


def statement(topic: Sequence[str], marker: str = "") -> str:
    """A sentence on the same."""
    return f"{topic[0].capitalize()} was observed beside {topic[1]}{marker and ' ' + marker}."


def entry(number: int, text: str, author: str = "Oak A", year: int = 2001, doi: str = "") -> str:
    """A line of a bibliography."""
    link = f" doi:{doi}" if doi else ""
    return f"{number}. {author}. {text}. J Salt. {year};{number}(1):{number}0-{number}9.{link}"


def table(label: str, rows: Sequence[tuple[str, str]]) -> str:
    """A table with a column of references."""
    lines = [f"| {first} | {second} |" for first, second in (("Finding", "Reference"), ("---", "---"), *rows)]
    return "\n".join([f"{label}. Findings of winter.", "", *lines])


def review_text(body: str, entries: Sequence[str]) -> str:
    """A review in Markdown."""
    return "\n\n".join(["# Winter", body, "## References", *entries])


def read_text(text: str, name: str = "review.md") -> Document:
    """A document read from Markdown."""
    data = text.encode()
    return read_markdown(data, Source(name=name, sha256=sha256(data).hexdigest(), media_type="text/markdown"))


def cited(body: str, entries: Sequence[str]) -> Cited:
    """A review with these entries, held against each other by shared words."""
    return held(read_text(review_text(body, entries)))


def on_topics(count: int, numbers: Sequence[int] | None = None) -> Cited:
    """So many entries, and as many statements in one paragraph, each on a topic; `numbers` are printed in order."""
    printed = range(1, count + 1) if numbers is None else numbers
    said = [statement(topic, f"[{number}]") for topic, number in zip(TOPICS, printed, strict=False)]
    listed = [entry(number, title(topic)) for number, topic in enumerate(TOPICS[:count], start=1)]
    return cited("## Findings\n\n" + "\n\n".join(said), listed)


def held(document: Document, likeness: Likeness | None = None) -> Cited:
    """A document as an audit sees it."""
    found = passages(document)
    made = by_words(document.references, found) if likeness is None else likeness
    return Cited(document, cited_statements(document, found), found, made)


def by_words(entries: Sequence[Reference], found: Sequence[Passage]) -> Likeness:
    """Texts are as near as they share words: the cosine of a word is 1 in a text that has it, else 0."""
    said = [_telling(each.indexed or each.text) if each.kind != "reference" else [] for each in found]
    titles = [_telling(each.title or each.raw) for each in entries]
    of_titles = _nearness(titles, titles)
    between = covered(of_titles)
    return Likeness(
        passages=_nearness(said, titles),
        entries=_nearness(titles, said),
        titles=((between + between.T) / 2).astype(np.float32),
        alike=_shared(said, said),
        pooled=_shared(said, titles),
    )


def _telling(text: str) -> list[str]:
    return [word for word in dict.fromkeys(words(text)) if word not in COMMON]


def _nearness(texts: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> Nearness:
    owner = [place for place, text in enumerate(texts) for _ in text]
    every = [word for text in texts for word in text]
    cosine = np.array([[float(word in other) for other in others] for word in every], dtype=np.float32)
    cosine = cosine.reshape(len(every), len(others))
    counts = np.maximum(cosine.sum(axis=1), 1.0)
    weight = np.log(1 + len(others) / counts).astype(np.float32)
    return Nearness(np.array(owner, dtype=np.int64), weight, cosine, len(texts), tuple(every))


def _shared(texts: Sequence[Sequence[str]], others: Sequence[Sequence[str]]) -> Floats:
    """Cosines of sets of words."""
    rows = [[len({*one} & {*two}) / max(1.0, (len(one) * len(two)) ** 0.5) for two in others] for one in texts]
    return np.array(rows, dtype=np.float32).reshape(len(texts), len(others))
