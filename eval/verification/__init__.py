"""Teach and measure the verifier: does an abstract support a claim."""
