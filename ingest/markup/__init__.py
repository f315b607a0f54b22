"""Marks within a line of text: LaTeX, tags, superscripts."""
