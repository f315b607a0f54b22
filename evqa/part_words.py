"""Words that questions name parts of a document with."""

PART = r"(?:section|part|chapter|paragraphs?|passage|bit|pages?)"
LEAD = (
    r"(?:\b(?:according to|going by|judging by|based on|as per|as stated in|per|in|within|from|under|of|by|at|for)\s+)?"
)
THE = r"(?:the|this|its|their|that|your)\s+(?:(?:authors?|reviews?|papers?|articles?)(?:['’]s?)?\s+)?"
PAPER = r"(?:review|paper|article|text|document|publication|manuscript)"
# "The introduction of this review" is a part of a text, "the introduction of starters" is none.
NOT_OF_ELSE = rf"(?!\s+of\b(?!\s+(?:the|this|their|its|your)\s+(?:{PAPER}|authors?|study|work)\b))"
# Words between "the" and the noun that it belongs to: no new phrase starts among them.
MIDDLE = r"(?:(?!(?:the|an?|in|from|within|under|to|by|does|do|is|are)\b)[\w/-]+\s+)"
UNIT = r"(?:%|°|(?:[mcnµμ]?m|g|mg|h|min|(?:second|minute|hour|day|week|month|year)s?)\b)"

ORDINALS = {name: n for n, name in enumerate("first second third fourth fifth sixth seventh eighth ninth".split(), 1)}
CARDINALS = {name: n for n, name in enumerate("one two three four five six seven eight nine ten".split(), 1)}
ROMAN = {name: n for n, name in enumerate("i ii iii iv v vi vii viii ix x".split(), 1)}
SEVERAL = r"(?P<list>\d+(?:\s*(?:,|and|&|or|to|-|–)\s*\d+)+)\b"
