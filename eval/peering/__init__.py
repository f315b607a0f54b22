"""Measure other retrieval systems, each in an environment of its own, on the questions that evqa is measured on."""
