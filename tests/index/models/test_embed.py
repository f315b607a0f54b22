"""Loading models and embedding in bulk."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from evqa.errors import ModelError
from index.models.embed import Embedder, load_embedder
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


def test_an_unusable_model_is_named(tmp_path: Path) -> None:
    """A folder that holds no model is a ModelError of one line with its name and the setting to change."""
    with pytest.raises(ModelError, match=r"can't be loaded.*EVQA_MODEL") as caught:
        load_embedder(str(tmp_path))
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["/no/such/folder", "../x", "a/b/c", "a\nb", "two words", "\x1b[31mred"])
def test_what_is_no_name_is_refused_at_once(name: str) -> None:
    """A folder that doesn't exist, or a text that no hub would take, is refused without asking anyone."""
    with pytest.raises(ModelError, match="neither a folder nor a model's name") as caught:
        load_embedder(name)
    assert str(caught.value).isprintable()


@pytest.mark.slow
def test_a_hub_that_cannot_be_reached_is_asked_once(tmp_path: Path) -> None:
    """A model that isn't on the disk ends in one line within seconds, without torch, when no hub answers."""
    code = (
        "import sys; from index.models.embed import load_embedder\n"
        "try: load_embedder('some-org/no-such-model')\n"
        "except Exception as error: print(type(error).__name__, 'torch' in sys.modules, error)"
    )
    environment = {**os.environ, "HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=30)
    assert done.stderr == ""
    assert done.stdout.startswith("ModelError False model 'some-org/no-such-model': can't be loaded (")
    assert done.stdout.count("\n") == 1


@pytest.mark.slow
def test_questions_need_no_torch() -> None:
    """Importing what answers a question imports neither PyTorch nor FAISS nor transformers."""
    code = "import sys, index.corpus; print(sorted({'torch', 'transformers', 'faiss', 'onnx'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "[]"
