"""Kills, damage, full disks and the like, done to copies of a home, and what is found after each."""
