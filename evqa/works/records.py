"""The records of what sources such as Crossref say of a work. Bibliographic fields carry their CSL-JSON names."""

from typing import Literal

from pydantic import Field

from evqa.model import Date, Name, Notice, NoticeType, Record, Source, Sparse, Standing

__all__ = ["ABSTRACT", "TEXT", "FoundWork", "LookUp", "Notice", "NoticeType", "Outcome", "Standing", "is_fetched"]

# Media types of documents made of what a source knows of a cited work: its abstract alone, or its text.
ABSTRACT, TEXT = "application/vnd.evqa.abstract", "application/vnd.evqa.text"
Outcome = Literal["found", "none", "failed"]


def is_fetched(source: Source) -> bool:
    """Whether a document was made of what a source knows of a cited work, and isn't a file of the user's own."""
    return source.media_type in (ABSTRACT, TEXT)


class FoundWork(Sparse):
    """A work as one source knows it. `source` is that source's name, `abstract` plain text."""

    source: str
    type: str | None = None
    title: str | None = None
    author: tuple[Name, ...] = ()
    container_title: str | None = Field(default=None, alias="container-title")
    issued: Date | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    publisher: str | None = None
    DOI: str | None = None
    PMID: str | None = None
    PMCID: str | None = None
    abstract: str | None = None
    license: str | None = None
    notices: tuple[Notice, ...] = ()


class LookUp(Record):
    """What a source said of a work when it was asked: `key` is its DOI, or a fingerprint of its printed entry.

    `date`: the day (ISO 8601). `works`: with outcome "found" the work; with "none" those that a search by the printed
    entry brought, none of which it is.
    """

    source: str
    key: str
    date: str
    outcome: Outcome
    works: tuple[FoundWork, ...] = ()

    @property
    def found(self) -> tuple[FoundWork, ...]:
        """The work itself; () unless it was found."""
        return self.works if self.outcome == "found" else ()
