"""`python -m eval.peers`: ask other retrieval systems the questions that evqa is asked, and print one table.

Each peer is installed once in an environment of its own, under `--cache`, and runs offline with the same embedding
model as evqa, once with its own way of splitting the text and once with evqa's passages. Numbers printed in the first
passage that a peer returns are read for it by evqa, since no peer reads them. A peer that can't be installed or run
becomes a row with the reason. Without `--set`, every third article of `../shared/gold/train` is asked about.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, get_args

from platformdirs import user_cache_path

from eval.command_line import add_json, exit_code, parser_for, print_result, say
from eval.cost.speed import store
from eval.peering.embedding_service import embedding_service
from eval.peering.environments import Environment, environment_for
from eval.peering.known import PEERS, Peer
from eval.peering.lent import with_lent
from eval.peering.protocol import PeerDocument, PeerQuestion, PeerTask, Runs, read_runs, run_peer
from eval.peering.questions import AskedSet, named_sets, training_sets
from eval.peering.scores import scored
from eval.peering.table import PeerRow, PeerTable, Splitting
from eval.peering.trouble import PeerError
from eval.report.corpus_run import DEPTH, run_corpus
from eval.runs.run import load_run, save_run
from eval.sets import SHARED, add_sets
from evqa.errors import InputError, UsageError
from evqa.settings import settings_from
from index.corpus import open_corpus
from index.models.embed import Embedder
from index.writer import load_lazily

LIMIT = 1800.0
EVERY = 3
TEXT, PASSAGES, READER = "text", "text, passages", "marker reader"


class Comparison(NamedTuple):
    """What is asked, and where environments and runs are kept. `limit`: seconds for one peer and splitting."""

    sets: Sequence[AskedSet]
    cache: Path
    runs: Path
    interpreter: Path | None
    limit: float
    say: Callable[[str], None]


def compare(peers: Sequence[Peer], how: Comparison) -> PeerTable:
    """The table of evqa and the peers."""
    embedder = load_lazily(settings_from(os.environ).model)
    rows = [_ours(how, embedder)]
    versions = {}
    for peer in peers:
        try:
            environment = environment_for(peer, how.cache, how.interpreter, how.say)
        except PeerError as error:
            how.say(str(error))
            rows += [_failed(peer, "", splitting, str(error)) for splitting in get_args(Splitting)]
            continue
        versions[peer.name] = environment.versions
        for splitting in get_args(Splitting):
            rows += _peer_rows(peer, environment, splitting, how, embedder)
    questions = [question for each in how.sets for question in each.questions]
    return PeerTable(
        documents=tuple(each.name for each in how.sets),
        answerable=sum(question.is_answerable for question in questions),
        unanswerable=sum(not question.is_answerable for question in questions),
        printed=sum(bool(question.references) for question in questions),
        depth=DEPTH,
        model=Path(embedder.name).name,
        rows=tuple(rows),
        versions=versions,
    )
