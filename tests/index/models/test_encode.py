"""The query model against sentence-transformers."""

from pathlib import Path

import numpy as np
import pytest

from evqa.errors import ModelError
from index.models.embed import Embedder
from index.models.encode import Encoder
from tests.index.documents import TEXTS

LONG = " ".join(TEXTS * 12)


def test_agrees_with_sentence_transformers(embedder: Embedder, encoder: Encoder) -> None:
    """Pooled vectors of ONNX Runtime and sentence-transformers have a cosine of at least 0.999, in a batch or alone."""
    expected = embedder.model.encode(list(TEXTS), show_progress_bar=False)
    together = encoder.encode(TEXTS)
    for text, vector, encoded in zip(TEXTS, expected, together, strict=True):
        assert float(vector @ encoded.pooled) >= 0.9999
        assert float(vector @ encoder.encode([text])[0].pooled) >= 0.9999


def test_agrees_with_bulk_embedding(embedder: Embedder, encoder: Encoder) -> None:
    """Bulk embedding in reduced precision stays within 0.999 of the query model, tokens included, long texts too."""
    texts = [*TEXTS, LONG]
    for bulk, encoded in zip(embedder.embed(texts), encoder.encode(texts), strict=True):
        assert float(bulk.pooled @ encoded.pooled) >= 0.999
        assert float((bulk.tokens.astype(np.float32) * encoded.tokens).sum(axis=1).min()) >= 0.999


def test_long_text_is_not_cut(encoder: Encoder) -> None:
    """A text beyond the window keeps every word piece, and its last words change its vector."""
    long, longer = encoder.encode([LONG, LONG + " Zebras graze in the savanna."])
    assert len(long.pieces) == len(long.tokens) > 512
    assert longer.pieces[: len(long.pieces)] == long.pieces
    assert float(long.pooled @ longer.pooled) < 0.9999


def test_pieces_name_their_text(encoder: Encoder) -> None:
    """Each token vector comes with the stretch of text it stands for; special tokens are left out."""
    (encoded,) = encoder.encode(["Anti-PD-L1 (2025)"])
    assert "".join(encoded.surface) == "Anti-PD-L1(2025)"
    assert len(encoded.surface) == len(encoded.pieces) == len(encoded.tokens)


@pytest.mark.parametrize("text", ["", " ", "\x00\ud7a3", "한국어 질문", "?!", "a" * 5000])
def test_any_text_is_encoded(encoder: Encoder, text: str) -> None:
    """No text is refused, and every vector has length 1 or stands for nothing."""
    (encoded,) = encoder.encode([text])
    assert encoded.pooled.shape == (384,)
    assert np.linalg.norm(encoded.tokens, axis=1) == pytest.approx(1.0, abs=1e-2)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    """A folder without a query model is a ModelError that names it."""
    with pytest.raises(ModelError, match=str(tmp_path)):
        Encoder(tmp_path)
