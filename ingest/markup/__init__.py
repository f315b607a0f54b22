"""Styles within a line of text: superscripts, emphasis, links, formulas."""
