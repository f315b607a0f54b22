"""Crash-safe files and folders, and locks."""
