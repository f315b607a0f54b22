"""Split texts into windows that fit the model, and join the model's output again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Encoding, Tokenizer

from index.models.embedding import Embedding, Floats, Integers, unit

OVERLAP = 32
BATCH_TOKENS = 4096

# From ids and mask (b, n) to last-layer token vectors (b, n, dim) and pooled vectors (b, dim).
Forward = Callable[[Integers, Integers], tuple[Floats, Floats]]


@dataclass(frozen=True)
class Window:
    """Window number `place` of text number `text`: its token `ids`, special ones included, of which those from `first`
    to `last` count."""

    text: int
    place: int
    ids: tuple[int, ...]
    first: int
    last: int


@dataclass(frozen=True)
class Specials:
    """Token ids that the model expects before and after a text."""

    before: tuple[int, ...]
    after: tuple[int, ...]


def specials_of(tokenizer: Tokenizer) -> Specials:
    """The special tokens that the tokenizer puts around a text."""
    bare, dressed = tokenizer.encode("a", add_special_tokens=False), tokenizer.encode("a")
    if not bare.ids:
        return Specials((), ())
    first = dressed.ids.index(bare.ids[0])
    return Specials(tuple(dressed.ids[:first]), tuple(dressed.ids[first + len(bare.ids) :]))


def bounds(length: int, room: int) -> Iterator[tuple[int, int, int, int]]:
    """(start, stop, kept from, kept to) of overlapping windows over `length` tokens, `room` tokens to a window.

    The kept parts follow each other without gap or overlap. A token in two windows is kept where it has more context.
    """
    overlap = min(OVERLAP, room // 2)
    kept = start = 0
    while start + room < length:
        upto = start + room - overlap // 2
        yield start, start + room, kept, upto
        kept, start = upto, start + room - overlap
    yield start, length, kept, length


def windows_of(text: int, ids: Sequence[int], specials: Specials, size: int) -> list[Window]:
    """Split one text's ids into windows of at most `size` ids, special tokens included."""
    before, after = specials.before, specials.after
    room = size - len(before) - len(after)
    return [
        Window(text, place, (*before, *ids[start:stop], *after), *(at - start + len(before) for at in kept))
        for place, (start, stop, *kept) in enumerate(bounds(len(ids), room))
    ]


def batches(windows: Sequence[Window]) -> Iterator[list[Window]]:
    """Sort the windows by length and group them into batches of at most BATCH_TOKENS padded ids."""
    batch: list[Window] = []
    for window in sorted(windows, key=lambda w: len(w.ids)):
        if batch and len(window.ids) * (len(batch) + 1) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def padded(batch: Sequence[Window]) -> tuple[Integers, Integers]:
    """Ids and mask (b, n) of a batch, padded at the end with 0."""
    ids = np.zeros((len(batch), max(len(w.ids) for w in batch)), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, window in enumerate(batch):
        ids[row, : len(window.ids)] = window.ids
        mask[row, : len(window.ids)] = 1
    return ids, mask


def joined(parts: Sequence[tuple[Window, Floats, Floats]]) -> Embedding:
    """Join one text's windows, each with its token and pooled vectors, to its embedding.

    The pooled vector is the mean of the windows' pooled vectors, weighted by the tokens that each window keeps.
    """
    tokens = np.concatenate([vectors[window.first : window.last] for window, vectors, _ in parts])
    weight = np.array([window.last - window.first for window, _, _ in parts], dtype=np.float32)
    pooled = np.average([vector for _, _, vector in parts], axis=0, weights=weight if weight.any() else None)
    return Embedding(unit(pooled.astype(np.float32)), unit(tokens).astype(np.float16))


def encodings(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Encoding]:
    """Tokenize the texts, without special tokens."""
    return list(tokenizer.encode_batch(list(texts), add_special_tokens=False))


def embeddings(encoded: Sequence[Encoding], specials: Specials, size: int, forward: Forward) -> list[Embedding]:
    """Embed each text, in order, from its tokens. Long texts are embedded in several windows; none is cut."""
    windows = [w for text, e in enumerate(encoded) for w in windows_of(text, e.ids, specials, size)]
    parts: list[list[tuple[Window, Floats, Floats]]] = [[] for _ in encoded]
    for batch in batches(windows):
        tokens, pooled = forward(*padded(batch))
        for row, window in enumerate(batch):
            parts[window.text].append((window, tokens[row, : len(window.ids)].copy(), pooled[row].copy()))
    return [joined(sorted(found, key=lambda part: part[0].place)) for found in parts]
