"""Read the bytes of a PDF as runs of characters, in a child process with limits."""
