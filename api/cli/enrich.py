"""`evqa enrich`: look up whether the cited works still stand, who they are and what they say, and keep it."""

import argparse
from pathlib import Path

from api.cli.arguments import add_corpus, add_json
from api.cli.ingest import ended_by_signals
from api.corpus_names import DEFAULT, own_name
from api.enrichment.enriching import EnrichReport, Order, enrich, planned, references_of
from api.enrichment.sources import sources_of
from api.enrichment.table import plan_text, report_record, report_text, retracted, unchecked
from api.errors import DONE, INTERRUPTED, NO_CORPUS, UNSOUND
from api.opening import usual_corpus
from api.text.json_text import json_text
from api.text.progress import ProgressBar
from api.text.terminal import say, width
from evqa.errors import UsageError
from evqa.model import Reference
from evqa.settings import Settings
from index.disk.folder import home_folder


def add(parser: argparse.ArgumentParser) -> None:
    """Arguments of `evqa enrich`."""
    retracted = "exit with 5 if a cited work is retracted, with 6 if some couldn't be checked"
    parser.add_argument("--status", action="store_true", help=retracted)
    parser.add_argument("--abstracts", action="store_true", help="make abstracts passages of the cited papers")
    parser.add_argument("--texts", action="store_true", help="the same for full texts under a licence that allows it")
    files = "the Retraction Watch CSV, JSON of Crossref, Europe PMC or OpenAlex, JATS, BibTeX, RIS, CSL-JSON"
    given = f"take it from files and ask nobody: {files}"
    parser.add_argument("--from", metavar="DIR", type=Path, dest="folder", help=given)
    parser.add_argument("--dry-run", action="store_true", help="print what would be asked, and ask nobody")
    add_corpus(parser)
    add_json(parser)


class EnrichWatch:
    """Shows a run as a bar. A Watch."""

    def __init__(self, bar: ProgressBar) -> None:
        self._bar = bar
        self.works = self.finished = 0

    def begin(self, works: int) -> None:
        """See Watch."""
        self.works = works
        self._bar.begin(max(works, 2))

    def extend(self, works: int) -> None:
        """See Watch."""
        self.works += works
        self._bar.extend(works)

    def done(self, source: str, works: int) -> None:
        """See Watch."""
        self.finished += works
        self._bar.name(source)
        self._bar.advance(0, works)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Look up what is due. The exit code is 0, or with --status 5 for a retraction, 6 for works that aren't checked."""
    corpus = own_name(arguments.corpus or usual_corpus(home_folder(settings)) or DEFAULT)
    order = Order(corpus, settings, arguments.abstracts, arguments.texts, arguments.folder)
    if arguments.dry_run:
        return _print_plan(order, arguments.json)
    with ProgressBar("look-ups", "") as bar, ended_by_signals():
        watch = EnrichWatch(bar)
        try:
            report = enrich(order, watch)
        except KeyboardInterrupt:
            bar.close()
            say(f"interrupted; {watch.finished} of {watch.works} look-ups are done and kept: run it again to resume")
            return INTERRUPTED
    _, references = references_of(order)
    print(json_text(report_record(report, references)) if arguments.json else report_text(report, references, width()))
    for source in report.failed:
        say(f"{source.source}: {source.failed}; what it wasn't asked about stays not checked")
    return _code(report, references) if arguments.status else DONE


def _print_plan(order: Order, as_json: bool) -> int:
    if order.folder:
        raise UsageError(
            "--dry-run and --from", "they exclude each other: files are asked nothing", "give one of the two"
        )
    plan = planned(order)
    missing = sources_of(order.settings, order.today.isoformat(), order.texts).missing
    lines = [f"{source}: not asked, {reason}" for source, reason in missing.items()]
    print(json_text(plan) if as_json else plan_text(plan, lines))
    return DONE


def _code(report: EnrichReport, references: tuple[Reference, ...]) -> int:
    if gone := retracted(references):
        say(f"{len(gone)} cited work{'s are' if len(gone) > 1 else ' is'} retracted or withdrawn")
        return UNSOUND
    return NO_CORPUS if report.failed and unchecked(references) else DONE
