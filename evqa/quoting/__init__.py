"""Quotations held against the corpus: whether, where and how exactly they are printed."""
