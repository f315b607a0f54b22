"""Loading models and embedding in bulk."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from evqa.errors import ModelError
from evqa.settings import DEFAULT_MODEL
from index.embed import Embedder, load_embedder, model_source
from tests.index.documents import TEXTS


def test_order_and_shape(embedder: Embedder) -> None:
    """Embeddings come in the order of the texts, whatever their lengths, as unit vectors of both precisions."""
    texts = sorted(TEXTS, key=len, reverse=True)
    found = embedder.embed(texts)
    for text, embedding in zip(texts, found, strict=True):
        (alone,) = embedder.embed([text])
        assert float(alone.pooled @ embedding.pooled) > 0.999
        assert embedding.pooled.dtype == np.float32
        assert embedding.tokens.dtype == np.float16
        assert embedding.tokens.shape == (len(embedder.tokenizer.encode(text, add_special_tokens=False)), 384)


def test_fingerprint_is_of_the_content(embedder: Embedder) -> None:
    """The same weights under another name have the same fingerprint."""
    assert Embedder("another name", embedder.model).fingerprint == embedder.fingerprint


def test_the_default_is_in_its_package() -> None:
    """The default model is found on the disk, so that no network is asked."""
    folder = model_source(DEFAULT_MODEL)
    assert folder is not None
    assert (folder / "model.safetensors").is_file()


def test_an_unusable_model_is_named(tmp_path: Path) -> None:
    """A folder that holds no model is a ModelError of one line with its name and the setting to change."""
    with pytest.raises(ModelError, match=r"can't be loaded.*EVQA_MODEL") as caught:
        load_embedder(str(tmp_path))
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_questions_need_no_torch() -> None:
    """Importing what answers a question imports neither PyTorch nor FAISS nor transformers."""
    code = "import sys, index.corpus; print(sorted({'torch', 'transformers', 'faiss', 'onnx'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "[]"
