"""Words that carry no topic: closed word classes of English, and common nouns and verbs of questions."""

from evqa.language.framing import has_topic

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
# Verbs common to every science, with their regular forms.
_VERBS = """answer ask bear become begin believe belong bring call carry choose claim concern consider consist contain
    continue deal define depend describe determine discuss distinguish draw enable examine exist expect feel
    find follow hold identify imply include indicate investigate know lack learn leave lie link list look meet
    mention move name note notice observe occur offer own pass point present provide reach receive refer relate
    remain report represent require rest reveal say see seem serve set speak stand start state stay study talk
    tell tend think try turn understand want write"""
_IRREGULAR = """became began begun bore borne brought chose chosen dealt drew drawn felt found held knew known left lay
    lain met said saw seen spoke spoken stood told thought understood written wrote"""
_NOUNS = """evidence definition definitions finding findings fact facts example examples instance instances view views
    idea ideas aspect aspects detail details amount amounts feature features issue issues problem problems approach
    approaches respect relation relations level levels extent degree degrees"""


def _inflected(verb: str) -> set[str]:
    """Regular forms of a verb, and some that aren't words, which do no harm."""
    # "Seed" is no form of "see".
    stem, vowel = verb if verb.endswith("ee") else verb.removesuffix("e"), verb[-2] in "aeiou"
    soft = verb if not verb.endswith("y") or vowel else verb[:-1] + "i"
    doubled = verb + verb[-1]
    return {verb, verb + "s", soft + "es", soft + "ed", stem + "ed", stem + "ing", doubled + "ed", doubled + "ing"}


_WORDS = frozenset(f"{_CLOSED} {_LIGHT} {_IRREGULAR} {_NOUNS}".split()).union(*map(_inflected, _VERBS.split()))


def is_light(word: str) -> bool:
    """Whether a folded word carries no topic, as single letters and digits don't either."""
    return word in _WORDS or not has_topic(word)
