"""Judges: who reads question and passages together and says which answer."""
