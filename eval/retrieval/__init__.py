"""Retrieval collections in BEIR's layout."""
