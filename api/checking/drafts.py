"""What is to be checked: single sentences, or the quotations and figures of a draft."""

from collections.abc import Sequence
from pathlib import Path

from evqa.corpus.corpus import Corpus
from evqa.errors import InputError
from evqa.quoting.checking import check_draft, check_sentences
from evqa.quoting.draft import draft_sentences
from evqa.quoting.records import Check

LIMIT = 2_000_000
PLAIN, WORD = (".md", ".txt"), ".docx"
# Blocks of a Word document whose numbers aren't the author's statements.
_PASSED_OVER = ("reference", "title", "front", "heading", "keywords")


def checked_sentences(sentences: Sequence[str], corpus: Corpus) -> Check:
    """Check sentences as quotations; one that states figures may also be found in other words."""
    return check_sentences(sentences, corpus)


def checked_text(text: str, corpus: Corpus) -> Check:
    """Check what a draft in Markdown or plain text quotes, and its sentences with figures."""
    from ingest.structure.sentences import sentences  # a single sentence needs no reader

    return check_draft(draft_sentences(text, sentences), corpus)


def checked_file(path: Path, corpus: Corpus) -> Check:
    """Check a draft in Markdown, plain text or Word.

    Raises InputError for a file that is missing, empty, too large, of another format or not UTF-8.
    """
    return checked_text(draft_text(path), corpus)


def draft_text(path: Path) -> str:
    """The text of a draft. Of a Word document its paragraphs, tables and captions, without its bibliography."""
    suffix = path.suffix.lower()
    if suffix == WORD:
        return _word_text(path)
    if suffix not in PLAIN:
        raise InputError(path, f"no draft in {suffix or '(no suffix)'!r}", "give a .md, .txt or .docx file")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(path, "can't be read", "check the path", error.strerror) from error
    if len(data) > LIMIT:
        raise InputError(path, f"too large ({len(data):,} bytes, the limit is {LIMIT:,})", "check it in parts")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path, f"not UTF-8 (byte {error.start + 1})", "save it as UTF-8") from error
    if not text.strip():
        raise InputError(path, "empty file", "give a file that holds the draft's text")
    return text


def _word_text(path: Path) -> str:
    from ingest.reader import read  # other drafts need no reader

    document = read(path)
    text = document.text
    for block in document.blocks:
        if block.kind in _PASSED_OVER:
            text = text[: block.start] + " " * (block.end - block.start) + text[block.end :]
    return text
