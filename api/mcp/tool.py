"""What a tool is that an assistant can call: its arguments, its work and its result."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mcp import types
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from api.http.served import Service
from evqa.errors import UsageError
from evqa.model import Record

SHOWN = 80
READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


class Arguments(BaseModel):
    """The arguments of a tool; a name that it doesn't know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CorpusArguments(Arguments):
    """The corpus that a tool asks."""

    corpus: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="name of a corpus, as list_corpora gives it; without one the corpus `default` is asked, else the "
        "only one that there is, or a built-in sample review where there is none; of several one has to be named",
    )


Work = Callable[[Service, Any], Awaitable[bytes]]


@dataclass(frozen=True)
class Tool:
    """A tool. `takes` and `gives` are the records of its input and output; `work` makes the output as JSON."""

    name: str
    title: str
    description: str
    takes: type[Arguments]
    gives: type[Record]
    work: Work

    @property
    def declared(self) -> types.Tool:
        """The tool as a client sees it."""
        return types.Tool(
            name=self.name,
            title=self.title,
            description=self.description,
            input_schema=self.takes.model_json_schema(),
            output_schema=_output_schema(self.gives),
            annotations=READ_ONLY,
        )

    async def called(self, service: Service, sent: Mapping[str, Any]) -> bytes:
        """The output as JSON. Raises UsageError naming an argument that can't be used, and what the work raises."""
        try:
            arguments = self.takes.model_validate(sent)
        except ValidationError as error:
            raise UsageError(self.name, _faults(error), "correct it as the tool's input schema says") from error
        return await self.work(service, arguments)


def _output_schema(kind: type[Record]) -> dict[str, Any]:
    """The JSON Schema of a record as a client reads it, with the fields that may be left out."""
    schema = TypeAdapter(kind).json_schema(by_alias=True)
    schema.get("$defs", {}).get("RankedPassage", {}).get("properties", {}).pop("indexed", None)
    return schema


def _faults(error: ValidationError) -> str:
    return "; ".join(map(_fault, error.errors(include_url=False)[:3]))


def _fault(error: Mapping[str, Any]) -> str:
    name = ".".join(map(str, error["loc"]))[:SHOWN]
    reason = f"{name}: {error['msg'][:1].lower()}{error['msg'][1:]}"
    if error["type"] in ("missing", "extra_forbidden"):
        return reason
    text = json.dumps(error["input"], ensure_ascii=False, default=repr)
    return f"{reason}, not {text if len(text) <= SHOWN else f'{text[:SHOWN]}…'}"
