"""Build, publish and open a generation: the derived, searchable state of a corpus."""
