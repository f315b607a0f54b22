"""What a PDF knows of itself: links, the places that they lead to, its outline, its fields for title and authors."""
