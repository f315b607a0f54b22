"""Find which part of a document a question names."""
