"""The title page of a PDF: candidates for title, authors, year and DOI, and the vote on them."""
