"""What the world knows of cited works: asked of sources, or taken from files, and kept in a corpus."""
