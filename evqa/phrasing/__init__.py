"""Phrasing an answer by a writing model, each sentence held against the claims that it names."""
