"""From runs of characters to lines and paragraphs."""
