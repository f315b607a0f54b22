"""A writing model of the user's own: what it is asked, what it may reply, and what it wrote before."""
