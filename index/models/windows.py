"""Split texts into windows that fit the model, and join the model's output again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Encoding, Tokenizer

from index.models.embedding import Floats, Halves, Integers, unit
from index.models.format import Expansion, Format, Specials

OVERLAP = 32
BATCH_TOKENS = 4096

# From ids and mask (b, n) to token vectors (b, n, dim) and pooled vectors (b, other dim), None if the model has none.
Found = tuple[Floats, Floats | None]
Forward = Callable[[Integers, Integers], Found]


@dataclass(frozen=True)
class Window:
    """Window number `place` of text number `text`: its token `ids`, special ones included, of which those from `first`
    to `last` count. The last `tail` ids stand after the text; of these the model doesn't see the last `unseen`."""

    text: int
    place: int
    ids: tuple[int, ...]
    first: int
    last: int
    tail: int = 0
    unseen: int = 0


@dataclass(frozen=True)
class Vectors:
    """One text embedded: `pooled` (dim,), `tokens` (n, other dim) of its own tokens and `around` (k, other dim) of the
    special tokens, the prompt and the expansion. All have length 1; `pooled` is empty if the model has none."""

    pooled: Floats
    tokens: Halves
    around: Halves

    def counted(self, kept: Sequence[int]) -> Halves:
        """The vectors around the text, then those of its own tokens at these places."""
        return np.concatenate([self.around, self.tokens[list(kept)]])


def mean_of(vectors: Halves) -> Floats:
    """The mean (dim,) of vectors (n, dim), scaled to length 1: a multi-vector model's pooled vector."""
    exact = vectors.astype(np.float32)
    return unit(exact.mean(axis=0) if len(exact) else np.zeros(exact.shape[1], dtype=np.float32))


def specials_of(tokenizer: Tokenizer) -> Specials:
    """The special tokens that the tokenizer puts around a text."""
    dressed = tokenizer.encode("a")
    own = [place for place, is_special in enumerate(dressed.special_tokens_mask) if not is_special]
    if not own:
        return Specials((), ())
    return Specials(tuple(dressed.ids[: own[0]]), tuple(dressed.ids[own[-1] + 1 :]))


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


def windows_of(
    text: int, ids: Sequence[int], specials: Specials, size: int, expansion: Expansion | None = None
) -> list[Window]:
    """Split one text's ids into windows of at most `size` ids, special tokens included.

    A short text is filled up by the expansion.
    """
    before, after = specials.before, specials.after
    room = size - len(before) - len(after)
    missing = min(expansion.length, size) - len(before) - len(ids) - len(after) if expansion else 0
    more = max(0, missing)
    filling = (expansion.token,) * more if expansion else ()
    unseen = 0 if expansion is None or expansion.attended else more
    return [
        Window(
            text,
            place,
            (*before, *ids[start:stop], *after, *filling),
            first - start + len(before),
            last - start + len(before),
            len(after) + more,
            unseen,
        )
        for place, (start, stop, first, last) in enumerate(bounds(len(ids), room))
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


def padded(batch: Sequence[Window], padding: int = 0) -> tuple[Integers, Integers]:
    """Ids and mask (b, n) of a batch, padded at the end."""
    ids = np.full((len(batch), max(len(w.ids) for w in batch)), padding, dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, window in enumerate(batch):
        ids[row, : len(window.ids)] = window.ids
        mask[row, : len(window.ids) - window.unseen] = 1
    return ids, mask


# Runs a function over windows, some at a time and in whatever order, and gives what it returned for which of them.
Run = Callable[[Sequence[Window], Callable[[list[Window]], Found]], Iterable[tuple[list[Window], Found]]]
# A window with its token vectors and its pooled vector.
Part = tuple[Window, Floats, Floats]


def joined(parts: Sequence[Part]) -> Vectors:
    """Join one text's windows, each with its token and pooled vectors.

    The pooled vector is the mean of the windows' pooled vectors, weighted by the tokens that each window keeps.
    """
    tokens = np.concatenate([vectors[window.first : window.last] for window, vectors, _ in parts])
    weight = np.array([window.last - window.first for window, _, _ in parts], dtype=np.float32)
    pooled = np.average([vector for _, _, vector in parts], axis=0, weights=weight if weight.any() else None)
    first, vectors, _ = parts[0]
    around = np.concatenate([vectors[: first.first], vectors[len(vectors) - first.tail :]])
    return Vectors(unit(pooled.astype(np.float32)), unit(tokens).astype(np.float16), unit(around).astype(np.float16))


def encodings(tokenizer: Tokenizer, texts: Sequence[str]) -> list[Encoding]:
    """Tokenize the texts, without special tokens."""
    return list(tokenizer.encode_batch(list(texts), add_special_tokens=False))


def ahead_of(encoded: Encoding, prompt: str) -> int:
    """How many tokens of a text that begins with the prompt belong to the prompt alone."""
    return sum(end <= len(prompt) for _, end in encoded.offsets) if prompt else 0


def in_batches(
    windows: Sequence[Window], forward: Callable[[list[Window]], Found]
) -> Iterable[tuple[list[Window], Found]]:
    """Run batches of windows, one after the other."""
    return ((batch, forward(batch)) for batch in batches(windows))


def vectors_of(
    encoded: Sequence[Encoding], specials: Specials, takes: Format, forward: Forward, run: Run = in_batches
) -> list[Vectors]:
    """Embed each text, in order, from its tokens. Long texts are embedded in several windows; none is cut."""
    windows: list[Window] = []
    for text, each in enumerate(encoded):
        ahead = ahead_of(each, takes.prompt)
        # The prompt is repeated in every window.
        around = Specials((*specials.before, *each.ids[:ahead]), specials.after)
        windows += windows_of(text, each.ids[ahead:], around, takes.window, takes.expansion)
    parts: list[list[Part]] = [[] for _ in encoded]
    for batch, (tokens, pooled) in run(windows, lambda each: forward(*padded(each, takes.padding))):
        for row, window in enumerate(batch):
            vector = np.zeros(0, dtype=np.float32) if pooled is None else pooled[row].copy()
            parts[window.text].append((window, tokens[row, : len(window.ids)].copy(), vector))
    return [joined(sorted(found, key=lambda part: part[0].place)) for found in parts]
