"""Products of 8-bit vectors with a question's."""

import base64

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.models.embedding import Floats
from index.search.product import BLOCK, DIGITS, GRAPH, SHIFT, Bytes, products, written

ELEMENTS = st.floats(-1, 1, width=32, allow_subnormal=False)
QUESTIONS = arrays(np.float32, st.tuples(st.integers(1, 5), st.just(16)), elements=ELEMENTS)


def random_bytes(count: int, dimension: int) -> Bytes:
    """Vectors of shifted 8-bit integers, the outermost among them."""
    found = np.random.default_rng(3).integers(1, 256, (count, dimension)).astype(np.uint8)
    found[:1] = 255
    return found


@settings(deadline=None)
@given(question=QUESTIONS)
def test_as_exact_as_floats(question: Floats) -> None:
    """Products differ from those in 64 bits by no more than products of floats may."""
    vectors = random_bytes(9, question.shape[1])
    scales = np.linspace(0.001, 0.01, 9).astype(np.float32)
    meant = (vectors.astype(np.float64) - SHIFT) * scales[:, None]
    exact = meant @ question.T.astype(np.float64)
    length = np.abs(meant).sum(axis=1)[:, None] * np.abs(question).max(axis=1)
    assert (np.abs(products(vectors, scales, question) - exact) <= 1e-6 * length + 1e-30).all()


@given(question=QUESTIONS)
def test_digits_write_the_question(question: Floats) -> None:
    """Digits times their worth are the question's numbers, and none is so large that sums of two would saturate."""
    digits, worth = written(question)
    read = (digits * worth.astype(np.float64)).reshape(question.shape[1], DIGITS, len(question)).sum(axis=1).T
    assert np.abs(digits.astype(np.int16)).max() <= 64
    assert np.abs(read - question).max() <= 1e-6 * np.abs(question).max()


@pytest.mark.parametrize("count", [1, BLOCK, BLOCK + 1])
def test_blocks_leave_no_seam(count: int) -> None:
    """A product is the same whichever vectors stand beside it."""
    vectors, question = random_bytes(count, 16), np.random.default_rng(4).standard_normal((3, 16)).astype(np.float32)
    scales = np.ones(count, dtype=np.float32)
    last = products(vectors[-1:], scales[-1:], question)
    assert products(vectors, scales, question)[-1] == pytest.approx(last[0], rel=1e-6)


def test_nothing_to_multiply() -> None:
    """Without vectors, and without a question, there are no products."""
    none = np.zeros((0, 16), dtype=np.float32)
    assert products(random_bytes(0, 16), none[:, 0], np.ones((2, 16), dtype=np.float32)).shape == (0, 2)
    assert products(random_bytes(2, 16), np.ones(2, dtype=np.float32), none).shape == (2, 0)


def test_the_graph_is_what_it_is_said_to_be() -> None:
    """The graph kept as text is that of (bytes − 128) · digits, times the scales, added up by the last factor."""
    from onnx import TensorProto as Kind
    from onnx import ValueInfoProto, helper, numpy_helper

    def value(name: str, kind: int, *shape: str) -> ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, shape)

    inputs = [value("bytes", Kind.UINT8, "t", "dim"), value("digits", Kind.INT8, "dim", "n")]
    inputs += [value("scale", Kind.FLOAT, "n"), value("joined", Kind.FLOAT, "n", "m")]
    named = ["bytes", "digits", "one", "scale", "zero"]
    nodes = [helper.make_node("MatMulIntegerToFloat", named, ["parts"], domain="com.microsoft")]
    nodes += [helper.make_node("MatMul", ["parts", "joined"], ["product"])]
    kept = [numpy_helper.from_array(np.array(1, dtype=np.float32), "one")]
    kept += [numpy_helper.from_array(np.array(128, dtype=np.uint8), "zero")]
    graph = helper.make_graph(nodes, "product", inputs, [value("product", Kind.FLOAT, "t", "m")], kept)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    assert model.SerializeToString() == base64.b64decode(GRAPH)
