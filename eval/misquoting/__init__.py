"""Quotations changed as word processors and people change them, to measure the check of quotations."""
