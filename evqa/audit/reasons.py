"""Say in words why a citation was judged as it was."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from evqa.audit.grounds import Grounds
from evqa.audit.judging import JudgedPair, JudgedRun, Judging
from evqa.audit.records import Better, Run, Verdict
from evqa.language.light_words import is_light
from evqa.language.words import stems
from evqa.model import Reference

# A title's word counts as met from MET on and as missing below MISSED, if its weight is at least TELLING.
MET, MISSED, TELLING = 0.62, 0.45, 2.0
WORDS = 4
HALF = 0.5
# What says little on its own comes last.
FAINT = 1e-3


def reason_of(judging: Judging, judged: JudgedPair, verdict: Verdict, better: Sequence[Better], run: Run | None) -> str:
    """One line for a pair."""
    if run is not None and judged.meant is not None:
        return _in_run(judging, judging.cited.entries[judged.meant], better, run)
    if verdict == "fits":
        met, _ = _words(judging, judged)
        return f"statement and title share {_quoted(met)}" if met else "title and place in the text fit"
    if verdict == "suspect":
        return _suspect(judging, judged, better)
    if judging.is_misread(judged):
        return "the numbers look shifted here, but the document may have been read wrongly"
    if judged.is_broad:
        return "a broad work: its title doesn't tell whether it says this"
    return "the title alone doesn't tell whether it says this"


def _in_run(judging: Judging, meant: Reference, better: Sequence[Better], run: Run) -> str:
    what = "numbers" if judging.prints_numbers else "references"
    told = f"the {what} of {run.where} are shifted: {_named(judging, meant)} is meant"
    if not better:
        return f"{told}, but the work is broad and may say this, too"
    return told if better[0].number == meant.number else f"{told}, though {_best(judging, better)} fits better still"


def _suspect(judging: Judging, judged: JudgedPair, better: Sequence[Better]) -> str:
    parts = []
    placed = judged.signs.placed
    if placed.gap and (placed.early or placed.astray or judged.signs.support < 0):
        verb = "is" if len(placed.gap) == 1 else "are"
        parts.append(f"{_numbers(placed.gap)} would be next in order here and {verb} cited nowhere else")
    elif placed.early or placed.astray:
        parts.append("the number is out of the order of first citation")
    _, missed = _words(judging, judged)
    if missed:
        parts.append(f"nothing here meets its title's {_quoted(missed)}")
    if better:
        parts.append(f"{_best(judging, better)} fits better")
    return "; ".join(parts) or "the entry bears little on the statement"


def _best(judging: Judging, better: Sequence[Better]) -> str:
    return next(_named(judging, each) for each in judging.cited.entries if each.number == better[0].number)


def _named(judging: Judging, entry: Reference) -> str:
    """An entry by its number, or by author and year in documents without printed numbers."""
    name = entry.author[0].family if entry.author else None
    if judging.prints_numbers or not name:
        return str(entry.number)
    return f"{name} {entry.year} ({entry.number})" if entry.year else f"{name} ({entry.number})"


def _words(judging: Judging, judged: JudgedPair) -> tuple[list[str], list[str]]:
    """Distinctive words of the title that the statement has, and those that nothing around it has."""
    held = judging.cited.likeness.entries
    statement = judging.cited.statements[judged.signs.statement]
    of_title = np.flatnonzero((held.owner == judged.signs.entry) & (held.weight >= TELLING)).tolist()
    # Words that weigh alike stand as in the title, whatever a processor makes of the last digits.
    heaviest = sorted(of_title, key=lambda at: -round(float(held.weight[at]), 3))
    own, around = list(statement.own), [*statement.own, *statement.near]
    met = [held.words[at] for at in heaviest if held.cosine[at, own].max() >= MET]
    printed = stems(" ".join(judging.cited.passages[place].text for place in around))
    missed = [held.words[at] for at in heaviest if held.cosine[at, around].max() < MISSED]
    return met[:WORDS], [word for word in missed if word[:5] not in printed and not is_light(word)][:WORDS]


def run_reason(label: str | None, offsets: Sequence[int], rows: int, inside: int, agreeing: int) -> str:
    """One line for a run of shifted numbers."""
    counts = Counter(offsets)
    ways = sorted(counts, key=lambda offset: (-counts[offset], offset))
    by = " or ".join(str(abs(offset)) for offset in sorted(ways[:3], key=abs))
    side = "further on" if ways[0] > 0 else "further back"
    unit = "rows" if label else "statements"
    told = f"{rows} of {inside} {unit} fit the entry {by} {side}"
    if agreeing:
        return f"{told}; the running text agrees in {agreeing} statement{'s' if agreeing > 1 else ''}"
    return told


def rests_on(grounds: Grounds) -> tuple[str, ...]:
    """What speaks for wrong numbers and against a wrong reading, strongest first."""
    told = {
        "the numbers, once corrected, take their turns in the order of first citation": grounds.order,
        "others say the same and cite what is meant": grounds.elsewhere,
        "the file's tags say what each number leads to": grounds.tagged,
    }
    if not grounds.tagged:
        told["others that print these numbers are right, so the list was read rightly"] = HALF - grounds.list
        told["no entry is broken where the shift begins"] = 0.0 if grounds.broken else FAINT
    return tuple(sorted((words for words, weight in told.items() if weight > 0), key=lambda words: -told[words]))


def misread_reason(run: JudgedRun, broken: Sequence[int]) -> str:
    """Why a run isn't held against the authors."""
    grounds, parts = run.grounds, []
    if broken and grounds.broken:
        verb = "is no whole entry" if len(broken) == 1 else "are no whole entries"
        parts.append(f"{_numbers(broken)} {verb} as read")
    if grounds.list >= HALF:
        parts.append("all later numbers of the document are off by the same, as if an entry was lost or split in two")
    if not grounds.order and run.label is None:
        parts.append("the numbers take their turns as printed")
    if grounds.beside >= HALF:
        parts.append("the statements beside fit these numbers")
    if grounds.loose >= HALF:
        parts.append("most of it isn't sentences, as in a table read as text")
    return f"{'; '.join(parts) or 'too little speaks for it'}: perhaps read wrongly, so the numbers aren't called wrong"


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in dict.fromkeys(words))


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:WORDS]))
