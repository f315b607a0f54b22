"""How a model takes a text: prompt, special tokens, window, and which token vectors count in late interaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evqa.model import Record


@dataclass(frozen=True)
class Specials:
    """Token ids that the model expects before and after a text."""

    before: tuple[int, ...]
    after: tuple[int, ...]


class Expansion(Record):
    """Tokens that a multi-vector model appends to a question until it has `length` tokens (ColBERT, section 3.2).

    `attended`: whether the question's own tokens see them.
    """

    token: int
    length: int
    attended: bool


class Format(Record):
    """How a model takes questions, or passages.

    `window`: tokens that it reads at once, special ones included. `padding`: the id that fills a batch. `every`: the
    vectors of special tokens, prompt and expansion count as well, and the pooled vector is the mean of all that count,
    as in a multi-vector model. `skipped`: ids whose vectors don't count.
    """

    window: int
    prompt: str = ""
    padding: int = 0
    every: bool = False
    skipped: tuple[int, ...] = ()
    expansion: Expansion | None = None

    @staticmethod
    def of_card(card: Mapping[str, Any]) -> "Format":
        """How the query model with this card takes questions."""
        return Format(window=card["window"], prompt=card["prompt"], **card.get("format", {}))

    @property
    def beyond_card(self) -> dict[str, Any]:
        """What the card has to say besides window and prompt; nothing for most models."""
        return self.model_dump(mode="json", exclude={"window", "prompt"}, exclude_defaults=True)
