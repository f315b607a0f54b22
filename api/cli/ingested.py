"""What `evqa ingest` shows: a bar while it runs, then a table of the files, and last what couldn't be stored."""

from collections.abc import Sequence
from pathlib import Path

from api.intake.file_names import as_text, file_names
from api.intake.outcome import FileOutcome
from api.intake.storing import IngestReport
from api.text.integrity import gaps_line, integrity_text, recognised_line
from api.text.placement import namesake_lines, placement_lines, placement_totals
from api.text.progress import ProgressBar
from api.text.table import table_lines
from api.text.terminal import printable, say, say_wrong, width

LONGEST_TITLE = 200
HEADS = ("file", "title", "state", "refs", "pairs", "passages", "")
# A file is as good as half done when it is read; the rest is embedding.
READ = 0.5
STAGES = {"embed": "embedding", "index": "building the index", "publish": "publishing"}


class FileReport:
    """Follows a run on the bar, and with `in_lines` prints a line a file as it is done. A Watch."""

    def __init__(self, bar: ProgressBar, in_lines: bool) -> None:
        self._bar = bar
        self._in_lines = in_lines
        self.files = self.finished = 0

    def begin(self, files: int) -> None:
        """See Watch."""
        self.files = files
        self._bar.begin(files)

    def turn(self, path: Path) -> None:
        """See Watch."""
        self._bar.turn(path)

    def stage(self, name: str, done: int, of: int) -> None:
        """Show what the writer does; see `index.writer.Stage`."""
        if name == "embed" and of:
            self._bar.partly(READ + (1 - READ) * done / of)
        elif name != "embed":
            self._bar.name(STAGES[name])

    def done(self, outcome: FileOutcome) -> None:
        """See Watch."""
        self.finished += 1
        self._bar.advance(outcome.passages)
        if self._in_lines and outcome.state != "failed":
            print(printable(outcome_line(outcome)), flush=True)


def interruption(watch: FileReport) -> str:
    """The message when a run is interrupted."""
    done = f"interrupted; {watch.finished} of {watch.files} files are done and what was stored is kept"
    return f"{done}: run the same command again to resume"


def outcome_line(outcome: FileOutcome) -> str:
    """One line on a file that was read."""
    counted = f"{outcome.references} references, {outcome.citations} statement–reference pairs"
    named = f"{outcome.file}: {_short(outcome.title or '')}"
    if outcome.state == "unsound":
        return f"{named}: refused: {outcome.error}; {counted}"
    if outcome.state == "duplicate":
        return f"{named}: duplicate, the same bytes as a file before it; stored once"
    embedded = f"{outcome.embedded} of {outcome.passages} passages embedded"
    return f"{named}: {outcome.state}; {counted}; {embedded}"


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE].rstrip()}…"


def print_report(report: IngestReport, corpus: str, in_full: bool) -> None:
    """Print the files as a table, with `in_full` every integrity report and place, and the totals last."""
    if not in_full:
        _print_lines(table_lines(HEADS, _rows(report.outcomes), width()))
    if in_full or len(report.outcomes) == 1:
        _print_integrity(report.outcomes)
    _print_lines(_placed(report, in_full))
    print(totals_line(report.outcomes, corpus))


def _rows(outcomes: Sequence[FileOutcome]) -> list[tuple[str, ...]]:
    """A row a file; those that are as they were are only counted in the totals."""
    names = file_names(Path(each.file) for each in outcomes)
    told = [each for each in outcomes if each.state not in ("unchanged", "failed")]
    return [(names[Path(each.file)], each.title or "", each.state, *_figures(each)) for each in told]


def _figures(outcome: FileOutcome) -> tuple[str, ...]:
    if outcome.state == "duplicate":
        return "", "", "", ""
    number = outcome.placement.reference if outcome.placement else None
    gaps = "" if outcome.integrity is None or outcome.integrity.is_sound else "gaps"
    note = ", ".join(filter(None, [f"cited as [{number}]" if number else "", gaps]))
    return str(outcome.references), str(outcome.citations), str(outcome.passages), note


def _print_lines(lines: Sequence[str]) -> None:
    """Print lines and an empty one after them; nothing if there are none."""
    if lines:
        print("\n".join([*map(str.rstrip, lines), ""]))


def _print_integrity(outcomes: Sequence[FileOutcome]) -> None:
    for outcome in outcomes:
        if outcome.integrity and outcome.state != "duplicate":
            print(f"{printable(outcome.file)}: {'sound' if outcome.integrity.is_sound else 'NOT SOUND'}")
            print(f"{integrity_text(outcome.integrity, width())}\n")


def _placed(report: IngestReport, in_full: bool) -> list[str]:
    """Where documents belong: each with the reason, or only how many, if any is cited by another."""
    documents = {outcome.document for outcome in report.outcomes if outcome.document}
    if in_full:
        lines = placement_lines(report.placements, documents)
    else:
        is_any = any(each.kind == "paper" for each in report.placements)
        totals = [placement_totals(report.placements)] if is_any else []
        lines = [*namesake_lines(report.placements, documents), *totals]
    return [printable(line) for line in lines]


def totals_line(outcomes: Sequence[FileOutcome], corpus: str) -> str:
    """The totals of all files."""
    states = [outcome.state for outcome in outcomes]
    counts = ", ".join(f"{states.count(state)} {state}" for state in dict.fromkeys(sorted(states)))
    stored = [outcome for outcome in outcomes if outcome.state in ("new", "changed", "unchanged")]
    found = f"{sum(o.references for o in stored)} references, {sum(o.citations for o in stored)} pairs"
    passages = f"{sum(o.passages for o in stored)} passages, {sum(o.embedded for o in stored)} embedded"
    files = f"{len(outcomes)} file{'' if len(outcomes) == 1 else 's'}"
    return f"corpus {corpus}: {files} ({counts}); stored: {found}, {passages}"


def warn_of(report: IngestReport) -> None:
    """Print on stderr what is wrong with stored files, what was skipped, and last what isn't stored."""
    for outcome in report.outcomes:
        _warn(outcome)
    left = [f"{report.others} of other kinds" * bool(report.others), f"{report.hidden} hidden" * bool(report.hidden)]
    if any(left):
        say(f"files skipped in folders: {', '.join(filter(None, left))}")
    for failure in report.gone:
        say(f"{as_text(str(failure.path))}: failed before and is gone now; it won't be named again")
    for failure in report.standing:
        say_wrong(f"{as_text(str(failure.path))}: still not stored since an earlier run: {failure.error}")
    if report.standing:
        say("ingest a file again once it can be read (or without --strict), or forget it with `evqa remove PATH`")
    for outcome in report.outcomes:
        if outcome.state == "failed":
            say_wrong(outcome.error or "")
        elif outcome.state == "unsound":
            say_wrong(f"{outcome.file}: refused: {outcome.error}")


def _warn(outcome: FileOutcome) -> None:
    """Print on stderr what a reader of answers has to know about a file that is stored."""
    if outcome.state in ("new", "changed") and outcome.integrity and not outcome.integrity.is_sound:
        say(gaps_line(outcome.file, outcome.integrity))
    if outcome.integrity and (line := recognised_line(outcome.integrity)):
        say(f"{outcome.file}: {line}")
    if outcome.state in ("new", "changed", "unchanged") and not outcome.passages:
        say(f"{outcome.file}: no passage was found in it, so no question can be answered from it; see `evqa read`")
