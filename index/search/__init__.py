"""Search by vectors, words and late interaction."""
