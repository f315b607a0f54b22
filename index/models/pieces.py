"""Split a text into word pieces, and these into words in the same way for every tokenizer."""

from typing import NamedTuple

from tokenizers import Encoding, Tokenizer
from tokenizers.pre_tokenizers import BertPreTokenizer

# What begins a piece after a space, in byte-level BPE and in SentencePiece.
SPACES = "Ġ▁ "
# The pre-tokenizer that splits at spaces and punctuation; others keep "PD-L1" whole or tear "L1" apart.
SPLITTER = BertPreTokenizer()


class Pieces(NamedTuple):
    """The n word pieces of a text: their ids, their texts, the number of each one's word (ascending), and the stretch
    of the text, without spaces around it, that each one stands for."""

    ids: tuple[int, ...]
    tokens: tuple[str, ...]
    words: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]

    def only(self, places: list[int]) -> "Pieces":
        """The pieces at these places."""
        return Pieces(
            tuple(self.ids[place] for place in places),
            tuple(self.tokens[place] for place in places),
            tuple(self.words[place] for place in places),
            tuple(self.offsets[place] for place in places),
        )

    def after(self, prompt: int) -> "Pieces":
        """The pieces with offsets into the text behind a prompt of so many characters."""
        return self._replace(offsets=tuple((max(0, start - prompt), end - prompt) for start, end in self.offsets))


def pieces_of(encoded: Encoding, text: str, tokenizer: Tokenizer) -> Pieces:
    """The pieces of a text that is tokenized already."""
    ids, tokens = tuple(encoded.ids), tuple(encoded.tokens)
    if isinstance(tokenizer.pre_tokenizer, BertPreTokenizer):
        return Pieces(ids, tokens, tuple(number or 0 for number in encoded.word_ids), tuple(encoded.offsets))
    offsets = tuple(trimmed(text, *each) for each in map(own_offsets, tokens, encoded.offsets))
    return Pieces(ids, tokens, words_at(text, offsets), offsets)


def own_offsets(token: str, offsets: tuple[int, int]) -> tuple[int, int]:
    """The stretch of a piece. One that is a mere space, put before a word, is said to stand for a letter of it."""
    return offsets if token.strip(SPACES) else (offsets[0], offsets[0])


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without spaces around it."""
    inside = text[start:end]
    return start + len(inside) - len(inside.lstrip()), end - len(inside) + len(inside.rstrip())


def words_at(text: str, offsets: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    """For each stretch the number of the word in which it begins."""
    ends = [end for _, (_, end) in SPLITTER.pre_tokenize_str(text)]
    words: list[int] = []
    at = 0
    for start, _ in offsets:
        while at < len(ends) - 1 and ends[at] <= start:
            at += 1
        words.append(at)
    return tuple(words)


def is_one_piece(word: str, tokenizer: Tokenizer) -> bool:
    """Whether the tokenizer knows a word, in lower case, as one piece, at least in the middle of a text."""
    if tokenizer.token_to_id(word) is not None:
        return True
    # A tokenizer that tells cases apart may know only "Boston".
    for written in (word, word.capitalize()):
        tokens = tokenizer.encode(f" {written}", add_special_tokens=False).tokens
        if len(tokens) == 1 and tokens[0].lstrip(SPACES) == written:
            return True
    return False
