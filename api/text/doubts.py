"""Which of an answer's warnings doubt a citation, told with the claim that prints it."""

import re
from collections.abc import Sequence

from evqa.model import Answer, Claim

_DOUBT = re.compile(r"ref(?:erence)? (\d+)\b")


def doubts(answer: Answer) -> tuple[dict[int, list[str]], list[str]]:
    """Warnings of the form "ref 40 doesn't seem to fit …" by the place of the one claim that prints the number, or that
    it is carried to where none prints it; and all others, those among them that fit several claims, or none."""
    found: dict[int, list[str]] = {}
    rest = []
    for warning in answer.warnings:
        number = _DOUBT.match(warning)
        meant = _citing(answer.claims, int(number[1])) if number else []
        if len(meant) == 1:
            found.setdefault(meant[0], []).append(warning)
        else:
            rest.append(warning)
    return found, rest


def _citing(claims: Sequence[Claim], number: int) -> list[int]:
    printing = [place for place, claim in enumerate(claims) if number in claim.references]
    return printing or [place for place, claim in enumerate(claims) if number in claim.carried]
