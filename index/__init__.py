"""The stored, searchable corpus: SQLite records, embeddings, FAISS and tantivy."""
