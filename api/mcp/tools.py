"""The tools that an assistant can call: the arguments, the work and the result of each; those about documents apart."""

from collections.abc import Mapping

from pydantic import Field

from api.answers import MOST, Passages, search_json
from api.bibliography.citing import Citing
from api.bibliography.entries import entries, entry, span
from api.bibliography.exporting import EntryInFull, in_full
from api.catalogue import ListedCorpus, listed, summary_record
from api.checking.drafts import checked_sentences
from api.errors import AbsentError
from api.filters import LONGEST_NAME, YEARS, filters_of
from api.http.served import Content, Service, WatchedCorpus
from api.mcp.document_tools import DOCUMENT_TOOLS, document_id
from api.mcp.tool import Arguments, CorpusArguments, Tool
from api.text.json_text import json_text
from api.text.terminal import WIDEST
from evqa.answer import LONGEST, ask
from evqa.corpus.corpus import Corpus
from evqa.model import Answer, Filters, PassageKind, Record, Reference, Standing
from evqa.quoting.checking import LONGEST as LONGEST_QUOTED
from evqa.quoting.records import Check
from evqa.works.standing import checked_text, standing_text


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
    phrase: bool = Field(
        default=False, description="also phrase the answer by the language model that the server has set, if it has one"
    )


class SearchArguments(FilterArguments):
    """A question for passages."""

    question: str = Field(min_length=1, max_length=LONGEST, description="what to look for, in English")
    k: int = Field(default=10, ge=1, le=MOST, description="how many passages to give")


class ReferenceArguments(CorpusArguments):
    """An entry by its number."""

    number: int = Field(ge=1, le=999_999_999, description="the number by which the text cites the entry")
    document: str | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST_NAME,
        description="the document whose list is meant, where several have an entry of this number: its id, its file's "
        "name, or its title or words of that",
    )


class StatusArguments(CorpusArguments):
    """Entries by their numbers."""

    numbers: tuple[int, ...] = Field(
        default=(), max_length=1000, description="the numbers of the entries; without any, all that have a notice"
    )
    document: str | None = Field(
        default=None,
        min_length=1,
        max_length=LONGEST_NAME,
        description="the document whose list is meant, where several have one: its id, its file's name, or its title "
        "or words of that",
    )


class EntryStatus(Record):
    """Whether the work of an entry still stands; `status` is null if that was never checked. `said`: it in words.

    `document` and `document_title` name the document whose bibliography it is.
    """

    number: int
    document: str | None
    document_title: str | None
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


async def _ask(service: Service, arguments: AskArguments) -> bytes:
    def answered(corpus: WatchedCorpus) -> Content:
        phrase = service.phrase if arguments.phrase else None
        answer = ask(arguments.question, corpus, arguments.k, arguments.filters)
        answer = phrase(answer, corpus) if phrase else answer
        return answer.model_dump_json().encode(), answer.status

    request = ("ask", arguments.question, arguments.k, arguments.filters, arguments.phrase)
    return (await service.body(arguments.corpus, request, answered)).content


async def _search(service: Service, arguments: SearchArguments) -> bytes:
    def passages(corpus: Corpus) -> Content:
        return search_json(arguments.question, corpus, arguments.k, arguments.filters).encode(), None

    request = ("search", arguments.question, arguments.k, arguments.filters)
    return (await service.body(arguments.corpus, request, passages)).content


async def _reference(service: Service, arguments: ReferenceArguments) -> bytes:
    def statements(corpus: Corpus) -> Content:
        chosen = entry(arguments.number, corpus, document_id(arguments.document, corpus))
        return in_full(chosen, Citing(corpus), "json", WIDEST).encode(), None

    request = ("reference", arguments.number, "json", arguments.document)
    return (await service.body(arguments.corpus, request, statements)).content


async def _status(service: Service, arguments: StatusArguments) -> bytes:
    def told(corpus: Corpus) -> Content:
        every = entries(corpus, document_id(arguments.document, corpus))
        numbers = arguments.numbers
        if lacking := sorted({*numbers} - {each.number for each in every}):
            known = f"its references are {span(every)}" if every else "it has no bibliography"
            raise AbsentError(
                f"no reference {lacking[0]} in corpus {corpus.state.name}", known, "give numbers of these"
            )
        told = [each for each in every if each.status and each.status.notices]
        chosen = [each for each in every if each.number in numbers] if numbers else told
        titles = {outline.document.id: outline.document.title for outline in corpus.outlines()}
        found = Statuses(entries=tuple(_entry_status(each, titles) for each in chosen), checked=checked_text(every))
        return found.model_dump_json().encode(), None

    request = ("status", *sorted(arguments.numbers), "of", arguments.document)
    return (await service.body(arguments.corpus, request, told)).content


def _entry_status(entry: Reference, titles: Mapping[str, str]) -> EntryStatus:
    return EntryStatus(
        number=entry.number,
        document=entry.document,
        document_title=titles.get(entry.document or ""),
        title=entry.title,
        DOI=entry.DOI,
        status=entry.status,
        said=standing_text(entry.status),
    )


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
        "Answers a question about scientific articles with their own sentences, word for word, and the numbers of the "
        "references cited there, each with its bibliography entry. `status` `insufficient_evidence` means that no "
        "answer was found here: say “not found”, which is less than that the article doesn't say it, and don't answer "
        "from the nearest `passages` as if they did. Where `reason` is `which_document`, ask again with one of the "
        "`candidates` as `document`. Cite the numbers of `claims[].references`; those in `carried` are printed in a "
        "later sentence. `claims[].context` is the sentence before, where a claim leans on it: its numbers are its "
        "own, so don't cite them for the claim. `claims[].cells` names the cells of a table row. `claims[].unresolved` "
        "lists markers printed in the claim whose entry isn't known: say that a reference is missing there, and pass "
        "`warnings` on. `references[].status` tells whether a cited work was retracted or corrected; null means that "
        "nobody has checked. `missing` lists parts of a question that the claims don't answer: say which. A part that "
        "isn't listed may be unanswered, too. Of several documents say which one says it. If `reason` is "
        "`which_document`, the question needs one document of several, as “Table 1” does: choose one of `candidates`, "
        "or ask which is meant, and call again with its name as `document`. With `phrase` there may be `phrasing`: "
        "sentences checked against the claims that they name, with their references.",
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
        "Gives the bibliography entry of a number, in CSL-JSON fields, with every statement that cites it, word for "
        "word. Where several documents have an entry of this number, they are named with their titles: call it again "
        "with one as `document`.",
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
    *DOCUMENT_TOOLS,
)
TOOLS = {tool.name: tool for tool in ALL}
