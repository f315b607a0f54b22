"""The tools that an assistant can call: the arguments, the work and the result of each."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mcp import types
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from api.answers import MOST, Passages, search_json
from api.bibliography.citing import Citing
from api.bibliography.entries import entries, entry, span
from api.bibliography.exporting import EntryInFull, in_full
from api.catalogue import ListedCorpus, listed, summary_record
from api.checking.drafts import checked_sentences
from api.errors import AbsentError
from api.filters import LONGEST_NAME, YEARS, filters_of
from api.http.served import Content, Service
from api.text.json_text import json_text
from api.text.terminal import WIDEST
from evqa.answer import LONGEST, ask
from evqa.corpus.corpus import Corpus
from evqa.errors import UsageError
from evqa.model import Answer, Filters, PassageKind, Record, Reference, Standing
from evqa.quoting.checking import LONGEST as LONGEST_QUOTED
from evqa.quoting.records import Check
from evqa.works.standing import checked_text, standing_text

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


class FilterArguments(CorpusArguments):
    """What of the corpus a question is put to."""

    document: str | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST_NAME,
        description="ask one document only: its file's name, id, title or words of that, or its number in the "
        'bibliography that cites it; "Chen 2022" by first author and year',
    )
    years: str | None = Field(
        default=None, pattern=YEARS, description='documents of these years: "2010-2020", "2015", "2015-" or "-2015"'
    )
    kind: PassageKind | None = Field(default=None, description="passages of one kind")
    section: str | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST_NAME,
        description='one section: its title, its number, or a part such as "methods"',
    )

    @property
    def filters(self) -> Filters | None:
        """The filters; None without any. Raises UsageError for years that can't be read."""
        return filters_of(self.document, self.years, self.kind, self.section)


class AskArguments(FilterArguments):
    """A question for an answer."""

    question: str = Field(min_length=1, max_length=LONGEST, description="the question, in English and in full")
    k: int = Field(default=5, ge=1, le=MOST, description="how many passages to give with the answer")


class SearchArguments(FilterArguments):
    """A question for passages."""

    question: str = Field(min_length=1, max_length=LONGEST, description="what to look for, in English")
    k: int = Field(default=10, ge=1, le=MOST, description="how many passages to give")


class ReferenceArguments(CorpusArguments):
    """An entry by its number."""

    number: int = Field(ge=1, le=999_999_999, description="the number by which the text cites the entry")
    document: str | None = Field(
        default=None, max_length=200, description="id of the document, where several have an entry of this number"
    )


class StatusArguments(CorpusArguments):
    """Entries by their numbers."""

    numbers: tuple[int, ...] = Field(
        default=(), max_length=1000, description="the numbers of the entries; without any, all that have a notice"
    )
    document: str | None = Field(
        default=None, max_length=200, description="id of the document, where several have a bibliography"
    )


class EntryStatus(Record):
    """Whether the work of an entry still stands; `status` is null if that was never checked. `said`: it in words."""

    number: int
    document: str | None
    title: str | None
    DOI: str | None
    status: Standing | None
    said: str


class Statuses(Record):
    """Statuses of entries, and how many entries of the bibliographies were checked, in words."""

    entries: tuple[EntryStatus, ...]
    checked: str


class VerifyArguments(CorpusArguments):
    """A quotation or sentence to be checked."""

    quotation: str = Field(
        min_length=1, max_length=LONGEST_QUOTED, description="the quotation, or a sentence with figures, word for word"
    )


class CorpusList(Record):
    """The corpora that there are."""

    corpora: tuple[ListedCorpus, ...]


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


async def _ask(service: Service, arguments: AskArguments) -> bytes:
    def answered(corpus: Corpus) -> Content:
        answer = ask(arguments.question, corpus, arguments.k, arguments.filters)
        return answer.model_dump_json().encode(), answer.status

    request = ("ask", arguments.question, arguments.k, arguments.filters)
    return (await service.body(arguments.corpus, request, answered)).content


async def _search(service: Service, arguments: SearchArguments) -> bytes:
    def passages(corpus: Corpus) -> Content:
        return search_json(arguments.question, corpus, arguments.k, arguments.filters).encode(), None

    request = ("search", arguments.question, arguments.k, arguments.filters)
    return (await service.body(arguments.corpus, request, passages)).content


async def _reference(service: Service, arguments: ReferenceArguments) -> bytes:
    def statements(corpus: Corpus) -> Content:
        chosen = entry(arguments.number, corpus, arguments.document)
        return in_full(chosen, Citing(corpus), "json", WIDEST).encode(), None

    request = ("reference", arguments.number, "json", arguments.document)
    return (await service.body(arguments.corpus, request, statements)).content


