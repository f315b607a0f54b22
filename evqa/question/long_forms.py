"""Recognise questions for the long or short form of an abbreviation, and sentences that give both forms."""

import re

from evqa.language.expansion import Abbreviations
from evqa.language.words import FUNCTION_WORDS, fold

# With these around it, a term is asked for its other form.
_ASKING = FUNCTION_WORDS | frozenset(
    """abbreviate abbreviated abbreviates abbreviation actually acronym acronyms article authors called define defined
    definition denote denotes exactly expand expansion form full here initials letters long mean meaning means meant
    name out paper precisely refer refers review short signify spell spelled spelt stand stands term text they
    understand understood write written""".split()
)


def find_spelling(content: str, abbreviations: Abbreviations) -> re.Pattern[str] | None:
    """A pattern for sentences that give both forms of the abbreviation asked about; None if none is asked about."""
    forms = [
        (re.escape(pair.long.removesuffix("s")), re.escape(pair.short.removesuffix("s")))
        for pair in abbreviations.of_term(_term(content))
    ]
    both = [rf"{long}s?\W{{1,3}}{short}s?\b|\b{short}s?\W{{1,3}}{long}" for long, short in forms]
    return re.compile("|".join(both), re.IGNORECASE) if both else None


def _term(content: str) -> str:
    """What is left without the asking words before and behind it."""
    words = [each.strip("?.,;:\"“”‘’'()") for each in content.split()]
    named = [place for place, word in enumerate(words) if word and fold(word) not in _ASKING]
    return " ".join(words[named[0] : named[-1] + 1]) if named else ""
