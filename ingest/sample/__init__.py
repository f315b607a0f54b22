"""The built-in sample: a digest, in our own words, of a published review."""
