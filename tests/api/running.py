"""A command that was run, and small files to run it on."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOSS = """# Moss on stones: a short review

## Abstract

Moss covers stones in wet forests and holds rain for weeks.

## 1 Introduction

Moss has no roots and takes up water through its leaves (1). Its cushions hold twenty times their dry weight in water
(2, 3). Slugs avoid cushions that contain bitter acids.

## 2 Uses of moss

Gardeners spread yogurt on stones to make moss grow faster (4).

## References

1. Adams A, Brown B. Water uptake by moss leaves. J Moss Res. (2018) 12:1–9. doi: 10.1000/moss.1
2. Clark C. How much water a cushion holds. Forest Lett. (2019) 3:44–50. doi: 10.1000/moss.2
3. Davis D, Evans E. Weight of wet moss. J Moss Res. (2020) 14:100–12. doi: 10.1000/moss.3
4. Ford F. Yogurt on stones. Garden Sci. (2021) 7:5–6. doi: 10.1000/moss.4
"""

LICHEN = """# Lichen on roofs: a short review

## Abstract

Lichen grows on roofs for centuries and tells how clean the air is.

## 1 Introduction

Lichen consists of a fungus and an alga that feeds it (1). Sulphur dioxide kills most species within a year (2, 3).

## 2 Harm to roofs

Acids of lichen eat into marble and limestone (4).

## References

1. Grey G. Two partners in one lichen. J Lichen Res. (2017) 2:1–8. doi: 10.1000/lichen.1
2. Hill H. Sulphur dioxide and lichen. Air Lett. (2018) 4:10–19. doi: 10.1000/lichen.2
3. Ives I. Species lost in town. Air Lett. (2019) 5:30–41. doi: 10.1000/lichen.3
4. Jones J. Marble under lichen. Stone Sci. (2020) 6:7–15. doi: 10.1000/lichen.4
"""


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, as JSON."""
        return json.loads(self.out)


Run = Callable[..., Ran]


def written(path: Path, text: str) -> Path:
    """The file, with this text."""
    path.write_text(text, encoding="utf-8")
    return path
