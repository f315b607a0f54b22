"""Fit weights, and measure the worth of each stage of answering."""
