"""Products of many 8-bit vectors with a few vectors of a question, by the integer arithmetic of ONNX Runtime.

A question's vectors are written in three digits to the base of 128, and the digits' products are added: as exact as
a product of floats, in half its time. Digits of seven bits keep processors without VNNI from saturating.
"""

import base64
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.models.embedding import Floats
from index.models.inference import inference

BASE, DIGITS = 128, 3
# Leaves room for rounding up: no digit is beyond ±64.
FIRST = 63.5
# What is added to a number to keep it in a byte without a sign, as the integer product wants its left side.
SHIFT = 128
BLOCK = 4096
# The graph product = (bytes − 128) · digits · scale · joined; tests/index/test_product.py builds it anew.
GRAPH = """
CAg6oAIKTQoFYnl0ZXMKBmRpZ2l0cwoDb25lCgVzY2FsZQoEemVybxIFcGFydHMiFE1hdE11bEludGVnZXJUb0Zsb2F0Og1jb20ubWljcm9zb2
Z0CiAKBXBhcnRzCgZqb2luZWQSB3Byb2R1Y3QiBk1hdE11bBIHcHJvZHVjdCoNEAFCA29uZUoEAACAPyoLEAJCBHplcm9KAYBaGwoFYnl0ZXMS
EgoQCAISDAoDEgF0CgUSA2RpbVocCgZkaWdpdHMSEgoQCAMSDAoFEgNkaW0KAxIBbloUCgVzY2FsZRILCgkIARIFCgMSAW5aGgoGam9pbmVkEh
AKDggBEgoKAxIBbgoDEgFtYhsKB3Byb2R1Y3QSEAoOCAESCgoDEgF0CgMSAW1CBAoAEBFCEQoNY29tLm1pY3Jvc29mdBAB
"""

Bytes = NDArray[np.uint8]
Digits = NDArray[np.int8]


def products(vectors: Bytes, scales: Floats, question: Floats) -> Floats:
    """Products (t, m) of the vectors (t, dim), each number SHIFT more than it is, times their scales (t,), with the
    question's (m, dim).
    """
    found = np.empty((len(vectors), len(question)), dtype=np.float32)
    if found.size == 0:
        return found
    multiply = multiplication(question)
    for start in range(0, len(vectors), BLOCK):
        block = slice(start, start + BLOCK)
        np.multiply(multiply(vectors[block]), scales[block, None], out=found[block])
    return found


def multiplication(question: Floats) -> Callable[[Bytes], Floats]:
    """The function from vectors (t, dim), each number SHIFT more than it is, to their products (t, m)."""
    digits, scale = written(question)
    joined = np.tile(np.eye(len(question), dtype=np.float32), (DIGITS, 1))
    rest = {"digits": digits, "scale": scale, "joined": joined}

    def multiply(vectors: Bytes) -> Floats:
        found: Floats = session().run(None, {"bytes": vectors, **rest})[0]
        return found

    return multiply


def written(question: Floats) -> tuple[Digits, Floats]:
    """Digits (dim, 3 m) of the vectors (m, dim), first digits first, and what each column of them is worth (3 m,)."""
    peaks = np.abs(question).max(axis=1).astype(np.float64) / FIRST
    rest = np.divide(question, peaks[:, None], out=np.zeros(question.shape), where=peaks[:, None] > 0)
    digits, worth = [], []
    for place in range(DIGITS):
        digit = np.rint(rest)
        digits.append(digit.astype(np.int8))
        worth.append(peaks / BASE**place)
        rest = (rest - digit) * BASE
    return np.ascontiguousarray(np.concatenate(digits).T), np.concatenate(worth).astype(np.float32)


@cache
def session() -> Any:
    """The graph, loaded."""
    return inference(base64.b64decode(GRAPH))
