"""Measure readers against the truth of an article's XML."""
