"""RunReport one run, or compare two."""
