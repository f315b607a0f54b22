"""Bibliography entries in every format."""
