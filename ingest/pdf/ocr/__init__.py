"""Recognise the text of pages that are pictures (OCR)."""
