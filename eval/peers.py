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
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, nullcontext
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_cache_path

from eval.command_line import add_json, exit_code, parser_for, print_result, say
from eval.cost.speed import store
from eval.peering.embedding_service import Encode, embedding_service
from eval.peering.environments import environment_for
from eval.peering.known import PEERS, Peer
from eval.peering.lent import with_lent
from eval.peering.protocol import PeerDocument, PeerQuestion, PeerTask, Runs, read_runs, run_peer
from eval.peering.questions import AskedSet, named_sets, training_sets
from eval.peering.scores import scored
from eval.peering.table import PeerRow, PeerTable
from eval.peering.trouble import PeerError
from eval.report.corpus_run import DEPTH, run_corpus
from eval.runs.run import SystemRun, load_run, save_run
from eval.sets import SHARED, add_sets
from evqa.errors import InputError, UsageError
from evqa.settings import settings_from
from index.corpus import open_corpus
from index.judging.judged import Judged
from index.judging.local import LocalJudge
from index.judging.ready import judge_model
from index.models.embed import Embedder
from index.models.pretrained import Pretrained
from index.writer import load_lazily

LIMIT = 1800.0
EVERY = 3
Ask = Callable[[AskedSet], SystemRun]
OWN, LENT = "own", "evqa's passages"


class Comparison(NamedTuple):
    """What is asked, who asks evqa, and where things are kept: environments in `cache`, stored runs in `runs`.

    `ask` gives evqa's run on a set, for each way of asking evqa. `model` is the folder of the embedding model, `encode`
    embeds texts by it for peers that want a service. `limit`: seconds for one peer with one way of splitting.
    `interpreter`: for a peer that needs a newer Python.
    """

    sets: Sequence[AskedSet]
    ask: Mapping[str, Ask]
    model: str
    model_name: str
    encode: Encode
    cache: Path
    runs: Path
    interpreter: Path | None
    limit: float


def compare(peers: Sequence[Peer], how: Comparison) -> PeerTable:
    """The table of evqa and the peers. Whatever goes wrong with a peer becomes the reason in its rows."""
    rows = [_ours(system, ask, how) for system, ask in how.ask.items()]
    versions: dict[str, dict[str, str]] = {}
    for peer in peers:
        for splitting in (OWN, LENT):
            try:
                found, of_packages = _measured(peer, splitting, how)
                versions[peer.name] = of_packages
            except PeerError as error:
                say(str(error))
                found = [_row(peer, splitting, reason=_reason(error, peer.name))]
            rows += found
    questions = [question for each in how.sets for question in each.questions]
    return PeerTable(
        documents=tuple(each.name for each in how.sets),
        answerable=sum(question.is_answerable for question in questions),
        unanswerable=sum(not question.is_answerable for question in questions),
        printed=sum(bool(question.references) for question in questions),
        depth=DEPTH,
        model=how.model_name,
        rows=tuple(rows),
        versions=versions,
    )


def _ours(system: str, ask: Ask, how: Comparison) -> PeerRow:
    """A row of evqa; its runs are stored and read like those of peers."""
    runs: Runs = {}
    folder = how.runs / "evqa" / system.partition(",")[0]
    folder.mkdir(parents=True, exist_ok=True)
    for each in how.sets:
        say(f"evqa {system}: {each.name}")
        path = folder / f"{each.name}.jsonl"
        save_run(ask(each), path)
        runs[each.name] = load_run(path)
    overall, by_document = scored(how.sets, runs)
    return PeerRow(
        peer="evqa", system=system, splitting="its passages", lent="–", measures=overall, by_document=by_document
    )


def _measured(peer: Peer, splitting: str, how: Comparison) -> tuple[list[PeerRow], dict[str, str]]:
    """A row for each of the peer's systems, and the versions in its environment. Raises PeerError."""
    if splitting == OWN and peer.no_splitting:
        raise PeerError(peer.name, peer.no_splitting, "")
    environment = environment_for(peer, how.cache, how.interpreter, say)
    say(f"{peer.name}, splitting: {splitting}")
    folder = how.runs / f"{peer.name}-{'own' if splitting == OWN else 'lent'}"
    shutil.rmtree(folder, ignore_errors=True)
    task = PeerTask(model=how.model, depth=DEPTH, documents=tuple(_asked(each, splitting) for each in how.sets))
    with embedding_service(how.encode) if peer.embeds_by_service else nullcontext() as address:
        run_peer(peer, environment.python, task.model_copy(update={"embedding_service": address}), folder, how.limit)
    empty = _row(peer, splitting, environment.version_of(peer.packages[0]))
    rows = [_filled(empty.model_copy(update={"system": name}), folder / name, how.sets) for name in peer.systems]
    return rows, environment.versions


def _asked(each: AskedSet, splitting: str) -> PeerDocument:
    return PeerDocument(
        name=each.name,
        text=each.document.text,
        passages=None if splitting == OWN else tuple(passage.text for passage in each.passages),
        questions=tuple(PeerQuestion(id=question.id, question=question.question) for question in each.questions),
    )


def _filled(row: PeerRow, folder: Path, sets: Sequence[AskedSet]) -> PeerRow:
    """The row with the measures of the system's stored runs, or with the reason why they can't be used."""
    try:
        runs = read_runs(folder, {each.name: [question.id for question in each.questions] for each in sets})
    except PeerError as error:
        return row.model_copy(update={"reason": _reason(error, row.peer)})
    overall, by_document = scored(sets, {each.name: with_lent(runs[each.name], each.document) for each in sets})
    return row.model_copy(update={"measures": overall, "by_document": by_document})


