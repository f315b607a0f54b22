"""Files in, documents out: readers, markers, bibliography, passages, integrity."""
