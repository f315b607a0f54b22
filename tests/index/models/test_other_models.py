"""Models of one's own: other tokenizers, pooling, sizes, prompts and windows, one vector a text or one a token."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from evqa.errors import ModelError
from index.models.embed import Embedder, load_embedder
from index.models.embedding import Floats
from index.models.encode import Encoder, PieceReader
from index.models.export import export
from tests.embeddingmodels import bert, multi, roberta, single, t5
from tests.tinymodel import tiny_cross_encoder

TEXTS = ["Which proteins do vesicles carry?", "Moss, PD-L1 (38)?", "?"]
LONG = "Moss grows on the stones of a wet garden. " * 12
PROMPTS = {"query": "query: ", "passage": "passage: "}
FIXED = {"strategy": "fixed", "attend": False, "length": 20}
ATTENDED = {"strategy": "min", "attend": True, "length": 20}

Bases = dict[str, Path]


@pytest.fixture(scope="module")
def bases(tmp_path_factory: pytest.TempPathFactory) -> Bases:
    """Transformers with WordPiece, byte-level BPE and SentencePiece."""
    folder = tmp_path_factory.mktemp("bases")
    return {make.__name__: make(folder / make.__name__) for make in (bert, roberta, t5)}


def exported(embedder: Embedder, home: Path) -> Encoder:
    """The query model by ONNX Runtime."""
    return Encoder(export(embedder, home))


def unit(vectors: Any) -> Floats:
    """Vectors of length 1."""
    found = np.asarray(vectors, dtype=np.float32)
    scaled: Floats = found / np.linalg.norm(found, axis=-1, keepdims=True)
    return scaled


@pytest.mark.slow
@pytest.mark.parametrize(
    ("base", "made"),
    [
        ("bert", {}),
        ("roberta", {"pooling": {"pooling_mode": "cls"}}),
        ("t5", {}),
        ("roberta", {"pooling": {"pooling_mode": "lasttoken"}}),
        ("bert", {"pooling": {"pooling_mode": "weightedmean"}}),
        ("bert", {"pooling": {"pooling_mode": ("max", "mean")}}),
        ("bert", {"dense": 12}),
        ("bert", {"prompts": PROMPTS}),
        ("roberta", {"prompts": PROMPTS}),
        ("t5", {"prompts": PROMPTS, "pooling": {"include_prompt": False}}),
        ("bert", {"prompts": {"both": "query: "}, "default_prompt_name": "both"}),
    ],
)
def test_agrees_with_sentence_transformers(bases: Bases, tmp_path: Path, base: str, made: dict[str, Any]) -> None:
    """Questions by ONNX Runtime and passages in bulk have the vectors that the library gives, under their prompts."""
    embedder = load_embedder(str(single(bases[base], tmp_path / "model", **made)))
    asked, told = embedder.questions.prompt, embedder.passages.prompt
    questions = unit(embedder.model.encode(TEXTS, prompt=asked, show_progress_bar=False))
    passages = unit(embedder.model.encode(TEXTS, prompt=told, show_progress_bar=False))
    for expected, question in zip(questions, exported(embedder, tmp_path).encode(TEXTS), strict=True):
        assert float(expected @ question.pooled) > 0.9999
    for expected, passage in zip(passages, embedder.embed(TEXTS), strict=True):
        assert float(expected @ passage.pooled) > 0.999
        assert (len(passage.pooled), passage.tokens.shape[1]) == (embedder.dimension, embedder.token_dimension)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("prompts", "usual", "expected"),
    [
        (None, None, ("", "")),
        (PROMPTS, None, ("query: ", "passage: ")),
        ({"query": "q: ", "document": "d: ", "passage": "p: "}, "query", ("q: ", "d: ")),
        ({"query": "q: "}, "query", ("q: ", "")),
        ({"all": "a: "}, "all", ("a: ", "a: ")),
        ({"all": "a: "}, None, ("", "")),
    ],
)
def test_prompts_are_those_that_the_model_names(
    bases: Bases, tmp_path: Path, prompts: dict[str, str] | None, usual: str | None, expected: tuple[str, str]
) -> None:
    """Questions get the query prompt, passages the first of document, passage and corpus that isn't empty; the default
    stands before both where the model names neither."""
    embedder = load_embedder(str(single(bases["bert"], tmp_path / "model", prompts=prompts, default_prompt_name=usual)))
    assert (embedder.questions.prompt, embedder.passages.prompt) == expected


@pytest.mark.slow
@pytest.mark.parametrize("base", ["bert", "roberta", "t5"])
def test_pieces_make_up_the_words(bases: Bases, tmp_path: Path, base: str) -> None:
    """The pieces of each word, without prompt and spaces, spell it, whatever the tokenizer does with spaces."""
    embedder = load_embedder(str(single(bases[base], tmp_path / "model", prompts=PROMPTS)))
    (encoded,) = exported(embedder, tmp_path).encode(["Moss, PD-L1 (38)?"])
    spelt: dict[int, str] = {}
    for word, piece in zip(encoded.words, encoded.surface, strict=True):
        spelt[word] = spelt.get(word, "") + piece
    assert [spelt[word] for word in sorted(spelt)] == ["Moss", ",", "PD", "-", "L1", "(", "38", ")", "?"]


@pytest.mark.slow
@pytest.mark.parametrize("base", ["bert", "roberta"])
def test_common_words_are_one_piece(bases: Bases, tmp_path: Path, base: str) -> None:
    """A word that the tokenizer learnt whole is common, one that it takes apart or doesn't know isn't."""
    encoder = exported(load_embedder(str(single(bases[base], tmp_path / "model"))), tmp_path)
    assert encoder.is_common("vesicles")
    assert not encoder.is_common("zebra")
    assert not encoder.is_common("☃")


@pytest.mark.slow
@pytest.mark.parametrize(("make", "window"), [(bert, 40), (roberta, 30)])
def test_the_window_is_the_models(tmp_path: Path, make: Callable[[Path, int], Path], window: int) -> None:
    """A model reads as much at once as it has positions for, and a longer text loses no token."""
    embedder = load_embedder(str(single(make(tmp_path / "base", window), tmp_path / "model", prompts=PROMPTS)))
    assert (embedder.window, embedder.questions.window) == (window, window)
    encoder = exported(embedder, tmp_path)
    (passage,), (question,) = embedder.embed([LONG]), encoder.encode([LONG])
    pieces = PieceReader(tmp_path / "models" / embedder.fingerprint).read(LONG)
    assert len(passage.tokens) == len(question.tokens) == len(pieces.ids) > window


@pytest.mark.slow
@pytest.mark.parametrize("base", ["bert", "roberta"])
@pytest.mark.parametrize(
    "made",
    [
        {},
        {"skipped": ["?", "(", ")"], "expansion": FIXED},
        {"skipped": ["?"], "expansion": ATTENDED, "passage": 20},
    ],
)
def test_multi_vector_models_have_the_vectors_of_the_class(
    bases: Bases, tmp_path: Path, base: str, made: dict[str, Any]
) -> None:
    """Token vectors of questions and passages are those of `encode_query` and `encode_document`: projected, with
    prompt, special tokens and expansion, without the skip-list; the pooled vector is their mean."""
    embedder = load_embedder(str(multi(bases[base], tmp_path / "model", **made)))
    questions = embedder.model.encode_query(TEXTS, convert_to_numpy=True)
    passages = embedder.model.encode_document(TEXTS, convert_to_numpy=True)
    for expected, question in zip(questions, exported(embedder, tmp_path).encode(TEXTS), strict=True):
        assert question.around is not None
        assert_same(expected, np.concatenate([question.around, question.tokens]), question.pooled)
    for expected, passage in zip(passages, embedder.embed(TEXTS), strict=True):
        assert_same(expected, passage.tokens.astype(np.float32), passage.pooled)


def assert_same(expected: Floats, found: Floats, pooled: Floats) -> None:
    """The same vectors in any order, and their mean."""
    assert found.shape == expected.shape
    assert float((expected @ found.T).max(axis=1).min()) > 0.999
    assert float((expected @ found.T).max(axis=0).min()) > 0.999
    assert float(unit(expected.mean(axis=0)) @ pooled) > 0.999


@pytest.mark.slow
def test_long_texts_of_multi_vector_models_are_not_cut(bases: Bases, tmp_path: Path) -> None:
    """A passage beyond the model's own limit, and a question beyond its expansion, keep every token's vector."""
    folder = multi(bases["bert"], tmp_path / "model", expansion=FIXED, passage=16)
    embedder = load_embedder(str(folder))
    (passage,), (question,) = embedder.embed([LONG]), exported(embedder, tmp_path).encode([LONG])
    own = len(PieceReader(tmp_path / "models" / embedder.fingerprint).read(LONG).ids)
    assert len(question.tokens) == own
    assert len(passage.tokens) == own + 3  # [CLS], the prompt's word and [SEP]


@pytest.mark.slow
def test_what_changes_vectors_changes_the_fingerprint(bases: Bases, tmp_path: Path) -> None:
    """Models over the same weights that treat texts in other ways aren't taken for each other."""
    made: list[dict[str, Any]] = [
        {},
        {"pooling": {"pooling_mode": "cls"}},
        {"prompts": PROMPTS},
        {"prompts": {"query": "query: "}},
    ]
    made += [{"prompts": PROMPTS, "pooling": {"include_prompt": False}}]
    folders = [single(bases["bert"], tmp_path / f"s{place}", **each) for place, each in enumerate(made)]
    several: list[dict[str, Any]] = [{}, {"skipped": ["?"]}, {"expansion": FIXED}, {"expansion": ATTENDED}]
    folders += [multi(bases["bert"], tmp_path / f"m{place}", **each) for place, each in enumerate(several)]
    assert len({load_embedder(str(folder)).fingerprint for folder in folders}) == len(folders)


