"""Uploads, and the jobs that store them."""
