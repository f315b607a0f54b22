"""Join runs of characters to lines and paragraphs."""
