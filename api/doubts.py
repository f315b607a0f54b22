"""Which of an answer's warnings doubt a citation, told with the claim that prints it."""

import re

from evqa.model import Answer

_DOUBT = re.compile(r"ref(?:erence)? (\d+)\b")


def doubts(answer: Answer) -> tuple[dict[int, list[str]], list[str]]:
    """Warnings of the form "ref 40 doesn't seem to fit …" by the place of the one claim that prints the number; and all
    others, those among them whose number several claims print, or none."""
    found: dict[int, list[str]] = {}
    rest = []
    for warning in answer.warnings:
        number = _DOUBT.match(warning)
        printing = [place for place, claim in enumerate(answer.claims) if number and int(number[1]) in claim.references]
        if len(printing) == 1:
            found.setdefault(printing[0], []).append(warning)
        else:
            rest.append(warning)
    return found, rest
