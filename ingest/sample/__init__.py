"""The built-in sample: a digest, in our own words, of a published review."""

from pathlib import Path


def sample_path() -> Path:
    """Path of the digest, a Markdown file that stands beside this module."""
    return Path(__file__).with_name("ev-review-digest.md")
