"""Titles that a person gave to stored documents. What was read from the file stays in the record beside them."""

from collections.abc import Mapping

from index.store.store import Store, checksum, is_intact

# Records that were made before documents could be renamed lack the table. A file keeps the title over its versions.
SCHEMA = """
CREATE TABLE IF NOT EXISTS title (source TEXT PRIMARY KEY, title TEXT NOT NULL, checksum TEXT NOT NULL) STRICT
"""


def given_titles(store: Store) -> Mapping[str, str]:
    """The titles that were given, by the source name of the document."""
    return {source: title for source, title, _ in _rows(store)}


def damaged_titles(store: Store) -> list[str]:
    """Source names of the documents whose given title isn't what was stored."""
    return [str(source) for source, title, stored in _rows(store) if not is_intact(stored, source, title)]


def _rows(store: Store) -> list[tuple[str, str, str]]:
    if not store.select("SELECT 1 FROM sqlite_master WHERE name = 'title'"):
        return []
    return store.select("SELECT source, title, checksum FROM title ORDER BY source")


def give_title(store: Store, source: str, title: str) -> None:
    """Give a document a title, inside a transaction; "" gives it that of its file again."""
    store.connection.execute(SCHEMA)
    store.connection.execute("DELETE FROM title WHERE source = ?", (source,))
    if title:
        store.connection.execute("INSERT INTO title VALUES (?, ?, ?)", (source, title, checksum(source, title)))
    store.set_facts({"revision": str(store.revision + 1)})
