"""Citation precision and recall in the sense of ALCE, judged by the gold set instead of an entailment model.

Gao, Yen, Yu & Chen, Enabling large language models to generate text with citations (ALCE), EMNLP 2023. In ALCE a
statement has recall 1 when the passages that it cites support it together. A citation has precision 1 when its
statement has recall 1 and the citation isn't irrelevant. Here:

- a statement is *evidence* when it holds one of the question's anchors;
- it is *supported* when it is evidence and cites what is printed there. If the question has one anchor, that is every
  gold number. If it has several, one gold number is enough, as a statement may hold only some of the anchors. If the
  gold has no number, it is none;
- a citation is *right* when its statement is evidence and its number is gold.
"""

from collections.abc import Sequence

from eval.runs.gold import GoldQuestion
from eval.runs.run import AnswerStatement
from evqa.language.words import squeeze


def citation_recall(question: GoldQuestion, claims: Sequence[AnswerStatement]) -> float:
    """Share of the answer's statements that are supported; 0 for an answer without statements."""
    return _mean([is_supported(question, claim) for claim in claims])


def citation_precision(question: GoldQuestion, claims: Sequence[AnswerStatement]) -> float:
    """Share of the answer's citations that are right.

    Without any citation: 1 if the gold has no number either and a statement is evidence, else 0.
    """
    citations = [
        is_evidence(question, claim) and number in question.references
        for claim in claims
        for number in set(claim.references)
    ]
    if citations or question.references:
        return _mean(citations)
    return float(any(is_evidence(question, claim) for claim in claims))


def is_supported(question: GoldQuestion, claim: AnswerStatement) -> bool:
    """Whether a statement is evidence and cites what is printed there."""
    gold, cited = set(question.references), set(claim.references)
    if not is_evidence(question, claim):
        return False
    if not gold:
        return not cited
    return gold <= cited if len(question.anchors) == 1 else bool(gold & cited)


def is_evidence(question: GoldQuestion, claim: AnswerStatement) -> bool:
    """Whether a statement holds one of the question's anchors."""
    text = squeeze(claim.text)
    return any(anchor in text for anchor in question.anchors)


def _mean(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 0.0
