"""From the bytes of a PDF to runs of characters, in a bounded child process."""
