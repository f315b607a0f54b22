"""`python -m eval.phrasing`: measure which faults of a writing model the gate finds, and what it replaces for nothing.

Faults of eight kinds are seeded into sentences that say what the claims of evqa's own answers say, and a scripted
endpoint replies with them. Sound sentences are made of the same claims by general transformations, and others were
written by hand. The articles lie in the folder of reference material.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from eval.command_line import add_json, exit_code, parser_for, print_result, say
from eval.judging.body import documents
from eval.judging.candidates import stored
from eval.rephrasing.endpoint import ScriptedEndpoint, scripted_endpoint
from eval.rephrasing.seeded import KINDS, Seeded, Told
from eval.rephrasing.sound import rephrased
from eval.rephrasing.told import SEED, Sound, half_of, told_answers, written_by_hand
from eval.sets import SHARED
from evqa.corpus.corpus import TextVectors
from evqa.model import Answer, Claim, CorpusState, Record
from evqa.phrasing.alike import WordVectors
from evqa.phrasing.gate import faults
from evqa.phrasing.phrased import phrased
from evqa.settings import Settings
from index.judging.endpoint import Endpoint
from index.phrasing.llm import LlmWriter

# Tries for one fault of a kind before its claims are given up.
TRIES = 60
CORPUS = CorpusState(name="phrasing", fingerprint="", documents=1)


class KindShare(Record):
    """How many seeded faults of a kind were found. `ways`: found and seeded by the way in which they were made."""

    kind: str
    seeded: int
    found: float
    ways: dict[str, tuple[int, int]]


class SoundShare(Record):
    """Which share of sound sentences was replaced. `faults`: what the gate found in those, by its name."""

    made: str
    sentences: int
    claims: int
    replaced: float
    faults: dict[str, int]


class PhrasingReport(Record):
    """The figures of one half of the articles."""

    half: str
    documents: int
    answers: int
    kinds: tuple[KindShare, ...]
    sound: tuple[SoundShare, ...]


class KeptVectors:
    """The vectors of texts, each encoded once."""

    def __init__(self, source: WordVectors) -> None:
        self._source = source
        self._kept: dict[str, TextVectors] = {}

    def text_vectors(self, text: str) -> TextVectors:
        """See `WordVectors`."""
        if text not in self._kept:
            self._kept[text] = self._source.text_vectors(text)
        return self._kept[text]


class Bench:
    """Sends sentences of a scripted endpoint through the gate."""

    def __init__(self, endpoint: ScriptedEndpoint, home: Path, vectors: WordVectors, verbose: bool = False) -> None:
        self._endpoint = endpoint
        self._writer = LlmWriter(Endpoint(endpoint.address, "scripted"), home, say)
        self._vectors = vectors
        self._verbose = verbose
        self._count = 0

    def passes(self, text: str, named: Sequence[str], claims: Sequence[str]) -> bool:
        """Whether a sentence that names some of an answer's claims is shown as the endpoint wrote it."""
        self._endpoint.text, self._endpoint.claims = text, tuple(named)
        # Every question is another one, so that nothing kept is found.
        self._count += 1
        answer = phrased(_answer(f"question {self._count}", claims), self._writer, self._vectors)
        if answer.phrasing is None:
            raise AssertionError(f"the scripted endpoint failed: {answer.warnings}")
        return any(not each.replaced for each in answer.phrasing.sentences)

    def kind(self, name: str, told: Sequence[Told], count: int) -> KindShare:
        """The share of faults of a kind that are found."""
        random = Random(f"{SEED} {name}")  # noqa: S311 - nothing secret
        found: Counter[str] = Counter()
        ways: Counter[str] = Counter()
        for made in _seeded(name, told, count, random):
            named = [made.claims[place] for place in made.names]
            ways[made.way] += 1
            if not self.passes(made.text, named, made.claims):
                found[made.way] += 1
            elif self._verbose:
                say(f"{name}, {made.way}: {made.text}\n    {' # '.join(named)}")
        shares = {way: (found[way], seeded) for way, seeded in sorted(ways.items())}
        return KindShare(
            kind=name, seeded=ways.total(), found=round(found.total() / max(1, ways.total()), 4), ways=shares
        )

    def sound(self, made: str, sentences: Sequence[Sound]) -> SoundShare:
        """The share of sound sentences that are replaced."""
        why: Counter[str] = Counter()
        replaced = 0
        for sentence, claims in sentences:
            if not self.passes(sentence, claims, claims):
                replaced += 1
                found = faults(sentence, claims, self._vectors)
                why.update(found)
                if self._verbose:
                    say(f"{made}, {', '.join(found)}: {sentence}\n    {' # '.join(claims)}")
        return SoundShare(
            made=made,
            sentences=len(sentences),
            claims=len({claim for each in sentences for claim in each.claims}),
            replaced=round(replaced / max(1, len(sentences)), 4),
            faults=dict(why.most_common()),
        )


