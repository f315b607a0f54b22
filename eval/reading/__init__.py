"""Measure readers against the truth in an article's XML."""
