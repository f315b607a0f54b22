"""A retrieval collection of invented texts in BEIR's layout."""

import json
from pathlib import Path

CORPUS = (
    ("moss-1", "Water in moss", "Cushions of moss hold twenty times their own weight in water."),
    ("moss/2", "", "Slugs avoid cushions that contain bitter acids."),
    ("moss-3", "Gardens", "Yogurt on stones makes moss grow faster, gardeners say."),
    ("moss-4", "Ferns", "Ferns unroll their leaves in spring."),
)
QUERIES = (
    ("q1", "How much water does a cushion of moss hold?"),
    ("q2", "What keeps slugs away from cushions?"),
    ("never judged", "What do ferns do in spring?"),
)
QRELS = (("q1", "moss-1", 1), ("q1", "moss-3", 0), ("q2", "moss/2", 1), ("q2", "lost", 1))


def written_collection(folder: Path, qrels: str = "test.tsv") -> Path:
    """The collection's files in a folder of its own."""
    root = folder / "mosses"
    (root / "qrels").mkdir(parents=True)
    documents = [{"_id": name, "title": title, "text": text, "metadata": {}} for name, title, text in CORPUS]
    (root / "corpus.jsonl").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    queries = [{"_id": name, "text": text} for name, text in QUERIES]
    (root / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    rows = ["query-id\tcorpus-id\tscore", *("\t".join(map(str, row)) for row in QRELS)]
    (root / "qrels" / qrels).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return root
