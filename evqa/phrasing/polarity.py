"""Whether a sentence denies what the claims deny, and nothing else, and whether it turns a direction."""

import re
from collections.abc import Sequence

from evqa.language.words import fold
from evqa.phrasing.cues import Cue, cues, is_used, overlap
from evqa.phrasing.reading import Reading, Word, has_word
from evqa.works.surface import direction

_NEGATIONS = {
    "not": re.compile(
        r"no|not|nor|none|neither|never|without|cannot|can't|don't|doesn't|didn't|isn't|aren't|wasn't|weren't|hasn't|"
        r"haven't|nobody|nothing|nowhere|fail|fails|failed|failing|failure|lack|lacks|lacked|lacking|absence|absent|unable|"
        r"inability|free|hardly|barely|non|instead|rather"
    )
}
_PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis", "de", "anti", "hypo", "hyper", "a")
# Words that are the opposite of each other without showing it.
_PAIRS = tuple(
    tuple(pair.split())
    for pair in """before after, with without, include exclude, included excluded, positive negative, present absent,
    presence absence, early late, earlier later, acute chronic, high low, higher lower, highest lowest,
    more less, most least, more fewer, large small, larger smaller, long short, longer shorter, strong
    weak, stronger weaker, good poor, better worse, best worst, easy difficult, resistant susceptible,
    resistant sensitive, agonist antagonist, superior inferior, gain loss, upper lower, maximum minimum,
    benefit harm, beneficial harmful, safe harmful, active inactive, first last, above below, over
    under, start end, begin end, male female, men women, win lose, rapid slow, rapidly slowly, common
    rare, commonly rarely, frequent rare, always never, accept reject, support contradict, success
    failure, major minor, increase decrease, upstream downstream, systolic diastolic, morning evening,
    day night, external internal, maternal paternal, allow prevent""".split(",")
)


def negation_fault(sentence: Reading, claims: Sequence[Reading]) -> bool:
    """Whether a sentence denies what no claim denies there, or states what a claim denies."""
    own = _negations(sentence, claims)
    known = [_negations(claim, [sentence]) for claim in claims]
    if _unmatched(own, [cue for each in known for cue in each]):
        return True
    return any(
        _unmatched([cue for cue in each if is_used(cue, claim, sentence)], own)
        for claim, each in zip(claims, known, strict=True)
    )


def _unmatched(some: Sequence[Cue], others: Sequence[Cue]) -> bool:
    """Whether a negation has no partner among others; each of those is a partner once."""
    left = list(others)
    for cue in {(each.head, each.around): each for each in some}.values():
        fits = [(max(overlap(cue.head, each.around), overlap(each.head, cue.around)), each) for each in left]
        best = max(fits, key=lambda fit: fit[0], default=(0, None))
        if best[1] is None or not (best[0] or not cue.around):
            return True
        left.remove(best[1])
    return False


def _negations(reading: Reading, others: Sequence[Reading]) -> list[Cue]:
    """The negations of a text, with those that a prefix makes of a word that the other texts have without it."""
    found = []
    forms = {word.form for word in reading.words}
    for cue in cues(reading, _NEGATIONS, head=2, reach=4):
        form = reading.tokens[cue.at].form.lower()
        if form == "non":
            found.append(cue._replace(head=cue.head[:1], around=cue.head[:1]))
        elif form == "free" and reading.tokens[cue.at - 1].form == "-" and cue.at > 1:
            part = fold(reading.tokens[cue.at - 2].form)
            found.append(cue._replace(head=(part,), around=(part,)))
        elif form == "absent":
            before = tuple(word.form for word in reading.near(cue.at, 2, 0))
            found.append(cue._replace(head=before or cue.head))
        elif not (form == "nor" and "neither" in forms):
            found.append(cue)
    for word in reading.content:
        root = unprefixed(word.form)
        is_strange = root and not any(has_word(word.form, each.forms) for each in others)
        if is_strange and any(has_word(root, each.forms) for each in others):
            found.append(Cue("not", word.at, (root,), (root,)))
    return found


def unprefixed(word: str) -> str:
    """The word without a prefix that denies it, "" if it has none."""
    for prefix in _PREFIXES[:7]:
        if word.startswith(prefix) and len(word) - len(prefix) >= 4:
            return word[len(prefix) :]
    return ""


def direction_fault(sentence: Reading, claims: Sequence[Reading]) -> bool:
    """Whether a word for more or less, or one of two opposites, isn't that of the claims there."""
    return any(_is_turned(word, sentence, claims) for word in sentence.words)


def _is_turned(word: Word, sentence: Reading, claims: Sequence[Reading]) -> bool:
    own = direction(word.form)
    opposites = _opposites(word.form)
    if not own and not opposites:
        return False
    before, after = sentence.near(word.at, 2, 0), sentence.near(word.at, 0, 2)
    near = [each.form for each in (*before, *after, *after[:1], *after[:1])]
    same, other, is_there = -1, -1, False
    for claim in claims:
        for each in claim.words:
            is_same = has_word(word.form, (each.form,))
            is_there |= is_same
            if is_same or (own and direction(each.form) == own):
                same = max(same, _company(near, claim, each))
            elif (own and direction(each.form) == -own) or each.form in opposites:
                other = max(other, _company(near, claim, each))
    if own and same < 0 and other < 0:
        return True
    # A word that a claim has, too, is turned only where its company is plainly that of its opposite.
    return other > same + is_there


def are_opposite(one: str, other: str) -> bool:
    """Whether two words say the opposite of each other, or one has a prefix that denies the other."""
    turned = direction(one) * direction(other) < 0
    denied = any(has_word(rest, (bare,)) for word, bare in ((one, other), (other, one)) if (rest := unprefixed(word)))
    return turned or denied or other in _opposites(one)


_GROUPS = (
    re.compile(r"increas\w*|rais\w*|ris\w*|rose|elevat\w*|higher|greater|more|up-?regulat\w*"),
    re.compile(r"decreas\w*|reduc\w*|lower\w*|less|fewer|diminish\w*|declin\w*|down-?regulat\w*"),
)


def same_direction(word: str, claim: Reading) -> bool:
    """Whether a word says that something is more, or less, and a claim has another word for it."""
    return any(group.fullmatch(word) and any(group.fullmatch(each) for each in claim.forms) for group in _GROUPS)


def _company(near: Sequence[str], claim: Reading, each: Word) -> int:
    return overlap(near, [word.form for word in claim.near(each.at, 2, 2)])


def _opposites(word: str) -> frozenset[str]:
    return frozenset(other for pair in _PAIRS for one, other in (pair, pair[::-1]) if one == word)
