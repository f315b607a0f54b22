"""From a file to an answer in Python.

python examples/review.py review.pdf "What activates mast cells?"
"""

import sys

from evqa import Review


def main(path: str, question: str) -> None:
    """Print each sentence of the answer with its numbers, and the entries that these stand for."""
    with Review(path) as review:
        answer = review.ask(question)
        if answer.status == "insufficient_evidence":
            print("The review doesn't say.")
        for claim in answer.claims:
            print(claim.text, list(claim.references))
        for reference in answer.references:
            print(f"{reference.number}. {reference.title}")
        suspects = [pair for pair in review.audit().pairs if pair.verdict == "suspect"]
        print(f"{len(review.references())} references, {len(suspects)} citations that may be wrong")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
