"""Audits as text, JSON and a page."""
