"""Measures, intervals and significance tests."""
