"""Tell which sentences can't stand alone, and find the sentence that they lean on."""

import re

from evqa.answering.running import GAP, RUNNING, before
from evqa.corpus.corpus import Corpus
from evqa.model import Context, Passage

# A pronoun among the first words has nothing before it in its own sentence that it could mean; a pointing word mostly
# hasn't among some more.
PRONOUN_WITHIN, POINTING_WITHIN = 4, 12
# In "FGF10 exerts its function" the owner is named, in "due to its function" it isn't. "Those who …" points forward.
_PREPOSITION = (
    r"(?:in|of|to|for|by|with|from|on|at|as|than|through|during|after|before|under|upon|within|without|despite)"
)
_LEANING = re.compile(
    rf"(?:^|,\s|\b{_PREPOSITION}\s)(?P<owned>its|their|his|her)\b"
    r"|\b(?<!\band )(?:(?P<pronoun>it|they|them|he|she)"
    r"|this|these|those(?! (?:who|whose|which|that|with|of|in|from)\b)|such(?! as\b)"
    r"|both(?!(?: [\w-]+){1,5} and\b)|the (?:latter|former|same))\b",
    re.IGNORECASE,
)
# "It is known that …", "this review", "our study" mean nothing that was said before.
_NOTHING_BEFORE = re.compile(
    r"\bit (?:is|was|has been|had been|seems|appears|remains|should be|must be|may be|can be|will be|would be) "
    r"(?:[\w-]+ ){0,3}(?:that|to|whether|how|why)\b"
    r"|\b(?:this|these|our|the present) (?:(?!latter|former|same|other)[\w-]+ ){0,2}?"
    r"(?:(?:mini-?)?reviews?|articles?|papers?|sections?|chapters?|study|manuscript|trial|work|protocol)\b",
    re.IGNORECASE,
)


def leans(text: str) -> bool:
    """Whether a sentence opens with words that mean something said before it ("This reduced …", "In these mice …")."""
    own = _NOTHING_BEFORE.sub("–", text)
    for word in _LEANING.finditer(own):
        # "HE staining" and "IT infrastructure" name something.
        within = PRONOUN_WITHIN if word["owned"] or word["pronoun"] else POINTING_WITHIN
        if len(own[: word.start()].split()) < within and not word[0].isupper():
            return True
    return False


def context_of(passage: Passage, corpus: Corpus) -> Context | None:
    """The sentence before one that leans on it; None where it stands alone, or opens its paragraph."""
    if passage.kind not in RUNNING or not leans(passage.text):
        return None
    found = before(passage, corpus)
    return as_context(found) if found and passage.start - found.end <= GAP else None


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
