"""Gold sets, measures, runs and reports."""
