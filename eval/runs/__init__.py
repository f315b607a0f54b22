"""Gold sets, collections, and stored runs."""
