"""Read JATS XML."""
