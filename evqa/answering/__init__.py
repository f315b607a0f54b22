"""Rank passages and choose the statements that answer."""
