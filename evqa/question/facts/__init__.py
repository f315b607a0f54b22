"""Find bibliographic facts in a question: authors, years, journals, kinds of entry."""