def refusal(folder: Path) -> str:
    """The one line that is said of a model that can't be used."""
    with pytest.raises(ModelError) as caught:
        load_embedder(str(folder))
    line = str(caught.value)
    assert line.startswith(f"model {str(folder)!r}: can't be loaded (")
    assert line.endswith("; set EVQA_MODEL to a model's folder or name")
    assert "\n" not in line
    return line


@pytest.mark.slow
def test_models_of_another_kind_are_named(bases: Bases, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A cross-encoder or a sparse encoder is refused for what it is, though the library would make something of it."""
    assert "it is a CrossEncoder, not an embedding model" in refusal(tiny_cross_encoder(tmp_path / "cross"))
    sparse = single(bases["bert"], tmp_path / "sparse")
    card = sparse / "config_sentence_transformers.json"
    card.write_text(json.dumps(json.loads(card.read_text()) | {"model_type": "SparseEncoder"}))
    capfd.readouterr()
    assert "it is a SparseEncoder, not an embedding model" in refusal(sparse)
    assert capfd.readouterr() == ("", "")


@pytest.mark.slow
def test_damaged_weights_are_named(bases: Bases, tmp_path: Path) -> None:
    """Weights that are no numbers are found when the model is loaded, before anything is stored."""
    folder = single(bases["bert"], tmp_path / "model")
    weights = load_file(folder / "model.safetensors")
    weights["embeddings.word_embeddings.weight"][7, 3] = torch.nan
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    assert "word_embeddings.weight hold values that are no numbers" in refusal(folder)


@pytest.mark.slow
def test_a_prompt_must_leave_room(tmp_path: Path) -> None:
    """A prompt as long as the window is refused; there would be no end of windows without text."""
    base = bert(tmp_path / "base", 6)
    folder = single(base, tmp_path / "model", prompts={"query": "which proteins do the vesicles carry? "})
    assert "has no room for a text beside its prompt" in refusal(folder)
