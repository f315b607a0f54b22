"""What a question is about: what is left of it, and whether that says more than that literature is asked for."""

import re
from collections.abc import Sequence

from evqa.language.words import words

_WORDS = frozenset(
    """a an the this that these those it its their is are was were be been do does did has have had of in on at by for
    to from with and or what which who whom whose where when how why many much any all some there here list listed lists
    name named show shown share shared claim claims statement statements sentence sentences passage passages support
    supports supported report reports reported say says said appear appears appeared publish published publication
    publications work works paper papers article articles entry entries reference references cite cited cites citing
    citation citations source sources number numbers year years author authors journal journals title titles book review
    reviews study studies among used use back fall falls relied rely row rows table document text bibliography printed
    given written wrote doi full me please tell found find according first last closing opening final illustrate
    illustrates illustrated depict depicts display displays contain contains describe describes about present presents
    presented end ends close closes start starts begin begins open opens conclude
    concludes write writes date dates dated dating hold holds altogether total overall include includes come comes came
    stem stems appearing predate postdate et al colleagues backed oldest newest earliest latest recent""".split()
)


def content(question: str, taken: Sequence[tuple[int, int]]) -> str:
    """The question without the given stretches; "" if nothing is left."""
    return re.sub(r"^[\s,:;.–-]+|\s+(?=[,?.])|(?<=\s)\s+", "", blanked(question, taken)).strip()


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with the stretches replaced by blanks of the same length."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def has_topic(text: str) -> bool:
    """Whether the text has words that say more than that literature is asked for."""
    return any(len(word) > 1 and word not in _WORDS for word in words(text))
