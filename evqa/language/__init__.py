"""Words: forms, stems, abbreviations, and lists of words that carry no topic."""
