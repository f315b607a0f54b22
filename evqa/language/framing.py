"""Remove the words of a question that only ask for a source or an answer, and keep what it is about."""

import re
from collections.abc import Sequence

from evqa.language.wordings import ABBREVIATION_LIST, ABOUT, ACCORDING, IN, MIDDLE, SAY, SECTION, WORK, WRITERS
from evqa.language.words import words

_SAYING = rf"(?:{SAY}|think|draw|set|cite|rely on|name)"
_SUPPORTING = (
    r"(?:for|on|about|behind|linking|using|uses|(?:support|describ|suggest|say|show|report|prov|stat|claim|document|tie"
    r"|demonstrat|find|discuss|mention|deal|rel|back|underpin|confirm)(?:s|es|e|ing|y|ies)?(?: (?:with|on))?)"
)
_FILLING = r"(?:(?:is|are|was|were|does|do|that|which|who|to|cited|given|printed|used|stands?|there|exists?)\s+)*"
_MATTERS = r"(?:point|claim|statement|fact|idea|finding|notion|view|assertion)"

_LEADS = rf"(?:{IN}|{ACCORDING}|see|by)"
_PATTERNS = [
    # "In the section on dosing, …" of a document without such a section, "in the list of abbreviations"
    rf"\b{_LEADS}\s+(?:the|a|this)\s+{SECTION}\s+{ABOUT}\b",
    rf"\b{_LEADS}\s+(?:the|its|their)\s+{ABBREVIATION_LIST}\b|^(?:the\s+)?{ABBREVIATION_LIST}(?=\s*[:,–-])",
    # "List all …", "Can you name the …"
    r"^\s*(?:please\s+)?(?:can you\s+)?(?:list|name|give(?: me)?|show(?: me)?|find|tell me|enumerate|cite)\b"
    r"(?:\s+(?:all|every|each|any|the)\b)*",
    # "Which references describe …", "What evidence is cited for …", "Citations on …"
    rf"\b(?:which|what|any|the|all|every|give|of)?\s*(?:the\s+)?(?:(?:in-text|main-text|original|primary)\s+)?"
    rf"(?:{WORK}|evidence)\s+{_FILLING}{_SUPPORTING}\b(?:\s+(?:the {_MATTERS} that|that|how|the))?",
    # "according to the authors", "the authors' view", "does the review say"
    rf"\b(?:according to|in|for|by|of) (?:the|this|these) {WRITERS}(?:['’]s?)?(?:\s+(?:view|opinion|words))?\b",
    rf"\b(?:do|does|did|have|has) (?:the|this) {WRITERS}\s+{_SAYING}s?\b",
    rf"\b(?:the|this) {WRITERS}(?:['’]s?)?(?!\w)",
    # "with their references", "give the citations", "source please"
    r"\b(?:with|and|give|including)\s+(?:their|the|its|your)\s+(?:in-text\s+)?(?:references?|citations?|sources?)\b",
    r"\b(?:give|show|list)\s+(?:the\s+)?(?:in-text\s+)?(?:references?|citations?|sources?)\b",
    r"\b(?:source|reference|citation|ref)s?\s*(?:please|pls|plz)\b|\bsource\b(?=\s*[:?])",
    r"\bwhat (?:is|was|are) (?:it |they )?(?:cited|used) (?:for|as)\b|\bcite[sd]?\b",
    r"\bwhich (?:statements?|sentences?|passages?|claims?|rows?)\b|\b(?:main|body|running)[ -]text\b|\bin-text\b",
    # "… - which article?", "Is there a …"
    r"\s[-–]\s*which (?:article|paper|publication|study|reference|one)\s*\??$",
    r"^\s*(?:is|are|was|were) there\b(?:\s+(?:an?|any))?",
]
_FRAME = re.compile("|".join(_PATTERNS), re.IGNORECASE)

_IN_SECTION = re.compile(rf"(\b{_LEADS}\s+the\s+{MIDDLE}{{1,5}}){SECTION}\b", re.IGNORECASE)
_WORDS = frozenset(
    """a an the this that these those it its their is are was were be been do does did has have had of in on at by for
    to from with and or what which who whom whose where when how why many much any all some there here list listed lists
    name named show shown share shared claim claims statement statements sentence sentences passage passages support
    supports supported report reports reported say says said appear appears appeared publish published publication
    publications work works paper papers article articles entry entries reference references cite cited cites citing
    citation citations source sources number numbers year years author authors journal journals title titles book review
    reviews study studies among used use back fall falls relied rely row rows table document text bibliography printed
    given written wrote doi full me please tell found find according first last closing opening final illustrate
    illustrates illustrated depict depicts display displays contain contains describe describes about present presents
    presented end ends close closes start starts begin begins open opens conclude
    concludes write writes date dates dated dating hold holds altogether total overall include includes come comes came
    stem stems appearing predate postdate et al colleagues backed oldest newest earliest latest recent""".split()
)


def content(question: str, taken: Sequence[tuple[int, int]]) -> str:
    """The question without the given stretches and frame words; "" if nothing is left."""
    text = _FRAME.sub(" ", _IN_SECTION.sub(r"\1", blanked(question, taken)))
    return re.sub(r"^[\s,:;.–-]+|\s+(?=[,?.])|(?<=\s)\s+", "", text).strip()


def blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with the stretches replaced by blanks of the same length."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def has_topic(text: str) -> bool:
    """Whether the text has words that say more than that literature is asked for."""
    return any(len(word) > 1 and word not in _WORDS for word in words(text))
