"""Phrase an answer: a writer joins its claims to sentences, and what fails the gate is replaced by them."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from evqa.model import Answer, Claim, Home, PhrasedSentence, Phrasing, RankedPassage
from evqa.phrasing.alike import WordVectors
from evqa.phrasing.bare import bare
from evqa.phrasing.gate import faults
from evqa.phrasing.orders import is_order
from evqa.phrasing.writer import LONGEST_SENTENCE, MOST_CLAIMS, MOST_SENTENCES, DraftSentence, Writer


def phrased(answer: Answer, writer: Writer, vectors: WordVectors) -> Answer:
    """The answer with its phrasing. A refusal comes back as it is, and nothing of it is sent.

    Where the writer gives nothing, the answer comes back with a warning that says why it isn't phrased.
    """
    if answer.status != "answered":
        return answer
    told = claim_texts(answer)
    # A claim that seems to give orders to a model is never shown to one.
    shown = [place for place, text in enumerate(told) if not is_order(text)][:MOST_CLAIMS]
    if not shown:
        return answer.model_copy(update={"phrasing": _phrasing(answer, [], writer.name)})
    written = writer.written(answer.question, [told[place] for place in shown], _fingerprint(answer))
    if written.problem:
        line = f"not phrased: {written.problem}"
        return answer.model_copy(update={"warnings": (*answer.warnings, line)})
    drafts = [_moved(draft, shown) for draft in written.sentences[:MOST_SENTENCES]]
    sentences = [_checked(draft, told, vectors) for draft in drafts]
    return answer.model_copy(update={"phrasing": _phrasing(answer, sentences, writer.name)})


def claim_texts(answer: Answer) -> list[str]:
    """The claims without markers; of a table row its cells under the names of their columns."""
    passages = {passage.id: passage for passage in answer.passages}
    return [_told(claim, passages.get(claim.passage)) for claim in answer.claims]


def _told(claim: Claim, passage: RankedPassage | None) -> str:
    if passage is None or not passage.indexed:
        return bare(claim.text, claim.text)
    return passage.indexed if passage.kind == "table_row" else bare(claim.text, passage.indexed)


def _fingerprint(answer: Answer) -> str:
    """SHA-256 of the claims: their words, places and numbers."""
    told = [
        (claim.passage, claim.start, claim.end, claim.text, claim.references, claim.carried) for claim in answer.claims
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _moved(draft: DraftSentence, shown: Sequence[int]) -> DraftSentence:
    """The draft with its claims' places among all claims; those that weren't shown are left out."""
    claims = dict.fromkeys(shown[place] for place in draft.claims if 0 <= place < len(shown))
    is_whole = len(claims) == len(set(draft.claims))
    return DraftSentence(draft.text if is_whole else "", tuple(claims))


def _checked(draft: DraftSentence, told: Sequence[str], vectors: WordVectors) -> DraftSentence:
    """The draft, with an empty text if the gate has a fault to find."""
    text = " ".join(draft.text.split())
    is_sound = draft.claims and 0 < len(text) <= LONGEST_SENTENCE
    if not is_sound or faults(text, [told[place] for place in draft.claims], vectors):
        return draft._replace(text="")
    return draft._replace(text=text)


def _phrasing(answer: Answer, drafts: Sequence[DraftSentence], model: str) -> Phrasing:
    """The sentences that passed. Of the others, and of claims that no sentence says, the claims word for word, once."""
    passed = {place for draft in drafts if draft.text for place in draft.claims}
    sentences: list[PhrasedSentence] = []
    quoted: set[int] = set()
    for draft in drafts:
        left = [place for place in draft.claims if place not in quoted]
        if draft.text:
            sentences.append(_sentence(answer, draft.text, draft.claims, replaced=False))
        elif left:
            sentences.append(_verbatim(answer, left))
            quoted.update(left)
    rest = [place for place in range(len(answer.claims)) if place not in passed | quoted]
    sentences += [_verbatim(answer, [place]) for place in rest]
    homes = {passage.id: passage.document for passage in answer.passages}
    text = " ".join(_with_numbers(each, answer, homes) for each in sentences)
    return Phrasing(
        text=text, sentences=tuple(sentences), model=model, replaced=sum(each.replaced for each in sentences)
    )


def _verbatim(answer: Answer, places: Sequence[int]) -> PhrasedSentence:
    return _sentence(answer, " ".join(answer.claims[place].text for place in places), places, replaced=True)


def _sentence(answer: Answer, text: str, places: Iterable[int], replaced: bool) -> PhrasedSentence:
    claims = tuple(places)
    numbers = dict.fromkeys(number for place in claims for number in answer.claims[place].references)
    return PhrasedSentence(text=text, claims=claims, references=tuple(numbers), replaced=replaced)


def _with_numbers(sentence: PhrasedSentence, answer: Answer, homes: dict[str, Home]) -> str:
    """The sentence followed by its numbers, written as in the answer itself: "[38, 40 carried]"."""
    marks: dict[str, None] = {}
    for claim in (answer.claims[place] for place in sentence.claims):
        home = homes.get(claim.passage)
        paper = " cited paper" if home and home.kind == "paper" else ""
        marks |= dict.fromkeys(f"{number}{paper}" for number in claim.references)
        marks |= dict.fromkeys(f"{number} carried" for number in claim.carried if number not in claim.references)
    return f"{sentence.text} [{', '.join(marks)}]" if marks else sentence.text
