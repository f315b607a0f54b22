"""Words and reasoning: records, question understanding, answering. Knows no files, no FAISS, no HTTP."""
