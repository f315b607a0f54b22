"""What is known of cited works from elsewhere: who they are, and whether they still stand."""
