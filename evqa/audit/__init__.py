"""Check a document's own citations against its bibliography."""
