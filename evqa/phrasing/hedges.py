"""Whether a sentence keeps the doubts, limits and conditions of the claims, and claims no cause that they don't."""

import re
from collections.abc import Sequence

from evqa.phrasing.cues import Cue, cues, is_used, overlap
from evqa.phrasing.reading import Reading, Word, has_word

_KINDS = {
    "possible": re.compile(
        r"may|might|could|would|should|possib\w+|perhaps|probab\w+|likely|unlikely|potential\w*|putativ\w+|presum\w+|apparent\w*|"
        r"appear\w*|seem\w*|suggest\w*|hypothes\w+|postulat\w+|propos\w+|believ\w+|thought|suspect\w*|speculat\w+|assum\w+|"
        r"plausibl\w+|tend|tends|tended|tendency|unclear|uncertain\w*|considered|considers?"
    ),
    "able": re.compile(r"can|able|ability|capab\w+|capacity"),
    "most": re.compile(
        r"often|usually|generally|typical\w*|most|mostly|majority|mainly|primarily|largely|frequent\w*|commonly"
    ),
    "some": re.compile(r"some|certain|subset|partly|partial\w*|sometimes|occasional\w*|somewhat|few|rare\w*"),
    "only": re.compile(r"only|solely|exclusive\w*|alone|merely"),
    "if": re.compile(r"if|unless|except\w*|provided"),
}
_MODEL = re.compile(
    r"mice|mouse|murine|rats?|vitro|vivo|animals?|rodents?|rabbits?|pigs?|monkeys?|zebrafish|silico|simulat\w+|model\w*"
)
_DOUBT = ("possible", "able")
_CAUSE = re.compile(
    r"caus\w+|lead|leads|led|leading|result\w*|due|because|since|trigger\w*|induc\w+|driv\w+|responsible|produc\w+|"
    r"consequen\w+|so|thus|hence|thereby|therefore|attribut\w+|explain\w*|owing|mak\w+|made|evok\w+|elicit\w*|"
    r"contribut\w+|determin\w+|confer\w*|underl\w+|reason\w*|allow\w*|enabl\w+|given|why"
)
_STRONG_CAUSE = re.compile(r"caus\w+|lead|leads|led|leading|trigger\w*|responsible|induc\w+|driv\w+")
_ALL = re.compile(r"all|always|entire\w*|whole|invariabl\w+|universal\w*|prov\w+|definit\w+|certainly|undoubted\w*")


def hedge_fault(sentence: Reading, claims: Sequence[Reading]) -> bool:
    """Whether a sentence lost a doubt, a limit or a model that a claim has where the sentence uses it."""
    own = cues(sentence, _KINDS, head=3, reach=5)
    return any(_lost(claim, sentence, own) or _lost_model(sentence, claim) for claim in claims)


def _lost(claim: Reading, sentence: Reading, own: Sequence[Cue]) -> bool:
    """Whether a cue of a claim is lost; each of the sentence's stands for one of a claim's."""
    left = list(own)
    said: set[str] = set()
    for cue in cues(claim, _KINDS, head=3, reach=5):
        # "Has been considered" twice in one claim is joined to one.
        form = claim.tokens[cue.at].form.lower()
        if is_used(cue, claim, sentence) and form not in said:
            said.add(form)
            kept = [each for each in left if _are_alike(cue.kind, each.kind) and overlap(cue.head, each.around)]
            if not kept:
                return True
            left.remove(max(kept, key=lambda each: _likeness(cue, form, each, sentence)))
    return False


def _likeness(cue: Cue, form: str, other: Cue, sentence: Reading) -> tuple[bool, int]:
    """How well a cue of a sentence stands for a claim's: by the same word, then by the words around."""
    return sentence.tokens[other.at].form.lower() == form, overlap(cue.around, other.around)


def _are_alike(one: str, other: str) -> bool:
    return one == other or (one in _DOUBT and other in _DOUBT)


def _lost_model(sentence: Reading, claim: Reading) -> bool:
    """Whether a claim speaks of animals, cells or models, in what the sentence uses of it, and the sentence doesn't."""
    named = [word for word in claim.words if _MODEL.fullmatch(word.form)]
    if not named or any(has_word(word.form, sentence.forms) for word in named):
        return False
    return any(_is_told(word, claim, sentence) for word in named)


def _is_told(word: Word, claim: Reading, sentence: Reading) -> bool:
    """Whether a sentence uses half of the clause in which a word stands."""
    first, last = claim.clause(word.at)
    around = [each.form for each in claim.content if first <= each.at < last and each.at != word.at]
    return 2 * sum(has_word(each, sentence.forms) for each in around) >= len(around)


def strength_fault(sentence: Reading, claims: Sequence[Reading]) -> bool:
    """Whether a sentence says "all", "always" or "causes" where no claim has a word for all, or for a cause."""
    known = [word.form for claim in claims for word in claim.words]
    return any(
        strong.fullmatch(word.form) and not any(backing.fullmatch(each) for each in known)
        for strong, backing in ((_ALL, _ALL), (_STRONG_CAUSE, _CAUSE))
        for word in sentence.words
    )
