"""How questions speak of works in general."""

WORK = (
    r"(?:(?:journal )?articles?|papers?|publications?|stud(?:y|ies)|works?|entr(?:y|ies)|reviews?|reports?|books?"
    r"|titles?|references?|refs?|citations?|sources?|items?|literature)"
)

Stretch = tuple[int, int]
