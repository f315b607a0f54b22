"""Lists of words that questions use for documents and works. Patterns elsewhere are built from them."""

# Where a question's stretch begins and ends, by characters.
Stretch = tuple[int, int]

# Numbers in words.
CARDINALS = {name: n for n, name in enumerate("one two three four five six seven eight nine ten".split(), 1)}
ORDINALS = {
    name: n
    for n, name in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
        fifteenth sixteenth seventeenth eighteenth nineteenth twentieth""".split(),
        1,
    )
}
ROMAN = {name: n for n, name in enumerate("i ii iii iv v vi vii viii ix x".split(), 1)}
CARDINAL, ORDINAL = (rf"(?:{'|'.join(names)})" for names in (CARDINALS, ORDINALS))
SEVERAL = r"(?P<list>\d+(?:\s*(?:,|and|&|or|to|-|–)\s*\d+)+)\b"
TIME = r"(?:second|minute|hour|day|week|month|year|decade)s?"
UNIT = rf"(?:%|°|(?:[mcnµμ]?m|g|mg|h|min|{TIME})\b)"

# Words that open a question, and verbs that help to put it.
ASKING = r"(?:which|what|how|who|whose|why|when|where)"
HELPING = r"(?:is|are|was|were|does|do|did|has|have|can)"

# Verbs of saying, in the plain form: what a text or its authors do.
SAY = (
    r"(?:say|state|mention|report|claim|describe|tell|explain|conclude|recommend|suggest|list|give|show|find|indicate"
    r"|demonstrate|reveal|see|note)"
)

# Prepositions that lead to a part of a text or to its authors.
IN = r"(?:in|within|from|under)"
ACCORDING = (
    r"(?:according to|(?:going|judging|to go) by|based on|(?:as )?per"
    r"|as (?:told|stated|said|given|described|listed|reported) (?:in|under|by))"
)
LEAD = rf"(?:\b(?:{ACCORDING}|{IN}|of|by|at|for)\s+)?"

# Nouns for the text as a whole, and for whoever speaks in it.
PAPER = r"(?:review|paper|article|text|document|publication|manuscript)"
WRITERS = r"(?:authors?|writers?|reviews?|papers?|articles?)"
THE = rf"(?:the|this|its|their|that|your)\s+(?:{WRITERS}(?:['’]s?)?\s+)?(?:own\s+)?"

# Nouns for parts of a text. SECTION: always of a text. OF_TEXT: also of other things. PIECE and OF_ANYTHING: of a text
# only with a title of the document.
SECTION = r"(?:(?:sub-?)?sections?|(?:sub-?)?chapters?|(?:sub-?)?paragraphs?|(?:sub-?)?headings?|passages?)"
OF_TEXT = rf"(?:{SECTION}|parts?|bits?|pages?)"
PIECE = r"(?:portions?|segments?|blocks?|lines?|sentences?|pieces?|stretch)"
PART = rf"(?:{OF_TEXT}|{PIECE})"
OF_ANYTHING = (
    rf"(?:{PIECE}|box|panel|overview|summary|remarks?|comments?|statements?|lists?|notes?|details?|information"
    r"|declarations?|description|account|outline|highlights|discussion|review|text|report|write-up|bullets?|points?"
    r"|topics?|header)"
)
ABOUT = (
    r"(?:on|about|titled|called|entitled|headed|concerning|regarding|describing|discussing|covering|treating"
    r"|dedicated to|devoted to|(?:dealing|that deals) with|that (?:covers|discusses|describes|treats|is about|is on))"
)
ABBREVIATION_LIST = (
    r"(?:(?:list|table|glossary|section|index) of (?:the )?(?:abbreviations|acronyms)"
    rf"|(?:abbreviations?|acronyms?) (?:lists?|table|glossary|index|{PART})|glossary)"
)
# "The introduction of this review" is a part of a text, "the introduction of starters" is none.
NOT_OF_ELSE = rf"(?!\s+of\b(?!\s+(?:the|this|their|its|your)\s+(?:{PAPER}|authors?|study|work)\b))"
# A word between "the" and its noun, where no new phrase starts.
MIDDLE = r"(?:(?!(?:the|an?|in|from|within|under|to|by|does|do|is|are)\b)[\w/-]+\s+)"

# Works, and the list of those that a text cites.
WORK = (
    r"(?:(?:journal )?articles?|papers?|publications?|stud(?:y|ies)|works?|entr(?:y|ies)|reviews?|reports?|books?"
    r"|titles?|references?|refs?|citations?|sources?|items?|literature)"
)
BIBLIOGRAPHY = (
    r"(?:references? list|list of references|bibliograph(?:y|ies)|literature list|literature cited|cited literature"
    r"|works cited)"
)
