"""Words that carry no topic: closed word classes of English, and light nouns and verbs that questions are put with."""

from evqa.framing import has_topic

_CLOSED = """me my i you your we our us they them their theirs he she his her one ones two three four five six seven
    eight nine ten first second third during through between into after before about against without within via under
    over up down out off upon toward towards among across per both either each every other another same such only also
    just even still yet very more most less least much many any all some few several not no nor but because while since
    until whether else once again already now ever often really actually exactly truly besides like whole must shall
    might"""
_LIGHT = """let get gets got go goes going come comes came make makes made take takes took keep put happen happens
    happened role roles play plays played effect effects affect affects influence influences cause causes reason reasons
    way ways kind kinds sort sorts type types thing things part parts case cases result results lead leads involve
    involved contribute contributes help helps work works mean means meant called term known need needs needed regard
    compare compared differ suggest suggests shows showed explain use uses used using given give gives"""
_WORDS = frozenset(f"{_CLOSED} {_LIGHT}".split())


def is_light(word: str) -> bool:
    """Whether a folded word says nothing of what a question is about; so do single letters and digits."""
    return word in _WORDS or not has_topic(word)
