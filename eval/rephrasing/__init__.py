"""Seeded faults and sound rephrasings of claims, and an endpoint that replies with them."""
