"""Small embedding models with random weights, saved to a folder as sentence-transformers saves its own."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers import MultiVectorEncoder, SentenceTransformer
from sentence_transformers.base.modules import Dense, Normalize, Transformer
from sentence_transformers.multi_vector_encoder.modules import MultiVectorMask
from sentence_transformers.sentence_transformer.modules import Pooling
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    BertConfig,
    BertModel,
    PreTrainedTokenizerFast,
    RobertaConfig,
    RobertaModel,
    T5Config,
    T5EncoderModel,
)
from transformers.utils import logging

# What the tokenizers learn their pieces from.
LEARNT = [
    "Vesicles from stem cells repair the heart after ischaemia; their surface carries PD-L1 (38, 40).",
    "Which proteins do the vesicles carry? query: passage: Moss grows on the stones of a wet garden.",
    "Do vesicles of the heart's own cells repair it, or those of stem cells, and which carries more?",
]
SIZES: dict[str, Any] = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}


def bert(folder: Path, window: int = 64) -> Path:
    """A BERT of one layer with WordPiece, in lower case, that reads `window` tokens."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    pieces.normalizer = normalizers.BertNormalizer(lowercase=True)
    pieces.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    pieces.train_from_iterator(LEARNT, trainers.WordPieceTrainer(vocab_size=300, special_tokens=special))
    pieces.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    config = BertConfig(vocab_size=300, max_position_embeddings=window, initializer_range=0.5, **SIZES)
    names = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
    return _saved(folder, BertModel, config, pieces, model_max_length=window, mask_token="[MASK]", **names)


def roberta(folder: Path, window: int = 24) -> Path:
    """A RoBERTa of one layer with byte-level BPE. Its tokenizer doesn't say how much it reads."""
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    pieces = Tokenizer(models.BPE())
    pieces.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    pieces.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    pieces.train_from_iterator(
        LEARNT, trainers.BpeTrainer(vocab_size=400, special_tokens=special, initial_alphabet=alphabet)
    )
    pieces.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    config = RobertaConfig(
        vocab_size=400, max_position_embeddings=window + 2, type_vocab_size=1, initializer_range=0.5, **SIZES
    )
    names = {"pad_token": "<pad>", "unk_token": "<unk>", "cls_token": "<s>", "sep_token": "</s>"}
    return _saved(folder, RobertaModel, config, pieces, mask_token="<mask>", **names)


def t5(folder: Path) -> Path:
    """A T5 encoder of one layer with SentencePiece: relative positions, no token before a text."""
    special = ["<pad>", "</s>", "<unk>"]
    pieces = Tokenizer(models.Unigram())
    pieces.pre_tokenizer = pre_tokenizers.Metaspace()
    pieces.train_from_iterator(
        LEARNT, trainers.UnigramTrainer(vocab_size=120, special_tokens=special, unk_token="<unk>")
    )
    pieces.post_processor = processors.TemplateProcessing(single="$A </s>", special_tokens=[("</s>", 1)])
    config = T5Config(vocab_size=150, d_model=8, d_kv=4, d_ff=16, num_layers=1, num_heads=2)
    names = {"pad_token": "<pad>", "unk_token": "<unk>", "eos_token": "</s>"}
    return _saved(folder, T5EncoderModel, config, pieces, model_max_length=48, **names)


def _saved(folder: Path, network: Any, config: Any, pieces: Tokenizer, **tokenizer: Any) -> Path:
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    with torch.random.fork_rng():
        torch.manual_seed(1)
        network(config).save_pretrained(folder)
    PreTrainedTokenizerFast(tokenizer_object=pieces, **tokenizer).save_pretrained(folder)  # type: ignore[no-untyped-call]
    return folder


def single(
    base: Path,
    folder: Path,
    dense: int = 0,
    pooling: dict[str, Any] | None = None,
    **model: Any,
) -> Path:
    """A model with one vector a text over the transformer in `base`, projected to `dense` numbers, normalised.

    `pooling` and `model` are what these classes take.
    """
    network = Transformer(str(base))
    pool = Pooling(8, **(pooling or {}))
    steps: list[Any] = [network, pool]
    with torch.random.fork_rng():
        torch.manual_seed(2)
        if dense:
            steps.append(Dense(pool.pooling_output_dimension, dense))
    steps.append(Normalize())
    SentenceTransformer(modules=steps, device="cpu", **model).save(str(folder), create_model_card=False)
    return folder


def multi(
    base: Path, folder: Path, skipped: Sequence[str] = (), expansion: dict[str, Any] | None = None, passage: int = 0
) -> Path:
    """A ColBERT: token vectors projected to 4 numbers and normalised, with prompts, skip-list and expansion."""
    network = Transformer(str(base), query_expansion=expansion, document_length=passage or None)
    with torch.random.fork_rng():
        torch.manual_seed(3)
        project = Dense(8, 4, bias=False, activation_function=torch.nn.Identity(), module_input_name="token_embeddings")
    model = MultiVectorEncoder(
        modules=[network, project, MultiVectorMask(list(skipped)), Normalize("token_embeddings")],
        device="cpu",
        prompts={"query": "which ", "document": "the "},
    )
    model.save(str(folder), create_model_card=False)
    return folder
