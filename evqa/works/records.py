"""The records of what sources such as Crossref say of a work. Bibliographic fields carry their CSL-JSON names."""

from typing import Literal

from pydantic import Field

from evqa.model import Date, Name, Record, Sparse

NoticeType = Literal["retraction", "withdrawal", "expression-of-concern", "correction", "reinstatement"]


class Notice(Sparse):
    """A notice about a work: its kind, its own DOI and date (ISO 8601, as precise as known), and who tells of it."""

    type: NoticeType
    DOI: str | None = None
    date: str | None = None
    source: str


class Standing(Record):
    """Whether a work still stands: the day it was asked (ISO 8601), the sources that answered, and what they told."""

    checked: str
    sources: tuple[str, ...]
    notices: tuple[Notice, ...] = ()


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
