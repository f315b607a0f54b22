"""Check sentences and whole drafts against a corpus, and show what was found."""
