"""Tell a claim that speaks to whoever reads it, as a passage does that is to steer a model."""

import re

_TO_A_MODEL = re.compile(
    r"<\|\w|</?s>|\[/?INST\b|<start_of_turn>|#{2,}\s*\w+:?|\b(?:system|assistant|human|user|instructions?|prompt)\s*:|"
    r"\b(?:ignore|disregard|forget|override|no attention to|do not follow|don't follow)\b|"
    r"\b(?:language model|chat ?bot|the model reading)|\byou(?:r|rs|rself)?\b|\brepeat after\b|"
    r"(?:^|[.:;!?,)>“\"]\s*|\b(?:must|should|to|only|please|and|then)\s+)"
    r"(?:say|reply|respond with|output|print|write|append|repeat)\b"
    r"|\boutput is\b",
    re.IGNORECASE,
)


def is_order(claim: str) -> bool:
    """Whether a claim may be an order to a language model. Reviews of a science speak to nobody, and order nothing.

    Such a claim is only quoted.
    """
    return _TO_A_MODEL.search(claim) is not None
