"""Read HTML as journals publish it and browsers save it."""
