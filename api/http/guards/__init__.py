"""Layers around every HTTP request: hosts, keys, rates, sizes, headers."""
