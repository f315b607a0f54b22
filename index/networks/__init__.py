"""Small networks over stored token vectors: what they are made of, how they are shipped and exported."""
