"""Time, memory and load."""
