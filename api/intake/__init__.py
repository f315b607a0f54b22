"""From files to a stored corpus: find, read in worker processes, store."""
