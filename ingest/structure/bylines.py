"""Separate authors and affiliations from an abstract set in the same paragraph."""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.markup.styled import styled
from ingest.structure.front import is_sentences
from ingest.structure.headings import is_front, opens_body
from ingest.structure.piece import Piece

_SIGN = re.compile(r"\s*[\da-z]")
_COUNTRIES = (
    "Argentina|Australia|Austria|Bangladesh|Belgium|Brazil|Canada|Chile|China|Colombia|Croatia|Czech Republic|Denmark"
    "|Egypt|Ethiopia|Finland|France|Germany|Ghana|Greece|Hong Kong|Hungary|India|Indonesia|Iran|Iraq|Ireland|Israel"
    "|Italy|Japan|Jordan|Kenya|Korea|Lebanon|Malaysia|Mexico|Morocco|Nepal|Netherlands|New Zealand|Nigeria|Norway"
    "|Pakistan|Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Saudi Arabia|Serbia|Singapore|Slovakia|Slovenia"
    "|South Africa|Spain|Sri Lanka|Sweden|Switzerland|Taiwan|Tanzania|Thailand|Tunisia|Turkey|Uganda|Ukraine"
    "|United Arab Emirates|United Kingdom|United States(?: of America)?|USA|UK|Uruguay|Venezuela|Vietnam"
)
_REST = re.compile(rf"[^.]{{0,80}}?\b(?:{_COUNTRIES})\b\.?(?=\s+[A-Z])")
_FEWEST = 4


def with_bylines_apart(pieces: Sequence[Piece]) -> list[Piece]:
    """Split paragraphs of names, addresses and then sentences, before the main text, in two."""
    result: list[Piece] = []
    is_before = True
    for piece in pieces:
        is_before = is_before and not (piece.kind == "heading" and opens_body(piece.text) and not is_front(piece.text))
        result += _apart(piece) if is_before and piece.kind == "paragraph" else [piece]
    return result


def _apart(piece: Piece) -> list[Piece]:
    marked = [i for i, line in enumerate(piece.lines) if line.has_superscript(_SIGN)]
    cut = marked[-1] + 1 if marked and marked[0] == 0 else 0
    names, rest = piece.lines[:cut], piece.lines[cut:]
    if not cut or len(rest) < _FEWEST or not is_sentences(styled(rest, "\n")):
        return [piece]
    if address := _REST.match(rest[0].text):
        names = (*names, rest[0][: address.end()])
        rest = (rest[0][address.end() :].strip(), *rest[1:])
    return [replace(piece, lines=names), replace(piece, lines=rest)]
