"""From files to a stored corpus."""
