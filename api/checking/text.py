"""A check as text for a terminal."""

from api.text.terminal import bold, dim, wrapped
from evqa.quoting.records import Check, CheckedSentence, Difference, QuotedPlace

SAID = {"verbatim": "Verbatim", "near": "Near", "absent": "Absent"}
EXCERPT = 300


def check_text(check: Check, columns: int) -> str:
    """Each sentence with its verdict, differences and places; for several also how many have each verdict."""
    titled = check.corpus.documents > 1
    parts = ["\n".join(_sentence(each, titled, columns)) for each in check.sentences]
    if not parts:
        return "Nothing to check: no quotation of three words or more, and no sentence with figures."
    if len(parts) > 1 or check.sentences[0].draft:
        parts.append(f"{check.verbatim} verbatim, {check.near} near, {check.absent} absent")
    return "\n\n".join(parts)


def _sentence(checked: CheckedSentence, titled: bool, columns: int) -> list[str]:
    kind = "" if checked.kind == "quotation" else " · figures"
    line = f" · line {checked.draft.line}" if checked.draft else ""
    lines = [bold(SAID[checked.verdict]) + kind + line]
    lines += wrapped(_short(checked.text), columns, "  ", "  ")
    for difference in checked.differences:
        lines += wrapped(_difference(difference, checked), columns, "  ! ", "    ")
    for insertion in checked.inserted:
        lines += wrapped(f"[{insertion}] is an insertion", columns, "  ! ", "    ")
    for place in checked.places:
        if checked.verdict == "near":
            lines += [dim(line) for line in wrapped(_short(place.text), columns, "  printed: ", "    ")]
        lines += wrapped(_place(place, titled), columns, "  — ", "    ")
    return lines


def _difference(difference: Difference, checked: CheckedSentence) -> str:
    if not difference.printed:
        is_figure = difference.quoted and checked.missing_numbers and not _is_wording(checked)
        return f"“{difference.quoted}” isn't printed there" if is_figure else f"“{difference.quoted}” is added"
    if not difference.quoted:
        return f"“{difference.printed}” is missing"
    return f"“{difference.quoted}”, where “{difference.printed}” is printed"


def _is_wording(checked: CheckedSentence) -> bool:
    return checked.kind == "quotation"


def _place(place: QuotedPlace, titled: bool) -> str:
    section = place.section
    heading = " ".join(part for part in (section.number, section.title) if part) if section else ""
    paper = f"cited paper [{place.document.reference}]" if place.document.reference else ""
    title = place.document.title if titled or paper else ""
    numbers = f"[{', '.join(map(str, place.references))}]" if place.references else ""
    parts = (numbers, place.label, heading, f"p.\u00a0{place.page}" if place.page else "", paper, title)
    return " · ".join(part for part in parts if part) or place.document.title


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= EXCERPT else f"{plain[: EXCERPT - 1]}…"
