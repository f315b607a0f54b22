"""Text whose elements a file tags itself: what readers of HTML and .docx pass on."""
