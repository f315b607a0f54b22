"""What is said to who still allows documents with gaps, which needs no leave any more."""

PARTIAL_NOTE = "allow-partial is the default now and changes nothing; strict refuses documents with gaps"
