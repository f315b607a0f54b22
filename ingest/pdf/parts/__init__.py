"""Tell what each paragraph of a PDF is: title, heading, table, caption, entry."""
