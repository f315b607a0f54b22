"""A corpus as the reasoning sees it: what it can be asked, and which documents it holds."""
