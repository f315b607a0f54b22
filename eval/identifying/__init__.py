"""Fit and measure how entries are matched with found works, and what contradicts."""
