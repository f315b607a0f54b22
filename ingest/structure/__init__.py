"""Turn pieces of text into blocks: title page, sections, tables, bibliography, sentences."""
