"""What a PDF knows of itself: links, the places that they lead to, its outline, and what it says of title and authors."""
