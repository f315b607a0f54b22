"""Draw pages of a PDF, and find where statements stand on them."""
