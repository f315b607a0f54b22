"""Understand a question: what it is about, where to look, what kind of answer it wants."""
