"""HTTP endpoints and the page."""
