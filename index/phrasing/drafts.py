"""What a writing model is asked, and how its reply is read."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from evqa.phrasing.writer import LONGEST_SENTENCE, MOST_CLAIMS, MOST_SENTENCES, DraftSentence
from index.judging.endpoint import UnusableError
from index.judging.grades import MOST_CHARACTERS, STEERING

# Characters of a reply that are read, and of its text that is looked at around the JSON object.
MOST_REPLIED = 60_000


@cache
def prompt() -> str:
    """What the model is told to do."""
    return files("index.phrasing").joinpath("prompt.txt").read_text(encoding="utf-8").strip()


@cache
def version() -> str:
    """What tells this prompt and form of reply from others: 12 hexadecimal digits."""
    asked = json.dumps([prompt(), schema(MOST_CLAIMS), MOST_CHARACTERS, STEERING.pattern])
    return hashlib.sha256(asked.encode()).hexdigest()[:12]


def schema(count: int) -> dict[str, Any]:
    """The JSON Schema of a reply on so many claims. It has no place for a reference."""
    numbers = {"type": "array", "items": {"type": "integer", "enum": list(range(1, count + 1))}}
    sentence = {
        "type": "object",
        "properties": {"text": {"type": "string"}, "claims": numbers},
        "required": ["text", "claims"],
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"sentences": {"type": "array", "items": sentence}},
        "required": ["sentences"],
        "additionalProperties": False,
    }


def message(question: str, claims: Sequence[str]) -> str:
    """Question and claims as one JSON object. What a server's template takes for another message is escaped."""
    told = [{"number": number, "text": claim[:MOST_CHARACTERS]} for number, claim in enumerate(claims, start=1)]
    written = json.dumps({"question": question, "claims": told}, ensure_ascii=False)
    return STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def drafts_in(reply: str, count: int) -> tuple[DraftSentence, ...]:
    """The sentences in a reply on so many claims. A fence or a thought around the one JSON object is passed over.

    Raises UnusableError for what isn't of the form that was asked for, or has no sentence.
    """
    text = reply.rpartition("</think>")[2]
    if len(text) > MOST_REPLIED:
        raise UnusableError(f"more than {MOST_REPLIED:,} characters")
    start, end = text.find("{"), text.rfind("}")
    try:
        value = json.loads(text[start : end + 1]) if start >= 0 else None
    except (ValueError, RecursionError) as error:
        raise UnusableError("a reply that isn't JSON") from error
    sentences = value.get("sentences") if isinstance(value, dict) else None
    if not isinstance(sentences, list):
        raise UnusableError("a reply without sentences")
    found = tuple(_draft(each, count) for each in sentences)
    if not found:
        raise UnusableError("a reply without sentences")
    if len(found) > MOST_SENTENCES:
        raise UnusableError(f"more than {MOST_SENTENCES} sentences")
    return found


def _draft(value: object, count: int) -> DraftSentence:
    """A sentence with its claims by place. Numbers of claims that weren't shown stay, and the gate finds them."""
    if not isinstance(value, Mapping) or value.keys() != {"text", "claims"}:
        raise UnusableError("a sentence of another form")
    text, claims = value["text"], value["claims"]
    if not isinstance(text, str) or not isinstance(claims, list) or not all(type(each) is int for each in claims):
        raise UnusableError("a sentence of another form")
    # Longer than a sentence may be, it fails the gate all the same.
    return DraftSentence(text[: LONGEST_SENTENCE + 1], tuple(min(max(each - 1, -1), count) for each in claims))


def as_text(drafts: Sequence[DraftSentence]) -> str:
    """Drafts as they are kept."""
    return json.dumps([[draft.text, list(draft.claims)] for draft in drafts], ensure_ascii=False)


def from_text(text: str) -> tuple[DraftSentence, ...]:
    """Kept drafts. Raises ValueError for a text that holds none."""
    value = json.loads(text)
    if not isinstance(value, list) or not all(_is_kept(each) for each in value):
        raise ValueError("no drafts")
    return tuple(DraftSentence(each, tuple(claims)) for each, claims in value)


def is_drafts(text: str) -> bool:
    """Whether a text holds drafts."""
    try:
        return bool(from_text(text))
    except (ValueError, RecursionError):
        return False


def _is_kept(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    text, claims = value
    return isinstance(text, str) and isinstance(claims, list) and all(type(each) is int for each in claims)
