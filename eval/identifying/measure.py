"""Measure which found works are claimed to be an entry's, and which contradictions are told."""

import random
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from eval.identifying.entries import FAULTS, READINGS, SWAPPED, Known, altered
from eval.identifying.fit import LookedUp, Source
from eval.identifying.records import is_made
from evqa.audit.looked_up import looked_up_findings
from evqa.model import Record
from evqa.works.absence import LookUp
from evqa.works.contradictions import contradictions
from evqa.works.identity import IdentityWeights, likeliest

SEED = 20263
BINS = 10
# Sources that are taken to have answered.
ANSWERED = ("crossref", "europepmc")


class Identified(Record):
    """Of entries whose work is among the records: shares found on the first page, claimed, and claimed rightly.

    `precision`: of the claimed, those that are right.
    """

    entries: int
    found: float
    claimed: float
    right: float
    precision: float


class Missing(Record):
    """Of entries whose work isn't among the records: shares claimed to be another, and told as known to nobody.

    `told` is measured without the records made to be taken for it, as nothing near is known of a work that isn't one.
    """

    entries: int
    claimed: float
    told: float


class Wrong(Record):
    """Entries with one wrong field: claimed rightly, claimed to be another work, told; and told of another field.

    `told` and `other_told` are shares of the rightly claimed. `precision`: of all times that this field is told, in
    entries as printed and in those with any wrong field, how often it is the wrong one.
    """

    entries: int
    right: float
    other_work: float
    told: float
    other_told: float
    precision: float


class Untouched(Record):
    """Of entries claimed rightly as they are printed: those with any contradiction, and with one of each field."""

    entries: int
    told: float
    fields: dict[str, float]
    not_found: float


class Identity(Record):
    """All figures. `calibration_error`: the mean distance of score and share of right claims, in ten bins."""

    records: int
    articles: int
    identified: dict[str, Identified]
    missing: Missing
    wrong: dict[str, Wrong]
    swapped: dict[str, float]
    untouched: Untouched
    calibration_error: float


class Asked(Record):
    """What came of one entry. `score` and `is_right` are of the likeliest work, `told` are contradictions."""

    reading: str
    is_cross: bool
    is_found: bool
    score: float
    is_right: bool
    told: tuple[str, ...] = ()
    not_found: bool = False


def measured(entries: Sequence[Known], source: Source, weights: IdentityWeights, base: dict[str, str]) -> Identity:
    """Look every entry up: as it is; and as read from its text where its work is missing, and with a wrong field.

    `base`: from which article each work's record was made; entries of others are "cross".
    """
    present = [asked(source.look_up(each), weights, base) for each in entries]
    printed = [each for each in entries if each.reading == "printed"]
    missing = [asked(source.look_up(each, is_missing=True), weights, base) for each in printed]
    others = [each.entry for each in printed]
    wrong = {
        fault: [
            asked(source.look_up(each), weights, base)
            for place, one in enumerate(printed)
            if (each := altered(one, fault, others, _chance(fault, place)))
        ]
        for fault in FAULTS
    }
    least = weights.claimed
    sets = {reading: [each for each in present if each.reading == reading] for reading in READINGS}
    sets |= {"all": present, "by another article": [each for each in present if each.is_cross]}
    untouched = [each for each in present if each.is_right and each.score >= least]
    return Identity(
        records=len(source.records),
        articles=len({each.article for each in entries}),
        identified={name: _identified(found, least) for name, found in sets.items() if found},
        missing=Missing(
            entries=len(missing),
            claimed=_share(each.score >= least for each in missing),
            told=_share(each.not_found for each in missing),
        ),
        wrong={fault: _wrong(fault, wrong, untouched, least) for fault in FAULTS},
        swapped=_swapped(printed, source, weights),
        untouched=Untouched(
            entries=len(untouched),
            told=_share(bool(each.told) for each in untouched),
            fields={field: _share(field in each.told for each in untouched) for field in FAULTS},
            not_found=_share(each.not_found for each in present),
        ),
        calibration_error=calibration_error([*(each for each in present if each.reading == "printed"), *missing]),
    )


def asked(looked_up: LookedUp, weights: IdentityWeights, base: dict[str, str]) -> Asked:
    """Match one entry with what was found."""
    known, found = looked_up.known, looked_up.found
    match = likeliest(known.entry, found, weights)
    is_claimed = match is not None and match.score >= weights.claimed
    cited = found if looked_up.right is not None else tuple(each for each in found if not is_made(each))
    told = looked_up_findings("", [known.entry], [LookUp(found=cited, answered=ANSWERED)]) if not is_claimed else ()
    return Asked(
        reading=known.reading,
        is_cross=base.get(known.doi, known.article) != known.article,
        is_found=looked_up.right is not None,
        score=match.score if match else 0.0,
        is_right=match is not None and known.doi == match.work.DOI,
        told=tuple(each.field for each in contradictions(known.entry, match.work)) if match and is_claimed else (),
        not_found=any(each.kind == "not_found" for each in told),
    )