def _row(peer: Peer, splitting: str, version: str = "", reason: str = "") -> PeerRow:
    """A row without measures."""
    lent = ["text", "marker reader"] + (["embedding service"] if peer.embeds_by_service else [])
    return PeerRow(
        peer=peer.name,
        version=version or peer.packages[0].partition("==")[2],
        splitting=peer.splitting if splitting == OWN else splitting,
        lent=", ".join(lent if splitting == OWN else ["passages", *lent[1:]]),
        reason=reason,
    )


def _reason(error: PeerError, peer: str) -> str:
    """What went wrong, without the peer's name, which stands in the row, and without the next step."""
    return replace(error.facts, subject="" if error.facts.subject == peer else error.facts.subject, step="").line()


def asking(home: Path, embedder: Embedder, with_judge: bool) -> Ask:
    """Asks evqa with its local judge or without; each document is kept in a corpus of its own, by its content."""
    network = cache(lambda: judge_model(home))

    def ask(each: AskedSet) -> SystemRun:
        name = f"peers-{sha256(each.path.read_bytes()).hexdigest()[:12]}"
        store(each.path, home, embedder.name, name, lambda _: embedder)
        with closing(open_corpus(home, name)) as corpus:
            judge = LocalJudge(network(), corpus) if with_judge else None
            return run_corpus(each.questions, Judged(corpus, judge))

    return ask


def encoding(embedder: Embedder) -> Encode:
    """Embeds texts as sentence-transformers does by itself, which is how the other peers embed."""

    def encode(texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = embedder.model.encode(texts, show_progress_bar=False).tolist()
        return vectors

    return encode


def chosen(names: Sequence[str]) -> list[Peer]:
    """The peers of those names, all if none is named. Raises UsageError for an unknown name."""
    known = {peer.name.lower(): peer for peer in PEERS}
    if unknown := [name for name in names if name.lower() not in known]:
        listed = ", ".join(peer.name for peer in PEERS)
        raise UsageError(f"--peer {unknown[0]}", "there is none of that name", f"take some of {listed}")
    return [known[name.lower()] for name in names] or list(PEERS)


def written(table: PeerTable, folder: Path) -> None:
    """Write `peers.md` and `peers.json`. Raises InputError if they can't be written."""
    try:
        (folder / "peers.md").write_text(table.markdown(), encoding="utf-8", newline="\n")
        (folder / "peers.json").write_text(table.model_dump_json(indent=1) + "\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(folder, "can't be written", "choose another --out", error.strerror) from error


def main(argv: Sequence[str] | None = None, shared: Path = SHARED) -> int:
    """Ask, print the table and write it beside the stored runs; 2 or 1 and one line on stderr if it can't be."""
    given = _parser().parse_args(argv)
    return exit_code(lambda: _run(given, shared))


def _run(given: argparse.Namespace, shared: Path) -> None:
    peers = chosen(given.peer)
    sets = named_sets(given.sets) if given.sets else training_sets(given.every, shared)
    cache: Path = given.cache.resolve()
    out: Path = (given.out or cache / "results").resolve()
    embedder = load_lazily(settings_from(os.environ).model)
    model = Pretrained(embedder.name, "EVQA_MODEL", "sentence-transformers").folder or embedder.name
    # The judge has learned from the training articles; their questions flatter it.
    with_judge = "with judge" if given.sets else "with judge, which was fitted on these articles"
    how = Comparison(
        sets=sets,
        ask={
            "without judge": asking(cache / "home", embedder, with_judge=False),
            with_judge: asking(cache / "home", embedder, with_judge=True),
        },
        model=str(model),
        model_name=embedder.name,
        encode=encoding(embedder),
        cache=cache,
        runs=out / "runs",
        interpreter=given.python,
        limit=given.limit,
    )
    table = compare(peers, how)
    written(table, out)
    say(f"written to {out}")
    print_result(table, table.lines(), given.json)


def _parser() -> argparse.ArgumentParser:
    parser = parser_for("peers", __doc__)
    add_sets(parser, False, "gold questions and their document, instead of the training articles")
    every = "ask about each N-th training article (default: %(default)s)"
    parser.add_argument("--every", type=_count, default=EVERY, metavar="N", help=every)
    known = f"only these peers: {', '.join(peer.name for peer in PEERS)} (default: all)"
    parser.add_argument("--peer", nargs="+", default=[], metavar="NAME", help=known)
    cache = "folder of the environments and of evqa's corpora; what is there is reused (default: %(default)s)"
    parser.add_argument("--cache", type=Path, default=user_cache_path("evqa") / "peers", metavar="DIR", help=cache)
    out = "folder for peers.md, peers.json and the stored runs (default: results in --cache)"
    parser.add_argument("--out", type=Path, metavar="DIR", help=out)
    python = "interpreter for a peer that needs a newer Python than this one"
    parser.add_argument("--python", type=Path, metavar="INTERPRETER", help=python)
    limit = "how long a peer may take for one way of splitting (default: %(default)g)"
    parser.add_argument("--limit", type=float, default=LIMIT, metavar="SECONDS", help=limit)
    add_json(parser)
    return parser


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} isn't a number from 1")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
