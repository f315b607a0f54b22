"""Running text: which passages are its sentences, and which of them belong together."""

from evqa.corpus.corpus import Corpus
from evqa.model import Passage, PassageKind

# Only in running text does a sentence lean on the one before it.
RUNNING: tuple[PassageKind, ...] = ("abstract", "prose", "paper")
# Between sentences of a paragraph stands a blank, between paragraphs more.
GAP = 1


def before(passage: Passage, corpus: Corpus) -> Passage | None:
    """The sentence before, if both stand in the same section of running text."""
    if passage.kind not in RUNNING:
        return None
    found = corpus.before(passage)
    return found if found and is_of_one_text(found, passage) else None


def is_of_one_text(one: Passage, other: Passage) -> bool:
    """Whether both stand in the same section of one document and are of one kind."""
    return (one.kind, one.section, one.document.id) == (other.kind, other.section, other.document.id)
