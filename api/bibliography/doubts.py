"""Say in exported entries which of their citations the audit doubts, so that a note goes along into other programs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from evqa.corpus.corpus import Corpus
from evqa.model import Reference, Suspect


def with_doubts(references: Sequence[Reference], corpus: Corpus) -> list[Reference]:
    """The entries; where a citation is suspect, the printed text is followed by the reason and a better number."""
    suspects: dict[str, dict[int, list[Suspect]]] = {}
    for document in {each.document for each in references if each.document}:
        suspects[document] = defaultdict(list)
        for each in corpus.suspects(document):
            suspects[document][each.reference].append(each)
    return [_noted(each, suspects.get(each.document or "", {}).get(each.number, ())) for each in references]


def _noted(reference: Reference, suspects: Iterable[Suspect]) -> Reference:
    notes = list(dict.fromkeys(map(_note, suspects)))
    return reference.model_copy(update={"raw": " ".join([reference.raw, *notes])}) if notes else reference


def _note(suspect: Suspect) -> str:
    """Such as "Doubt: a statement cites 40, 81 may be meant: nothing here meets …"."""
    better = f", {suspect.better[0]} may be meant" if suspect.better else ""
    return f"Doubt: a statement cites {suspect.reference}{better}: {suspect.reason}."
