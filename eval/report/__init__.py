"""Report one run, or compare two."""
