"""A writer that asks a language model of the user's own, and keeps what it wrote."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from evqa.phrasing.writer import DraftSentence, Written
from index.disk.kept_texts import KeptTexts, Place, Warn
from index.judging.endpoint import AwayError, Endpoint, RefusedError, UnusableError
from index.judging.llm import UNKNOWN_FORM
from index.phrasing.drafts import as_text, drafts_in, from_text, is_drafts, message, prompt, schema, version

FILE = "phrasings.sqlite"
PLACE = Place(FILE, "phrasing", "sentences", "phrasings")
MOST = 10_000


class LlmWriter:
    """A `Writer` behind an endpoint. What it wrote for the same claims is kept in the home. Safe for threads."""

    def __init__(self, endpoint: Endpoint, home: Path, warn: Warn) -> None:
        self._endpoint = endpoint
        self._kept = KeptTexts(home, PLACE, warn, MOST)
        # The form of reply that the server took last, by its place among `_forms`.
        self._form = 0

    @property
    def name(self) -> str:
        """The model."""
        return self._endpoint.model

    def written(self, question: str, claims: Sequence[str], fingerprint: str) -> Written:
        """See `Writer`. What the server gives in a wrong form is neither used nor kept."""
        key = self._key(question, claims, fingerprint)
        if (kept := self._kept.get(key, is_drafts)) is not None:
            return Written(from_text(kept))
        host = self._endpoint.host
        try:
            drafts = self._drafts(question, claims)
        except (AwayError, RefusedError) as error:
            return Written((), f"the language model at {host} didn't answer ({error})")
        except UnusableError as error:
            return Written((), f"the language model at {host} gave {error}")
        return Written(from_text(self._kept.put(key, as_text(drafts), is_drafts)))

    def _drafts(self, question: str, claims: Sequence[str]) -> tuple[DraftSentence, ...]:
        """What the model writes, asked for in the strictest form that the server takes."""
        messages = [{"role": "system", "content": prompt()}, {"role": "user", "content": message(question, claims)}]
        forms = _forms(len(claims))
        for place in range(self._form, len(forms)):
            try:
                reply = self._endpoint.reply(messages, forms[place])
            except RefusedError as error:
                if error.status not in UNKNOWN_FORM or place == len(forms) - 1:
                    raise
            else:
                self._form = place
                return drafts_in(reply, len(claims))
        raise AssertionError("the last form is answered or raises")

    def _key(self, question: str, claims: Sequence[str], fingerprint: str) -> str:
        """SHA-256 of all that the sentences depend on."""
        asked = [self._endpoint.model, self._endpoint.address, version(), question, *claims, fingerprint]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def _forms(count: int) -> tuple[Mapping[str, Any] | None, ...]:
    """Forms of reply, the strictest first."""
    strict = {"name": "sentences", "strict": True, "schema": schema(count)}
    return {"type": "json_schema", "json_schema": strict}, {"type": "json_object"}, None
