"""Words that questions name parts of a document with."""

# Nouns that speak of a text, and others that may, if a title of the document stands with them.
OF_TEXT = (
    r"(?:(?:sub-?)?sections?|(?:sub-?)?chapters?|(?:sub-?)?paragraphs?|(?:sub-?)?headings?|passages?|parts?|bits?"
    r"|pages?)"
)
OF_ANYTHING = (
    r"(?:portions?|segments?|blocks?|box|panel|stretch|pieces?|overview|summary|remarks?|comments?|lines?|sentences?"
    r"|statements?|lists?|notes?|details?|information|declarations?|description|account|outline|highlights|discussion"
    r"|review|text|report|write-up|bullets?|points?|topics?|header)"
)
PART = (
    r"(?:(?:sub-?)?sections?|(?:sub-?)?chapters?|(?:sub-?)?paragraphs?|parts?|passages?|bits?|pages?|portions?|segments?"
    r"|blocks?|lines?|sentences?|pieces?|stretch)"
)
ABOUT = (
    r"(?:on|about|titled|called|entitled|headed|concerning|regarding|describing|discussing|covering|treating"
    r"|dedicated to|devoted to|(?:dealing|that deals) with|that (?:covers|discusses|describes|treats|is about|is on))"
)
LEAD = (
    r"(?:\b(?:according to|going by|judging by|based on|as per|as (?:stated|told|said|given|described|listed|reported)"
    r" (?:in|under|by)|per|in|within|from|under|of|by|at|for)\s+)?"
)
THE = r"(?:the|this|its|their|that|your)\s+(?:(?:authors?|reviews?|papers?|articles?)(?:['’]s?)?\s+)?(?:own\s+)?"
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
