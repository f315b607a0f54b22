"""Fit the local judge on the questions and grades of many documents, and score it on documents left out."""
