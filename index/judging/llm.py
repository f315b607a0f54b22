"""A judge that lets a language model of the user's own grade the passages. The model chooses; it never writes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from evqa.corpus.judge import MOST_READ, Judge, Shown, Verdict
from evqa.model import JudgeName
from index.judging.endpoint import AwayError, Endpoint, RefusedError, UnusableError
from index.judging.grades import GRADES, Grades, grades_in, message, prompt, schema, texts, version
from index.judging.verdicts import Verdicts

# Statuses of a server that doesn't know the form of reply that is asked for.
UNKNOWN_FORM = (400, 422)


class LlmJudge:
    """A `Judge` that asks an endpoint, and `local` where that is away or gives nothing usable. Safe for threads."""

    def __init__(self, endpoint: Endpoint, verdicts: Verdicts, local: Judge) -> None:
        self._endpoint = endpoint
        self._verdicts = verdicts
        self._local = local
        self._name = JudgeName(name=f"llm:{endpoint.model}", version=version())
        # The form of reply that the server took last, by its place among `_forms`.
        self._form = 0

    def verdict(self, question: str, shown: Sequence[Shown]) -> Verdict:
        """The grades as probabilities. Where the model couldn't say, the local judge's verdict, with the problem."""
        shown = shown[:MOST_READ]
        key = self._key(question, shown)
        grades = self._verdicts.get(key, len(shown))
        if grades is None:
            try:
                grades = self._verdicts.put(key, self._graded(question, shown))
            except (AwayError, RefusedError) as error:
                return self._instead(question, shown, f"didn't answer ({error})")
            except UnusableError as error:
                return self._instead(question, shown, f"gave {error}")
        return Verdict(tuple(GRADES[grade] for grade in grades), self._name, is_calibrated=True)

    def _instead(self, question: str, shown: Sequence[Shown], failure: str) -> Verdict:
        verdict = self._local.verdict(question, shown)
        who = "the local judge" if verdict.relevances else "the ranking"
        return verdict._replace(problem=f"the language model at {self._endpoint.host} {failure}, so {who} decided")

    def _graded(self, question: str, shown: Sequence[Shown]) -> Grades:
        """What the model says, asked for in the strictest form that the server takes."""
        messages = [{"role": "system", "content": prompt()}, {"role": "user", "content": message(question, shown)}]
        forms = _forms(len(shown))
        for place in range(self._form, len(forms)):
            try:
                reply = self._endpoint.reply(messages, forms[place])
            except RefusedError as error:
                if error.status not in UNKNOWN_FORM or place == len(forms) - 1:
                    raise
            else:
                self._form = place
                return grades_in(reply, len(shown))
        raise AssertionError("the last form is answered or raises")

    def _key(self, question: str, shown: Sequence[Shown]) -> str:
        """SHA-256 of all that the grades depend on."""
        asked = [self._endpoint.model, self._endpoint.address, version(), question, *map(texts, shown)]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def _forms(count: int) -> tuple[Mapping[str, Any] | None, ...]:
    """Forms of reply, the strictest first."""
    strict = {"name": "grades", "strict": True, "schema": schema(count)}
    return {"type": "json_schema", "json_schema": strict}, {"type": "json_object"}, None
