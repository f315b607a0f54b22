"""Load gold sets, retrieval collections and stored runs."""
