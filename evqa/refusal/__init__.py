"""Decide whether what was found answers the question: features and confidence."""
