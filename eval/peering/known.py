"""The peers: their packages, the Python they need, and the systems that each adapter offers."""

from dataclasses import dataclass
from pathlib import Path

ADAPTERS = Path(__file__).with_name("adapters")
EMBEDDING = ("torch", "sentence-transformers")


@dataclass(frozen=True)
class Peer:
    """A system to compare with.

    `packages` are installed in its environment; those that `constraints.txt` pins get that version. `python` is the
    least version that the packages accept. `systems` are the ways of searching that the adapter offers, by name, each
    with what it is. `splitting` says what the peer does to a text by default, `no_splitting` why it can't do that here.
    `embeds_by_service` is True for a peer that takes its vectors from an HTTP service, which evqa then lends it.
    """

    name: str
    packages: tuple[str, ...]
    adapter: Path
    systems: dict[str, str]
    splitting: str
    python: tuple[int, int] = (3, 11)
    no_splitting: str = ""
    embeds_by_service: bool = False


PEERS = (
    Peer(
        name="PaperQA2",
        packages=("paper-qa==2026.8.12", *EMBEDDING),
        adapter=ADAPTERS / "paperqa_peer.py",
        systems={"dense": "its text index, maximal marginal relevance as by default"},
        splitting="5,000 characters, 250 shared",
    ),
    Peer(
        name="Haystack",
        packages=("haystack-ai==3.4.1", "sentence-transformers-haystack==2.0.0", *EMBEDDING),
        adapter=ADAPTERS / "haystack_peer.py",
        systems={
            "bm25": "in-memory BM25",
            "dense": "in-memory embeddings",
            "hybrid": "both, joined by reciprocal rank; confidence from the embeddings",
        },
        splitting="200 words",
    ),
    Peer(
        name="LlamaIndex",
        packages=(
            "llama-index-core==0.14.25",
            "llama-index-retrievers-bm25==0.8.0",
            "llama-index-embeddings-huggingface==0.8.0",
            *EMBEDDING,
        ),
        adapter=ADAPTERS / "llamaindex_peer.py",
        systems={
            "bm25": "BM25Retriever",
            "dense": "VectorStoreIndex",
            "hybrid": "both, joined by reciprocal rank; confidence from the embeddings",
        },
        splitting="1,024 tokens, 20 shared",
    ),
    Peer(
        name="txtai",
        packages=("txtai==9.14.0", *EMBEDDING),
        adapter=ADAPTERS / "txtai_peer.py",
        systems={"dense": "Embeddings as by default", "hybrid": "Embeddings with hybrid=True"},
        splitting="paragraphs (Segmentation); by default none",
    ),
    Peer(
        name="haiku.rag",
        packages=("haiku.rag-slim==0.101.1",),
        adapter=ADAPTERS / "haiku_peer.py",
        systems={"hybrid": "its store's hybrid search, no reranker as by default"},
        splitting="256 tokens",
        python=(3, 12),
        no_splitting="its splitter is docling, which needs a second PyTorch and a tokenizer from a hub",
        embeds_by_service=True,
    ),
)
