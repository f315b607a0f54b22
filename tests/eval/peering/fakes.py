"""A tiny peer, run by this interpreter in place of an environment, and a document with questions for it."""

import json
import sys
from dataclasses import replace
from pathlib import Path

from eval.peering.environments import environment_name, interpreter_for
from eval.peering.known import Peer
from eval.peering.questions import AskedSet
from eval.runs.gold import GoldQuestion
from ingest.passages import passages
from ingest.reader import read

WORDS = '''
class Peer:
    """Ranks passages, or the text's paragraphs, by how many of the question's words they hold."""

    def __init__(self, task):
        self.depth = task["depth"]

    def index(self, document):
        texts = document["passages"] or [text for text in document["text"].split("\\n") if text]

        def search(question):
            words = set(question.lower().split())
            scored = [(len(words & set(text.lower().split())), text) for text in texts]
            return sorted(scored, key=lambda pair: -pair[0])[: self.depth], None

        return {"words": search}
'''
REVIEW = """# On lamps

## Introduction

Green lamps calm bees at night (1). Red lamps wake sparrows before dawn (2, 3).

Nobody has asked what blue lamps do to moths.

## References

1. Adams B. Lamps and bees. J Light. 2001;1:1-2.
2. Clark D. Sparrows at dawn. J Light. 2002;2:3-4.
3. Evans F. Waking birds. J Light. 2003;3:5-6.
"""
QUESTIONS = (
    {"id": "q1", "question": "what do green lamps calm", "kind": "factoid", "references": [1]}
    | {"evidence": [{"anchor": "Green lamps calm bees"}]},
    {"id": "q2", "question": "whom do red lamps wake", "kind": "factoid", "references": [2, 3]}
    | {"evidence": [{"anchor": "Red lamps wake sparrows"}]},
    {"id": "u1", "question": "how heavy is a whale", "kind": "unanswerable"},
)


def fake_peer(folder: Path, script: str = WORDS) -> Peer:
    """A peer whose adapter is the script; it offers one system, `words`."""
    adapter = folder / "fake_peer.py"
    adapter.write_text(script, encoding="utf-8")
    return Peer("Fake", ("fake-peer==1.2",), adapter, {"words": "counts words"}, "paragraphs")


def made_environment(peer: Peer, cache: Path) -> None:
    """What an installation leaves behind: an interpreter and the versions."""
    folder = cache / environment_name(peer, interpreter_for(peer, None))
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(sys.executable)
    (folder / "versions.json").write_text(json.dumps({"python": "3", "Fake_Peer": "1.2"}), encoding="utf-8")


def failing(peer: Peer, script: str) -> Peer:
    """The peer with an adapter that does something else."""
    adapter = peer.adapter.with_name("failing_peer.py")
    adapter.write_text(script, encoding="utf-8")
    return replace(peer, adapter=adapter)


def asked_set(folder: Path) -> AskedSet:
    """The review with its three questions."""
    path = folder / "lamps.md"
    path.write_text(REVIEW, encoding="utf-8")
    document = read(path)
    gold = tuple(GoldQuestion.model_validate(question) for question in QUESTIONS)
    return AskedSet("lamps", gold, path, document, passages(document))