async def _status(service: Service, arguments: StatusArguments) -> bytes:
    def told(corpus: Corpus) -> Content:
        every = entries(corpus, arguments.document)
        numbers = arguments.numbers
        if lacking := sorted({*numbers} - {each.number for each in every}):
            known = f"its references are {span(every)}" if every else "it has no bibliography"
            raise AbsentError(
                f"no reference {lacking[0]} in corpus {corpus.state.name}", known, "give numbers of these"
            )
        told = [each for each in every if each.status and each.status.notices]
        chosen = [each for each in every if each.number in numbers] if numbers else told
        found = Statuses(entries=tuple(map(_entry_status, chosen)), checked=checked_text(every))
        return found.model_dump_json().encode(), None

    request = ("status", *sorted(arguments.numbers), "of", arguments.document)
    return (await service.body(arguments.corpus, request, told)).content


def _entry_status(entry: Reference) -> EntryStatus:
    named = {"number": entry.number, "document": entry.document, "title": entry.title, "DOI": entry.DOI}
    return EntryStatus(**named, status=entry.status, said=standing_text(entry.status))


async def _verify(service: Service, arguments: VerifyArguments) -> bytes:
    def verdict(corpus: Corpus) -> Content:
        return checked_sentences([arguments.quotation], corpus).model_dump_json().encode(), None

    return (await service.body(arguments.corpus, ("check", None, arguments.quotation), verdict)).content


async def _corpora(service: Service, _: Arguments) -> bytes:
    def written() -> bytes:
        return json_text({"corpora": [summary_record(summary) for summary in listed(service.home)]}).encode()

    return await service.run(written)


ALL = (
    Tool(
        "ask",
        "Ask the review",
        "Answers a question about a scientific review with the review's own sentences, word for word, and the numbers "
        "of the references that it cites there, each with its bibliography entry. Where the review doesn't answer, "
        "`status` is `insufficient_evidence`, with the nearest passages: then say that it isn't there, and don't "
        "answer from them as if it were. Cite the numbers of `claims[].references`; those in `carried` are printed in "
        "a later sentence. `claims[].context` is the sentence before, where a claim leans on it: its numbers are its "
        "own, so don't cite them for the claim. `claims[].cells` names the cells of a table row. `claims[].unresolved` "
        "lists markers printed in the claim whose entry isn't known: say that a reference is missing there, and pass "
        "`warnings` on. `references[].status` tells whether a cited work was retracted or corrected; null means that "
        "nobody has checked. `missing` lists "
        "parts of a question that the claims don't answer: say which. A part that isn't listed may be unanswered, too.",
        AskArguments,
        Answer,
        _ask,
    ),
    Tool(
        "search",
        "Search the review",
        "Ranks the passages of a scientific review for a question, best first, without deciding whether they answer "
        "it. To learn what the review says and cites, use `ask`; use this to read around a subject.",
        SearchArguments,
        Passages,
        _search,
    ),
    Tool(
        "get_reference",
        "Get a reference",
        "Gives the bibliography entry of a number, in CSL-JSON fields, with every statement of the review that cites "
        "it, word for word.",
        ReferenceArguments,
        EntryInFull,
        _reference,
    ),
    Tool(
        "get_status",
        "Get the status of references",
        "Tells of entries of a bibliography whether their works were retracted, corrected or given an expression of "
        "concern, as far as that was looked up: with the notice, its date, who tells of it, and the day of the check. "
        "`status` null means that nobody has checked, which says nothing about the work: never call it clean.",
        StatusArguments,
        Statuses,
        _status,
    ),
    Tool(
        "verify_quote",
        "Verify a quotation",
        "Checks whether a quotation is printed in the corpus, word for word and without any model: `verbatim`, `near` "
        "with what the quotation has and what the document has in `differences`, or `absent`; with the document, "
        "section, page and the reference numbers printed there. Call it before you quote, and correct what differs. "
        "`absent` means that it isn't in this corpus, not that it is false.",
        VerifyArguments,
        Check,
        _verify,
    ),
    Tool(
        "list_corpora",
        "List the corpora",
        "Lists the corpora that can be asked, with their sizes and state. Each holds one or more reviews, and may hold "
        "papers that they cite.",
        Arguments,
        CorpusList,
        _corpora,
    ),
)
TOOLS = {tool.name: tool for tool in ALL}