def _answer(question: str, claims: Sequence[str]) -> Answer:
    made = [Claim(text=text, passage=f"p-{at}", start=0, end=len(text)) for at, text in enumerate(claims)]
    return Answer(question=question, status="answered", confidence=1.0, claims=tuple(made), corpus=CORPUS)


def _seeded(name: str, told: Sequence[Told], count: int, random: Random) -> Iterator[Seeded]:
    """So many faults of a kind, fewer where the claims don't allow them."""
    left = count
    for _ in range(count * TRIES):
        if left and (made := KINDS[name](random.choice(told), random)):
            left -= 1
            yield made


def transformed(told: Sequence[Told], count: int) -> list[Sound]:
    """So many sound sentences made of claims that print no reference any more."""
    random = Random(f"{SEED} sound")  # noqa: S311 - nothing secret
    made: list[Sound] = []
    for _ in range(count * TRIES):
        claims = random.choice(told).claims
        chosen = tuple(random.sample(claims, 2 if len(claims) > 1 and random.random() < 0.35 else 1))
        sentence, names = rephrased(chosen, random)
        if len(made) < count and names and len(sentence.split()) > 4 and not _prints_references(chosen):
            made.append(Sound(sentence, chosen))
    return made


def _prints_references(claims: Sequence[str]) -> bool:
    """Whether a claim is left with a printed reference or speaks to its reader: it is only quoted."""
    return any({"reference", "order"} & set(faults(claim, [claim])) for claim in claims)


def report(shared: Path, home: Path, half: str, count: int, verbose: bool = False) -> PhrasingReport:
    """The report over `count` faults of each kind and twice as many sound sentences."""
    body = [each for each in documents(shared) if half_of(each.path) == half and each.path.suffix == ".xml"]
    told = told_answers(body, home, half)
    first = body[0]
    with stored([first.path], home, first.name, Settings().model) as corpus, scripted_endpoint() as endpoint:
        bench = Bench(endpoint, home, KeptVectors(corpus), verbose)
        return PhrasingReport(
            half=half,
            documents=len(body),
            answers=len(told),
            kinds=tuple(bench.kind(name, told, count) for name in KINDS),
            sound=(
                bench.sound("transformed", transformed(told, 2 * count)),
                bench.sound("written by hand", written_by_hand(shared, half)),
            ),
        )


def lines(found: PhrasingReport) -> Iterator[str]:
    """The report as lines of text."""
    yield f"{found.answers} answers of {found.documents} articles ({found.half} half)"
    for each in found.kinds:
        ways = ", ".join(f"{way} {caught}/{seeded}" for way, (caught, seeded) in each.ways.items())
        yield f"{each.kind:<20}{each.found:.3f} of {each.seeded} found   {ways}"
    for share in found.sound:
        why = ", ".join(f"{fault} {number}" for fault, number in share.faults.items())
        yield f"sound, {share.made:<17}{share.replaced:.3f} of {share.sentences} replaced   {why}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the report: exit code 0."""
    parser = parser_for("phrasing", __doc__)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of reference material")
    parser.add_argument("--half", choices=("even", "odd"), default="even", help="articles by SHA-256 of the file")
    parser.add_argument("--count", type=int, default=300, help="faults of each kind")
    parser.add_argument("--home", type=Path, help="where the corpora are kept (default: a folder that is deleted)")
    parser.add_argument("--verbose", action="store_true", help="say on stderr what went wrong")
    add_json(parser)
    return exit_code(lambda: _print(parser.parse_args(argv)))


def _print(options: argparse.Namespace) -> None:
    with TemporaryDirectory() as temporary:
        found = report(options.shared, options.home or Path(temporary), options.half, options.count, options.verbose)
    print_result(found, list(lines(found)), options.json)


if __name__ == "__main__":
    sys.exit(main())
