"""Collections of abstracts about which drill questions were written: of SciFact, those that no claim is judged by."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

COLLECTIONS, TOGETHER = 48, 25
# Characters of an abstract that was chosen.
SHORTEST, LONGEST = 700, 2_600


def collections(scifact: Path) -> Iterator[tuple[str, str]]:
    """(name, Markdown text) of each collection, from the folder of SciFact in BEIR's layout; none if it isn't there.

    The order is that of the SHA-256 of the abstracts' ids. Abstracts that a claim is judged by stay out, so that
    retrieval on SciFact can be measured.
    """
    corpus = scifact / "corpus.jsonl"
    if not corpus.is_file():
        return
    judged = {line.split("\t")[1] for file in (scifact / "qrels").glob("*.tsv") for line in _lines(file)[1:]}
    documents = [json.loads(line) for line in _lines(corpus)]
    free = [each for each in documents if each["_id"] not in judged and SHORTEST < len(each["text"]) < LONGEST]
    free.sort(key=lambda each: hashlib.sha256(each["_id"].encode()).hexdigest())
    for place in range(COLLECTIONS):
        chosen = free[place * TOGETHER : (place + 1) * TOGETHER]
        parts = [f"## {each['title']}\n\n{each['text']}" for each in chosen]
        yield f"abstracts-{place:02d}", "\n\n".join([f"# Collected abstracts {place}", *parts])


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()
