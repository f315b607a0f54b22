"""Read JATS XML, as PubMed Central and journals publish it (https://jats.nlm.nih.gov)."""

from pathlib import Path

from evqa.model import Document, Source
from ingest.document import document_of
from ingest.jats.body import BlockBuilder
from ingest.jats.front import front_blocks, metadata_of
from ingest.jats.front_statements import add_statements
from ingest.jats.refs import bibliography
from ingest.jats.xml import article_in


def read_jats(data: bytes, source: Source) -> Document:
    """Read a JATS file as a document. Raises InputError if it is malformed, not JATS or holds several articles."""
    article = article_in(data, source.name)
    entries = bibliography(article)
    kept = [e for group in article.findall("floats-group") for e in group]
    walk = BlockBuilder(entries, kept)
    for body in article.findall("body"):
        walk.children(body)
    walk.rest()
    for back in article.findall("back"):
        walk.children(back)
    add_statements(walk, article)
    drafts = [*front_blocks(article, entries), *walk.blocks]
    return document_of(drafts, metadata_of(article, Path(source.name).stem), source)
