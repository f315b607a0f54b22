"""Says whether a cited work supports what a review says of it, by stored token vectors."""
