"""Carry a marker's numbers back to earlier sentences of its paragraph.

Authors often state something and cite for it one sentence later, which begins with a word that points back ("This
interaction weakens … (40)."). The marker then covers both sentences.
"""

import re
from collections.abc import Sequence

_ANAPHOR = re.compile(r"(?:This|These|Those|Such|It|Its|They|Their|Both|The (?:latter|former))\b")
_NO_ANAPHOR = re.compile(
    r"It (?:is|was|has been|had been|seems|appears|remains|should be|must be|may be|can be|will be|would be) "
    r"(?:[\w-]+ ){0,3}(?:that|to|whether|how|why)\b"
    r"|(?:This|These|Our|The present) (?:present |current |mini-?|systematic )?"
    r"(?:reviews?|articles?|papers?|sections?|chapters?|study|manuscript)\b"
)


def is_anaphoric(sentence: str) -> bool:
    """Tell whether a sentence begins with a word that points back to the sentence before it."""
    return bool(_ANAPHOR.match(sentence)) and not _NO_ANAPHOR.match(sentence)


def carried(sentences: Sequence[str], direct: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Return for each sentence of a paragraph the numbers carried back to it; () where it has its own.

    A sentence without a marker takes the numbers of the next sentence that has some, if every sentence in between and
    that one are anaphoric.
    """
    result: list[tuple[int, ...]] = [()] * len(sentences)
    for i in range(len(sentences) - 2, -1, -1):
        if not direct[i] and is_anaphoric(sentences[i + 1]):
            result[i] = direct[i + 1] or result[i + 1]
    return result
