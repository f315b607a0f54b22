"""Tell which sentences can't stand alone, and find the sentence that they lean on."""

import re

from evqa.corpus.corpus import Corpus
from evqa.model import Context, Passage, PassageKind

# Only in running text does a sentence lean on the one before it.
RUNNING: tuple[PassageKind, ...] = ("abstract", "prose", "paper")
# A pronoun among the first words has nothing before it in its own sentence that it could mean; a pointing word mostly
# hasn't among some more.
PRONOUN_WITHIN, POINTING_WITHIN = 4, 12
_LEANING = re.compile(
    r"\b(?<!\band )(?:(?P<pronoun>it|its|they|their|them|he|she|his|her)"
    r"|this|these|those|such(?! as\b)|both(?!(?: [\w-]+){1,5} and\b)|the (?:latter|former|same))\b",
    re.IGNORECASE,
)
# "It is known that …", "this review", "our study" mean nothing that was said before.
_NOTHING_BEFORE = re.compile(
    r"\bit (?:is|was|has been|had been|seems|appears|remains|should be|must be|may be|can be|will be|would be) "
    r"(?:[\w-]+ ){0,3}(?:that|to|whether|how|why)\b"
    r"|\b(?:this|these|our|the present) (?:present |current |mini-?|systematic |randomi[sz]ed )?"
    r"(?:reviews?|articles?|papers?|sections?|chapters?|study|manuscript|trial)\b",
    re.IGNORECASE,
)


def leans(text: str) -> bool:
    """Whether a sentence opens with words that mean something said before it ("This reduced …", "In these mice …")."""
    own = _NOTHING_BEFORE.sub("–", text)
    for word in _LEANING.finditer(own):
        within = PRONOUN_WITHIN if word["pronoun"] else POINTING_WITHIN
        if len(own[: word.start()].split()) < within:
            return True
    return False


def context_of(passage: Passage, corpus: Corpus) -> Context | None:
    """The sentence before one that leans on it; None where it stands alone, or nothing precedes it in its section."""
    if passage.kind not in RUNNING or not leans(passage.text):
        return None
    before = corpus.before(passage)
    return as_context(before) if before and is_of_one_text(before, passage) else None


def is_of_one_text(one: Passage, other: Passage) -> bool:
    """Whether both stand in the same section of running text of one document."""
    return (one.kind, one.section, one.document.id) == (other.kind, other.section, other.document.id)


def as_context(passage: Passage) -> Context:
    """The passage as context of a claim, with the numbers printed in it and those carried to it."""
    carried = (number for statement in passage.sentences for number in statement.carried)
    return Context(
        text=passage.text,
        passage=passage.id,
        start=passage.start,
        end=passage.end,
        references=passage.references,
        carried=tuple(dict.fromkeys(carried)),
    )
