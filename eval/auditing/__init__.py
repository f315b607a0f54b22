"""Fit and measure the audit of citations."""
