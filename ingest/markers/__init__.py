"""Find printed reference markers and bind them to entries."""
