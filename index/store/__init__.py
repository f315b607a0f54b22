"""The record of truth: documents, references, passages, sources, failures."""
