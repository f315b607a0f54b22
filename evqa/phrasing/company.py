"""Whether names and numbers stand with the words that they stand with in the claims, and claims are joined at joints.

A name that takes another one's place finds itself among the other one's words.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from evqa.language.words import fold
from evqa.phrasing.figures import figures
from evqa.phrasing.free_words import JOINTS
from evqa.phrasing.reading import Reading, has_word
from evqa.quoting.folding import Token

REACH = 3
# Words that two exchanged words have of each other's surroundings, at least: a name or number with
# another word, and two words that are neither.
ENOUGH, ENOUGH_OF_OTHERS = 4, 5
# What stands at both ends of a text.
_END = "|"


class Place(NamedTuple):
    """A name or number at a place of a text, and the words around it: nearest first, on the left and on the right."""

    form: str
    is_number: bool
    is_name: bool
    at: int
    left: tuple[str, ...]
    right: tuple[str, ...]


def exchanged(sentence: Reading, claims: Sequence[Reading]) -> bool:
    """Whether some name or number stands where the claims have another one, between the same words.

    A sentence may leave out what a claim says in brackets.
    """
    return _exchanged(sentence, [_as_used(claim, sentence) for claim in claims])


def _as_used(claim: Reading, sentence: Reading) -> Reading:
    """The claim without its brackets, where the sentence leaves out half of what stands in them."""
    inside = [place.form for place in places(claim) if claim.is_in_brackets(place.at)]
    own = {place.form for place in places(sentence)}
    held = sum(has_word(form, frozenset(own)) for form in inside)
    return claim.plain if 2 * held < len(inside) else claim


def _exchanged(sentence: Reading, claims: Sequence[Reading]) -> bool:
    own = places(sentence)
    known = [places(claim) for claim in claims]
    fits = {
        place: max((_fit(place, each) for held in known for each in held if _same(place, each)), default=0)
        for place in own
    }
    for claim, held in zip(claims, known, strict=True):
        if any(_is_in_place_of(place, fits[place], held, claim, sentence) for place in own if _is_told(place)):
            return True
        if any(_is_turned(one, two, sentence, claim, held) for one, two in pairwise(own)):
            return True
        if not _is_passive(sentence, claim) and _is_swapped(own, held):
            return True
    return False


def _is_swapped(own: Sequence[Place], held: Sequence[Place]) -> bool:
    """Whether two words have each other's place: each stands between the words that stand around the other one."""
    here = [(place, each) for place in own for each in held if _same(place, each)]
    for one, first in here:
        for two, second in here:
            if one.at >= two.at or _same(one, two) or first is second:
                continue
            crossed = _fit(one, second), _fit(two, first)
            least = ENOUGH if _is_told(one) or _is_told(two) else ENOUGH_OF_OTHERS
            if min(crossed) and sum(crossed) >= least and sum(crossed) > _fit(one, first) + _fit(two, second) + 1:
                return True
    return False


def _is_in_place_of(place: Place, own: int, held: Sequence[Place], claim: Reading, sentence: Reading) -> bool:
    around = (*place.left, *place.right)
    for other in held:
        if (
            not _is_told(other)
            or _same(place, other)
            or place.is_number != other.is_number
            or has_word(other.form, around)
        ):
            continue
        is_between = _side(place.left, other.left) and _side(place.right, other.right)
        if is_between and _fit(place, other) > max(1, own) and not _is_passive(sentence, claim):
            return True
    return False


def _is_told(place: Place) -> bool:
    return place.is_number or place.is_name


def _fit(one: Place, other: Place) -> int:
    """How many words next to two places are the same, counted outwards on each side up to two."""
    return _side(one.left, other.left) + _side(one.right, other.right)


def _side(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for mine, theirs in zip(one[:2], other[:2], strict=False):
        if mine != theirs and not has_word(mine, (theirs,)):
            break
        count += 1
    return count


def _same(one: Place, other: Place) -> bool:
    return one.is_number == other.is_number and has_word(one.form, (other.form,))


def _is_passive(sentence: Reading, claim: Reading) -> bool:
    """Whether one of two texts has a "by" more: then what acts and what is acted on change their places."""
    return _count(sentence, "by") != _count(claim, "by")


def _count(reading: Reading, form: str) -> int:
    return sum(word.form == form for word in reading.words)


def _is_turned(one: Place, two: Place, sentence: Reading, claim: Reading, held: Sequence[Place]) -> bool:
    """Whether two neighbours stand the other way round in a claim, with the same words between them."""
    between = _between(sentence, one, two)
    for first, second in pairwise(held):
        if (
            _is_told(one)
            and _is_told(two)
            and _same(one, second)
            and _same(two, first)
            and not _same(one, two)
            and _between(claim, first, second) == between
        ):
            return one.is_number or any(form not in ("and", "or", ",", "/", "(", ")", "-") for form in between)
    return False


def _between(reading: Reading, one: Place, two: Place) -> list[str]:
    return [fold(token.form) for token in reading.tokens[one.at + 1 : two.at]]


def places(reading: Reading) -> list[Place]:
    """The names, numbers and other telling words of a text with their company."""
    numbers = {figure.at: figure.value for figure in figures(reading)}
    words = {word.at: word.form for word in reading.content if word.at not in numbers}
    forms = numbers | words
    names = {word.at for word in reading.content if word.is_name}
    telling = sorted(forms)
    made = []
    for rank, at in enumerate(telling):
        left = [forms[other] for other in reversed(telling[max(0, rank - REACH) : rank])]
        right = [forms[other] for other in telling[rank + 1 : rank + 1 + REACH]]
        ends = (*left, _END)[:REACH], (*right, _END)[:REACH]
        made.append(Place(forms[at], at in numbers, at in names, at, *ends))
    return made


def seam(sentence: Reading, claims: Sequence[Reading]) -> bool:
    """Whether words of different claims stand in one clause, with nothing between them that joins two clauses."""
    if len(claims) < 2:
        return False
    forms = [frozenset(place.form for place in places(claim)) | claim.forms for claim in claims]
    speaks: int | None = None
    last = 0
    for place in places(sentence):
        if any(_is_joint(token) for token in sentence.tokens[last : place.at]):
            speaks = None
        last = place.at
        owners = [number for number, known in enumerate(forms) if has_word(place.form, known)]
        if len(owners) == 1:
            if speaks not in (None, owners[0]):
                return True
            speaks = owners[0]
    return False


def _is_joint(token: Token) -> bool:
    return (token.kind == "sign" and token.form not in "-/%±") or fold(token.form) in JOINTS
