"""Whether a work still stands: notices of several sources merged into one status, and that status in words."""

from collections.abc import Iterable
from datetime import date

from evqa.model import Notice, NoticeType, Reference, Standing
from evqa.works.records import LookUp

# Crossref tells of a notice in two places, each asked by itself: on the work, and on the notice.
CROSSREF, UPDATES = "crossref", "crossref-updates"
EUROPEPMC, OPENALEX, RETRACTION_WATCH = "europepmc", "openalex", "retraction-watch"
# A status older than so many days says its age, and is asked for anew.
OLD = 90
# What is said of a work with such a notice, the worst first.
WORDS: dict[NoticeType, str] = {
    "retraction": "RETRACTED",
    "withdrawal": "WITHDRAWN",
    "partial-retraction": "PARTLY RETRACTED",
    "expression-of-concern": "EXPRESSION OF CONCERN",
    "reinstatement": "reinstated after a retraction",
    "correction": "corrected",
}
_GONE: tuple[NoticeType, ...] = ("retraction", "withdrawal")
# A notice by which the work can't be cited as it is.
GRAVE: tuple[NoticeType, ...] = (*_GONE, "partial-retraction", "expression-of-concern")


def standing(looked: Iterable[LookUp]) -> Standing | None:
    """The status of a work by its look-ups; None unless a source that knows the work, and tells of notices, answered.

    Crossref counts once both of its places were asked. A list of retractions answers for every work, since it is
    complete. Notices of one kind with the same DOI are one; one without DOI adds nothing to one that has it.
    """
    answers = {each.source: each for each in looked if each.outcome != "failed"}
    heard = [name for name in (CROSSREF, EUROPEPMC, OPENALEX, RETRACTION_WATCH) if _tells(name, answers)]
    notices = {each.source: [told for work in each.found for told in work.notices] for each in answers.values()}
    # What a half-asked source tells counts; only its silence doesn't.
    if CROSSREF not in heard and (notices.get(CROSSREF) or notices.get(UPDATES)):
        heard = [CROSSREF, *heard]
    if not heard:
        return None
    days = [answers[name].date for name in (*heard, UPDATES) if name in answers]
    told = merged(notice for each in notices.values() for notice in each)
    return Standing(checked=max(days), sources=tuple(heard), notices=told)


def _tells(source: str, answers: dict[str, LookUp]) -> bool:
    answer = answers.get(source)
    if answer is None:
        return False
    if source == CROSSREF:
        return answer.outcome == "found" and UPDATES in answers
    return answer.outcome == "found" or source == RETRACTION_WATCH


def merged(told: Iterable[Notice]) -> tuple[Notice, ...]:
    """Each notice once, the worst kind first, then by date; of several reports of one the most precise date stays."""
    found: dict[tuple[NoticeType, str], Notice] = {}
    for notice in told:
        key = (notice.type, (notice.DOI or "").lower())
        first = found.get(key)
        if first is None or len(first.date or "") < len(notice.date or ""):
            found[key] = notice if first is None else first.model_copy(update={"date": notice.date})
    named = {kind: notice for (kind, doi), notice in found.items() if doi}
    kept = [notice for (kind, doi), notice in found.items() if doi or kind not in named]
    order = list(WORDS)
    return tuple(sorted(kept, key=lambda each: (order.index(each.type), each.date or "", each.DOI or "")))


def worst(status: Standing | None) -> Notice | None:
    """The gravest notice that holds; None without any. A reinstatement ends every retraction that isn't dated later."""
    notices = status.notices if status else ()
    back = max((each.date or "" for each in notices if each.type == "reinstatement"), default=None)
    ended = [each for each in notices if back is not None and each.type in _GONE and (each.date or "") <= back]
    return next((each for each in notices if each not in ended), None)


def is_retracted(status: Standing | None) -> bool:
    """Whether the work is retracted or withdrawn, and not reinstated since."""
    gravest = worst(status)
    return gravest is not None and gravest.type in _GONE


def is_grave(status: Standing | None) -> bool:
    """Whether a notice stands by which the work can't be cited as it is: a correction alone is none."""
    gravest = worst(status)
    return gravest is not None and gravest.type in GRAVE


def notice_text(notice: Notice) -> str:
    """ "RETRACTED 2021-03-04 (10.1000/notice, crossref)"."""
    said = " ".join(part for part in (WORDS[notice.type], notice.date) if part)
    return f"{said} ({', '.join(part for part in (notice.DOI, notice.source) if part)})"


def standing_text(status: Standing | None, today: date | None = None) -> str:
    """A status in one line: its notices, who was asked and when, and, given today's date, its age if it is old.

    A work that was never looked up is "not checked for retraction", never without a word.
    """
    if status is None:
        return "not checked for retraction"
    first = worst(status)
    told = [first, *(each for each in status.notices if each is not first)] if first else status.notices
    said = "; ".join(map(notice_text, told)) or f"no notice found by {_joined(status.sources)}"
    return f"{said}; checked {status.checked}{age_text(status, today)}"


def _joined(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def checked_text(references: Iterable[Reference], today: date | None = None) -> str:
    """How many of some entries were checked, and since when, in one line."""
    every = list(references)
    known = [each.status for each in every if each.status]
    if not known:
        return "whether the works still stand was never checked (`evqa enrich --status` does)"
    oldest = min(known, key=lambda each: each.checked)
    said = f"checked since {oldest.checked}{age_text(oldest, today)}"
    told = sum(bool(each.notices) for each in known)
    unknown = len(every) - len(known)
    return f"{said}: {len(known)} works, {told} with a notice; {unknown} not checked"


def age_text(status: Standing, today: date | None) -> str:
    """ ", 120 days ago" for a status that is old; else ""."""
    days = age(status.checked, today) if today else 0
    return f", {days} days ago" if days > OLD else ""


def age(checked: str, today: date) -> int:
    """Days since a day in ISO 8601; 0 for one to come."""
    return max(0, (today - date.fromisoformat(checked[:10])).days)


def status_warnings(references: Iterable[Reference]) -> tuple[str, ...]:
    """A line for each entry whose work can't be cited as it is."""
    return tuple(
        f"reference {each.number}: {'; '.join(map(notice_text, each.status.notices))}"
        for each in references
        if each.status and is_grave(each.status)
    )
