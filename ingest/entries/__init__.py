"""Turn a printed bibliography entry into CSL-JSON fields."""
