"""Set articles anew as PDF files, for measuring the PDF reader on layouts whose truth is known."""
