"""Fit weights, and measure what each stage is worth."""
