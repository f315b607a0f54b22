"""A sentence or claim as the gate reads it: its tokens, and which of them say something."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from evqa.language.words import fold
from evqa.phrasing.forms import same_word
from evqa.phrasing.free_words import FREE_WORDS
from evqa.quoting.folding import Token, tokens

# Signs and words where a clause ends.
_ENDS = frozenset(",;:.()[]—–")
_CLAUSE_WORDS = frozenset("but while whilst whereas although though which who because however unless if".split())


_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])")


class Word(NamedTuple):
    """A word of a text: folded, as printed, its place among the tokens, and whether it is a name.

    A name has a capital where no sentence begins, or a digit: abbreviations, genes, species, people, places.
    """

    form: str
    printed: str
    at: int
    is_name: bool

    @property
    def is_short(self) -> bool:
        """Whether it is an abbreviation or symbol: capitals or digits behind its first letter, or one letter that isn't
        a small one of English."""
        tail = self.printed[1:].rstrip("s")
        is_symbol = len(self.printed) == 1 and (self.printed.isupper() or not self.printed.isascii())
        return is_symbol or any(c.isdigit() or c.isupper() for c in tail)


@dataclass(frozen=True)
class Reading:
    """A text with its tokens."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All its words in order."""
        return tuple(self._words())

    def _words(self) -> Iterator[Word]:
        for at, token in enumerate(self.tokens):
            if token.kind == "word":
                printed = re.sub(r"['’]s?$", "", token.form)
                yield Word(fold(printed), printed, at, _is_name(printed, self._is_first(at)))

    def _is_first(self, at: int) -> bool:
        return at == 0 or self.tokens[at - 1].form in (".", ":", "•") or (at == 1 and self.tokens[0].kind != "word")

    @cached_property
    def content(self) -> tuple[Word, ...]:
        """The words that say something."""
        return tuple(word for word in self.words if is_content(word))

    @cached_property
    def forms(self) -> frozenset[str]:
        """Its words, folded, and those that a hyphen joins, as one."""
        pairs = zip(self.tokens, self.tokens[1:], self.tokens[2:], strict=False)
        joined = {
            fold(left.form + right.form)
            for left, sign, right in pairs
            if sign.form == "-" and left.kind == right.kind == "word"
        }
        return frozenset(word.form for word in self.words) | joined

    def clause(self, at: int) -> tuple[int, int]:
        """First and last place (exclusive) of the clause around a token."""
        first, last = at, at + 1
        while first > 0 and not self._is_end(first - 1):
            first -= 1
        while last < len(self.tokens) and not self._is_end(last):
            last += 1
        return first, last

    def _is_end(self, at: int) -> bool:
        token = self.tokens[at]
        if token.form in (",",) and _is_in_list(self.tokens, at):
            return False
        return token.form in _ENDS or fold(token.form) in _CLAUSE_WORDS

    def is_in_brackets(self, at: int) -> bool:
        """Whether a token stands in brackets."""
        before = [token.form for token in self.tokens[:at]]
        return sum(form in ("(", "[", "(#") for form in before) > sum(form in (")", "]", "#)") for form in before)

    @cached_property
    def plain(self) -> "Reading":
        """The same text without what it says in brackets."""
        return read_text(_BRACKETS.sub("", self.text))

    def near(self, at: int, before: int, after: int) -> list[Word]:
        """The content words around a token, so many on each side at most, the nearest first on each side."""
        left = [word for word in self.content if word.at < at][-before:] if before else []
        right = [word for word in self.content if word.at > at][:after]
        return [*reversed(left), *right]


def read_text(text: str) -> Reading:
    """The text as the gate reads it."""
    return Reading(text, tuple(tokens(text)))


def is_content(word: Word) -> bool:
    """Whether a word says something that a claim has to say, too."""
    if word.is_short:
        return word.printed not in ("I", "A")
    return len(word.form) > 1 and word.form not in FREE_WORDS


def has_word(word: str, forms: Sequence[str] | frozenset[str]) -> bool:
    """Whether a form of the word is among some folded words."""
    return word in forms or any(same_word(word, each) for each in forms)


def shared(one: Sequence[Word], other: Sequence[Word]) -> int:
    """How many of the first words have a form among the others."""
    forms = [word.form for word in other]
    return sum(has_word(word.form, forms) for word in one)


def _is_name(printed: str, is_first: bool) -> bool:
    if any(c.isdigit() for c in printed) or any(c.isupper() for c in printed[1:]):
        return True
    return printed[:1].isupper() and not is_first


def _is_in_list(found: Sequence[Token], at: int) -> bool:
    """Whether a comma stands between two members of a list of single words."""
    near = found[max(0, at - 3) : at + 4]
    return sum(token.form in (",", "and", "or") for token in near) >= 2
