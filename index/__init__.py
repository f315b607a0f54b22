"""The stored, searchable corpus: SQLite records, embeddings, dense and lexical indexes. Knows no readers."""
