"""Evidence tables: several questions put to each document by itself."""
