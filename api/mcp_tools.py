"""The tools that an assistant is given: what each takes, does and gives."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mcp import types
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from api.arguments import MOST
from api.citing import Citing
from api.corpora import ListedCorpus, listed, summary_record
from api.entries import entry
from api.exporting import EntryInFull, in_full
from api.http.served import Made, Service
from api.json_text import json_text
from api.search import Passages, search_json
from api.terminal import WIDEST
from evqa.answer import LONGEST, ask
from evqa.errors import UsageError
from evqa.model import Answer, Record
from evqa.retriever import Retriever

SHOWN = 80
READ_ONLY = types.ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)


class Arguments(BaseModel):
    """What a tool takes; a name that it doesn't know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OfCorpus(Arguments):
    """Something asked of one corpus."""

    corpus: str | None = Field(
        default=None,
        min_length=1,
        max_length=200,
        description="name of a corpus, as list_corpora gives it; without one the corpus `default` is asked, else the "
        "only one that there is, or a built-in sample review where there is none; of several one has to be named",
    )


class Asked(OfCorpus):
    """A question for an answer."""

    question: str = Field(min_length=1, max_length=LONGEST, description="the question, in English and in full")
    k: int = Field(default=5, ge=1, le=MOST, description="how many passages to give with the answer")


class Searched(OfCorpus):
    """A question for passages."""

    question: str = Field(min_length=1, max_length=LONGEST, description="what to look for, in English")
    k: int = Field(default=10, ge=1, le=MOST, description="how many passages to give")


class Wanted(OfCorpus):
    """An entry by its number."""

    number: int = Field(ge=1, le=999_999_999, description="the number by which the text cites the entry")
    document: str | None = Field(
        default=None, max_length=200, description="id of the document, where several have an entry of this number"
    )


class Corpora(Record):
    """The corpora that there are."""

    corpora: tuple[ListedCorpus, ...]


Work = Callable[[Service, Any], Awaitable[bytes]]


@dataclass(frozen=True)
class Tool:
    """A tool: `takes` and `gives` are the records of its input and output, `work` makes the output as JSON."""

    name: str
    title: str
    description: str
    takes: type[Arguments]
    gives: type[Record]
    work: Work

    @property
    def declared(self) -> types.Tool:
        """The tool as a client is told of it."""
        return types.Tool(
            name=self.name,
            title=self.title,
            description=self.description,
            input_schema=self.takes.model_json_schema(),
            output_schema=_output_schema(self.gives),
            annotations=READ_ONLY,
        )

    async def called(self, service: Service, given: Mapping[str, Any]) -> bytes:
        """The output as JSON. Raises UsageError naming the argument that can't be used, and what the work raises."""
        try:
            taken = self.takes.model_validate(given)
        except ValidationError as error:
            raise UsageError(f"{self.name}: {_faults(error)}; correct it as the tool's input schema says") from error
        return await self.work(service, taken)


def _output_schema(kind: type[Record]) -> dict[str, Any]:
    """What a record is written as: the schema of what is read back, which names fields that may be left out."""
    schema = TypeAdapter(kind).json_schema(by_alias=True)
    schema.get("$defs", {}).get("RankedPassage", {}).get("properties", {}).pop("indexed", None)
    return schema


def _faults(error: ValidationError) -> str:
    return "; ".join(map(_fault, error.errors(include_url=False)[:3]))


def _fault(found: Mapping[str, Any]) -> str:
    name = ".".join(map(str, found["loc"]))[:SHOWN]
    said = f"{name}: {found['msg'][:1].lower()}{found['msg'][1:]}"
    if found["type"] in ("missing", "extra_forbidden"):
        return said
    text = json.dumps(found["input"], ensure_ascii=False, default=repr)
    return f"{said}, not {text if len(text) <= SHOWN else f'{text[:SHOWN]}…'}"


async def _ask(service: Service, asked: Asked) -> bytes:
    def answered(corpus: Retriever) -> Made:
        answer = ask(asked.question, corpus, asked.k)
        return answer.model_dump_json().encode(), answer.status

    return (await service.body(asked.corpus, ("ask", asked.question, asked.k), answered)).content


async def _search(service: Service, asked: Searched) -> bytes:
    def found(corpus: Retriever) -> Made:
        return search_json(asked.question, corpus, asked.k).encode(), None

    return (await service.body(asked.corpus, ("search", asked.question, asked.k), found)).content


async def _reference(service: Service, wanted: Wanted) -> bytes:
    def found(corpus: Retriever) -> Made:
        chosen = entry(wanted.number, corpus, wanted.document)
        return in_full(chosen, Citing(corpus), "json", WIDEST).encode(), None

    what = ("reference", wanted.number, "json", wanted.document)
    return (await service.body(wanted.corpus, what, found)).content


async def _corpora(service: Service, _: Arguments) -> bytes:
    def made() -> bytes:
        return json_text({"corpora": [summary_record(each) for each in listed(service.home)]}).encode()

    return await service.run(made)


EVERY = (
    Tool(
        "ask",
        "Ask the review",
        "Answers a question about a scientific review with the review's own sentences, word for word, and the numbers "
        "of the references that it cites there, each with its bibliography entry. Where the review doesn't answer, "
        "`status` is `insufficient_evidence`, with the nearest passages: then say that it isn't there, and don't "
        "answer from them as if it were. Cite the numbers of `claims[].references`; those in `carried` are printed in "
        "a later sentence.",
        Asked,
        Answer,
        _ask,
    ),
    Tool(
        "search",
        "Search the review",
        "Ranks the passages of a scientific review for a question, best first, without deciding whether they answer "
        "it. To learn what the review says and cites, use `ask`; use this to read around a subject.",
        Searched,
        Passages,
        _search,
    ),
    Tool(
        "get_reference",
        "Get a reference",
        "Gives the bibliography entry of a number, in CSL-JSON fields, with every statement of the review that cites "
        "it, word for word.",
        Wanted,
        EntryInFull,
        _reference,
    ),
    Tool(
        "list_corpora",
        "List the corpora",
        "Lists the corpora that can be asked, with their sizes and state. Each holds one or more reviews, and may hold "
        "papers that they cite.",
        Arguments,
        Corpora,
        _corpora,
    ),
)
TOOLS = {tool.name: tool for tool in EVERY}