def _identified(found: Sequence[Asked], least: float) -> Identified:
    claimed = [each for each in found if each.score >= least]
    return Identified(
        entries=len(found),
        found=_share(each.is_found for each in found),
        claimed=_share(each.score >= least for each in found),
        right=_share(each.is_right and each.score >= least for each in found),
        precision=_share(each.is_right for each in claimed),
    )


def _wrong(fault: str, wrong: dict[str, list[Asked]], untouched: Sequence[Asked], least: float) -> Wrong:
    own = wrong[fault]
    right = [each for each in own if each.is_right and each.score >= least]
    everywhere = [*untouched, *(each for found in wrong.values() for each in found if each.is_right)]
    return Wrong(
        entries=len(own),
        right=len(right) / max(1, len(own)),
        other_work=_share(not each.is_right and each.score >= least for each in own),
        told=_share(fault in each.told for each in right),
        other_told=_share(bool(set(each.told) - {fault}) for each in right),
        precision=sum(fault in each.told for each in right) / max(1, sum(fault in each.told for each in everywhere)),
    )


def _swapped(entries: Sequence[Known], source: Source, weights: IdentityWeights) -> dict[str, float]:
    """Of entries that print the title of one work and all else of another: as whose they are claimed."""
    by_title = {each.entry.title: each.doi for each in entries}
    others = [each.entry for each in entries]
    found: Counter[str] = Counter()
    for place, one in enumerate(entries):
        each = altered(one, SWAPPED, others, _chance(SWAPPED, place))
        if each is None:
            continue
        looked_up = source.look_up(each)
        match = likeliest(each.entry, looked_up.found, weights)
        if match is None or match.score < weights.claimed:
            found["none"] += 1
        elif each.doi == match.work.DOI:
            found["of all but the title"] += 1
        else:
            found["of the title" if by_title.get(each.entry.title) == match.work.DOI else "another"] += 1
    return {name: round(count / found.total(), 4) for name, count in sorted(found.items())}


def calibration_error(found: Sequence[Asked]) -> float:
    """The expected calibration error: of equally wide bins of scores, the mean distance of score and share right."""
    scores = np.array([each.score for each in found])
    right = np.array([each.is_right for each in found])
    bins = np.minimum((scores * BINS).astype(int), BINS - 1)
    distances = [
        float(abs(scores[bins == place].mean() - right[bins == place].mean())) * float((bins == place).mean())
        for place in range(BINS)
        if (bins == place).any()
    ]
    return round(sum(distances), 4)


def lines(identity: Identity) -> list[str]:
    """The figures as tables."""
    told = [f"{identity.records:,} records, {identity.articles} articles", ""]
    told.append(f"{'entries read as':22} {'n':>6} {'on page 1':>9} {'claimed':>8} {'right':>7} {'of claimed':>10}")
    for name, each in identity.identified.items():
        told.append(
            f"{name:22} {each.entries:6} {each.found:9.4f} {each.claimed:8.4f} {each.right:7.4f} {each.precision:10.4f}"
        )
    missing, untouched = identity.missing, identity.untouched
    told += [
        "",
        f"work missing: {missing.entries}, claimed {missing.claimed:.4f}, told as known to nobody {missing.told:.4f}",
        f"calibration error {identity.calibration_error:.4f}",
        f"title swapped, claimed as: {', '.join(f'{name} {share:.4f}' for name, share in identity.swapped.items())}",
        "",
        f"{'wrong field':12} {'n':>6} {'claimed right':>13} {'other work':>10} {'told':>6} {'other told':>10}"
        f" {'precision':>9}",
    ]
    for fault, one in identity.wrong.items():
        told.append(
            f"{fault:12} {one.entries:6} {one.right:13.4f} {one.other_work:10.4f} {one.told:6.3f}"
            f" {one.other_told:10.4f} {one.precision:9.4f}"
        )
    fields = ", ".join(f"{field} {share:.4f}" for field, share in untouched.fields.items())
    told.append(f"as printed: {untouched.entries}, any contradiction {untouched.told:.4f} ({fields})")
    told.append(f"as printed, told as known to nobody: {untouched.not_found:.4f}")
    return told


def _chance(fault: str, place: int) -> random.Random:
    return random.Random(f"{SEED} {fault} {place}")  # noqa: S311 – repeatable, not secret


def _share(marks: Iterable[bool]) -> float:
    found = list(marks)
    return round(sum(found) / len(found), 4) if found else 0.0
